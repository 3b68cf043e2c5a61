namespace Lanthorn.Governance.Oversight.Registers;

/// <summary>
/// What the product itself does with personal data, as a start for the register: each stands there as a template until an
/// officer has made it an entry of the organisation's own.
/// </summary>
internal static class RegisterTemplates
{
    private const string Controller = "Name of the organisation and of its data protection officer";
    private const string Security =
        "Sign-in by named accounts; labels decide who sees a record; every read is logged in a chain that shows changes; "
        + "backups are encrypted";

    public static readonly IReadOnlyList<(string Code, IReadOnlyDictionary<string, string> Fields)> Activities =
    [
        Of(
            "records",
            "Records about networks that smuggle people",
            "To prevent, detect and investigate smuggling of migrants",
            "Officers of the organisation as far as labels and handling codes allow",
            "Suspects, convicted persons, contacts; victims, witnesses and smuggled migrants as protected categories",
            "None: scores compare names and are explained, no person is rated",
            "Only through the transfer gate, record by record",
            "Review after three years at most; what nobody renews is erased"
        ),
        Of(
            "lists",
            "Public sanctions and wanted lists",
            "To recognise listed persons and companies",
            "Everybody who may search",
            "Persons whom a public list names, as the list describes them",
            "None: a hit is not a decision",
            "None: the lists are public",
            "While the list names them; earlier versions for three years"
        ),
        Of(
            "matching",
            "Matching and review",
            "To find out which records are about the same person",
            "Analysts; a second person where an official list is concerned",
            "The persons of the records above",
            "None: only names and identifying data are compared, and a person decides",
            "None",
            "As long as the records"
        ),
        Of(
            "accounts",
            "Accounts and the audit log",
            "To know who read and changed what, and why",
            "The officers, administrators, and the supervisory authority",
            "People who work with the system: name, address, role, what they did",
            "None",
            "None",
            "Accounts while they are used; the log for three years at least"
        ),
        Of(
            "rights",
            "Requests of people and complaints",
            "To answer what people ask about their data and what they complain about",
            "The data protection officer, the fundamental-rights officer, the supervisory authority",
            "People who ask or complain: what they write, how they are reached",
            "None",
            "None",
            "Three years after the answer"
        ),
        Of(
            "undertakings",
            "Undertakings and projects",
            "To know who promised what and whether it was delivered",
            "Officers of programmes and of the organisations that take part",
            "People who own an undertaking: name of the account",
            "None",
            "None beyond the partners that the label names",
            "While the programme runs, and five years for its audit"
        ),
    ];

    public static IReadOnlyList<(string Code, IReadOnlyDictionary<string, string> Fields)> Of(RegisterKind kind) =>
        kind == RegisterKind.Activities ? Activities : [];

    private static (string, IReadOnlyDictionary<string, string>) Of(
        string code,
        string name,
        string purposes,
        string recipients,
        string people,
        string profiling,
        string transfers,
        string limits
    ) =>
        (
            code,
            new Dictionary<string, string>
            {
                ["name"] = name,
                ["controller"] = Controller,
                ["purposes"] = purposes,
                ["recipients"] = recipients,
                ["people"] = people,
                ["profiling"] = profiling,
                ["transfers"] = transfers,
                ["basis"] = "The law that gives the organisation its tasks: name it",
                ["limits"] = limits,
                ["security"] = Security,
            }
        );
}
