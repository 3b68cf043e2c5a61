using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Lanthorn.Governance.Contracts;

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
/// The made-up people of the demonstration: one for each role in the first organisation, and an analyst of a second one.
/// Passwords and tokens are new in every installation and stand only in its <c>credentials.json</c>.
/// </summary>
internal static class People
{
    public const string FileName = "credentials.json";

    private const string First = "Harbour Desk (fictional)";
    private const string Second = "Northern Desk (fictional)";
    private const string Reason = "Looking around the demonstration";
    private const int PasswordBytes = 15;

    private static readonly TimeSpan TokenLife = TimeSpan.FromDays(365);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly (string Name, string Role, string Organisation)[] All =
    [
        ("demo-analyst", "analyst", First),
        ("demo-referral-officer", "referral-officer", First),
        ("demo-liaison-officer", "liaison-officer", First),
        ("demo-operations-lead", "operations-lead", First),
        ("demo-programme-manager", "programme-manager", First),
        ("demo-editor", "editor", First),
        ("demo-sanctions-officer", "sanctions-officer", First),
        ("demo-data-protection-officer", "data-protection-officer", First),
        ("demo-fundamental-rights-officer", "fundamental-rights-officer", First),
        ("demo-partner-country-officer", "partner-country-officer", First),
        ("demo-carrier", "carrier", First),
        ("demo-platform", "platform", First),
        ("demo-administrator", "administrator", First),
        ("demo-analyst-north", "analyst", Second),
    ];

    /// <summary>The accounts of this installation, made at its first start.</summary>
    public static async Task<IReadOnlyList<DemonstrationAccount>> EnsureAsync(
        IServiceProvider services,
        string folder,
        CancellationToken cancellation
    )
    {
        var file = Path.Combine(folder, FileName);
        if (File.Exists(file))
        {
            await using var known = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync<List<DemonstrationAccount>>(known, Json, cancellation)
                ?? throw new InvalidDataException($"{file} is empty: remove the folder and start again");
        }
        var accounts = await MakeAsync(services.GetRequiredService<Accounts>(), cancellation);
        await WriteAsync(file, accounts, cancellation);
        return accounts;
    }

    /// <summary>A start that was killed before the file was written has left people whose passwords nobody knows.</summary>
    private static async Task<List<DemonstrationAccount>> MakeAsync(Accounts people, CancellationToken cancellation)
    {
        var accounts = new List<DemonstrationAccount>();
        foreach (var (name, role, organisation) in All)
        {
            var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PasswordBytes));
            var email = $"{name}@lanthorn.example";
            await people.AddOrganisationAsync(organisation, cancellation);
            await people.ReplacePersonAsync(
                new NewPerson(name, email, role, organisation, password, Reason),
                cancellation
            );
            var token = await people.AddTokenAsync(name, "demonstration", TokenLife, Reason, cancellation);
            accounts.Add(new(name, email, role, organisation, password, token));
        }
        return accounts;
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
