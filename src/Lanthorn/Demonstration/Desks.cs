using Lanthorn.Governance.Contracts;

namespace Lanthorn.Program.Demonstration;

/// <summary>
/// What lies on the desks of the two officers of the demonstration: requests, complaints, a breach and an assessment of
/// people and events that do not exist. It comes once; what people do with it stays.
/// </summary>
internal static class Desks
{
    private const string DataProtection = "demo-data-protection-officer";
    private const string FundamentalRights = "demo-fundamental-rights-officer";

    private static readonly BroughtRequest[] Requests =
    [
        new(
            "access",
            "Ermias Ghermay\nኤርምያስ ግርማይ",
            "I want to know what you hold about me.",
            20,
            "Passport shown at the desk"
        )
        {
            Born = "1974",
        },
        new(
            "erasure",
            "Yasmin Fictiona",
            "My name was written down when I was rescued. Erase it.",
            85,
            "Known to the shelter"
        ),
        new("rectification", "Abdi Invented", "I was born in 1991, not in 1981.", 100, null)
        {
            Through = "Data protection authority (fictional)",
        },
        new("restriction", "Mira Nobody", "I contest that I was on that boat.", 3, null) { Law = "europol" },
    ];

    private static readonly BroughtBreach[] Breaches =
    [
        new(
            "A portable disk with an export of contacts was left on a train",
            30,
            "Some 200 contacts: names and telephone numbers",
            "They could be recognised as people who spoke to the police",
            "high"
        )
        {
            Measures = "The disk is encrypted; its key was withdrawn; the railway was asked",
        },
        new(
            "An e-mail with a list of participants went to a wrong address",
            500,
            "12 participants of a training: names and employers",
            "Unwanted contact",
            "risk"
        )
        {
            Measures = "The recipient confirmed that it was deleted",
            IsNotified = true,
        },
    ];

    private static readonly BroughtComplaint[] Complaints =
    [
        new("fr", "Mon téléphone a été pris au port et ne m'a pas été rendu. (fictif)", null),
        new("ar", "سُئلت عن ديني عند المقابلة. (خيالي)", null) { Kind = SubjectKind.Partnership, Subject = "P-COAST" },
        new(
            "en",
            "An officer said that my asylum request would be told to my consulate. (fictional)",
            "You were right to complain. Nothing was told; the officers were instructed again."
        ),
    ];

    private static readonly Dictionary<string, string> Assessment = new(StringComparer.Ordinal)
    {
        ["name"] = "Matching of names across scripts (fictional assessment)",
        ["description"] = "Names of records are compared in every spelling; a person looks at each proposal",
        ["need"] = "The same person is written differently by each source; nothing less finds the record",
        ["risks"] = "Somebody is taken for somebody else; protected persons come up in a search",
        ["measures"] =
            "Scores are explained, a second person decides on listed persons, protected persons are not cross-checked",
        ["consultation"] = "",
        ["outcome"] = "Acceptable with these measures",
        ["review"] = "In a year",
    };

    public static async Task FillAsync(IServiceProvider services, TextWriter messages, CancellationToken cancellation)
    {
        var (accounts, desk) = (services.GetRequiredService<Accounts>(), services.GetRequiredService<FictionalDesk>());
        var isNew = false;
        if (await accounts.WorkOfAsync(DataProtection, People.Reason, cancellation) is { } data)
            isNew |= await desk.BringForDataProtectionAsync(data, Requests, Breaches, Assessment, cancellation);
        if (await accounts.WorkOfAsync(FundamentalRights, People.Reason, cancellation) is { } rights)
            isNew |= await desk.BringForFundamentalRightsAsync(rights, Complaints, cancellation);
        if (isNew)
            await messages.WriteLineAsync(
                $"desks: {Requests.Length} requests, {Complaints.Length} complaints, {Breaches.Length} breaches"
            );
    }
}
