using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;

namespace Lanthorn.Program.Demonstration;

/// <summary>An entry of <c>credentials.json</c>: whom to sign in as, and with what.</summary>
internal sealed record DemonstrationAccount(
    string Name,
    string Email,
    string Role,
    string Organisation,
    string Password,
    string Token
);

/// <summary>
/// The made-up people of the demonstration: one for each role in the first organisation, an analyst of a second one, and a
/// liaison officer of a partner country.
/// Passwords and tokens are new in every installation and stand only in its <c>credentials.json</c>.
/// </summary>
internal static class People
{
    public const string FileName = "credentials.json";

    public const string First = "Harbour Desk (fictional)";
    public const string Second = "Northern Desk (fictional)";

    /// <summary>The police of a partner country.</summary>
    public const string Third = "Southern Coast Police (fictional)";

    /// <summary>A task force of the first two: its members see what it heard and was told.</summary>
    public const string Compartment = "LANTERN-TIDE";

    public const string Analyst = "demo-analyst";
    public const string AnalystNorth = "demo-analyst-north";

    public const string Reason = "Looking around the demonstration";
    private const int PasswordBytes = 15;

    private static readonly TimeSpan TokenLife = TimeSpan.FromDays(365);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly Member[] All =
    [
        new(Analyst, "analyst", First, IsOfTaskForce: true),
        new("demo-referral-officer", "referral-officer", First),
        new("demo-liaison-officer", "liaison-officer", First),
        new("demo-operations-lead", "operations-lead", First, IsOfTaskForce: true),
        new("demo-programme-manager", "programme-manager", First),
        new("demo-editor", "editor", First),
        new("demo-sanctions-officer", "sanctions-officer", First),
        new("demo-data-protection-officer", "data-protection-officer", First),
        new("demo-fundamental-rights-officer", "fundamental-rights-officer", First),
        new("demo-partner-country-officer", "partner-country-officer", First),
        new("demo-carrier", "carrier", First),
        new("demo-platform", "platform", First),
        new("demo-administrator", "administrator", First),
        new(AnalystNorth, "analyst", Second, IsOfTaskForce: true),
        new("demo-liaison-south", "liaison-officer", Third, Clearance: Tlp.Green),
    ];

    /// <param name="Clearance">Null is the highest of the role.</param>
    private sealed record Member(
        string Name,
        string Role,
        string Organisation,
        bool IsOfTaskForce = false,
        Tlp? Clearance = null
    );

    /// <summary>The accounts of this installation: made at its first start, and what a later version adds at the next.</summary>
    public static async Task<IReadOnlyList<DemonstrationAccount>> EnsureAsync(
        IServiceProvider services,
        string folder,
        CancellationToken cancellation
    )
    {
        var file = Path.Combine(folder, FileName);
        var accounts = File.Exists(file) ? await ReadAsync(file, cancellation) : [];
        var people = services.GetRequiredService<Accounts>();
        var missing = All.Where(m => accounts.TrueForAll(a => a.Name != m.Name)).ToList();
        foreach (var member in missing)
            accounts.Add(await MakeAsync(people, member, cancellation));
        if (missing.Count > 0)
            await WriteAsync(file, accounts, cancellation);
        foreach (var member in All.Where(m => m.IsOfTaskForce))
            await people.LetIntoAsync(member.Name, Compartment, cancellation);
        return accounts;
    }

    private static async Task<List<DemonstrationAccount>> ReadAsync(string file, CancellationToken cancellation)
    {
        await using var known = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<List<DemonstrationAccount>>(known, Json, cancellation)
            ?? throw new InvalidDataException($"{file} is empty: remove the folder and start again");
    }

    /// <summary>A start that was killed before the file was written has left people whose passwords nobody knows.</summary>
    private static async Task<DemonstrationAccount> MakeAsync(
        Accounts people,
        Member member,
        CancellationToken cancellation
    )
    {
        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PasswordBytes));
        var email = $"{member.Name}@lanthorn.example";
        await people.AddOrganisationAsync(member.Organisation, cancellation);
        await people.ReplacePersonAsync(
            new NewPerson(member.Name, email, member.Role, member.Organisation, password, Reason, member.Clearance),
            cancellation
        );
        var token = await people.AddTokenAsync(member.Name, "demonstration", TokenLife, Reason, cancellation);
        return new(member.Name, email, member.Role, member.Organisation, password, token);
    }

    private static async Task WriteAsync(
        string file,
        List<DemonstrationAccount> accounts,
        CancellationToken cancellation
    )
    {
        var beside = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var stream = new FileStream(beside, options))
            await JsonSerializer.SerializeAsync(stream, accounts, Json, cancellation);
        File.Move(beside, file, overwrite: true);
    }
}
