using System.Text.Json;
using Lanthorn.Pathways.Accounts;
using Lanthorn.Pathways.Applicants;
using Lanthorn.Pathways.Store;

namespace Lanthorn.Pathways;

/// <summary>An entry of <c>credentials-pathways.json</c>: whom to sign in as behind the wall, and with what.</summary>
public sealed record PathwaysCredential(
    string Name,
    string Email,
    string Role,
    string Organisation,
    string Password,
    string Token
);

/// <summary>
/// The made-up people behind the wall of the demonstration, one for each role, and a fictional applicant whose name is a marker:
/// wherever it shows on the enforcement side, the wall has a hole.
/// </summary>
public static class PathwaysDemonstration
{
    public const string FileName = "credentials-pathways.json";
    public const string Marker = "Wallproof Marker";

    private const string Note =
        "Fictional. Wallproof Marker asks for a way to work as a nurse, and tells the counsellor alone how the journey was.";

    private const string Organisation = "Advice Centre (fictional)";
    private const int TokenDays = 365;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Makes what is missing; a second start leaves what is there.</summary>
    /// <param name="folder">Where the file with the passwords goes.</param>
    public static async Task<IReadOnlyList<PathwaysCredential>> EnsureAsync(
        PathwaysSettings settings,
        string folder,
        CancellationToken cancellation
    )
    {
        var file = Path.Combine(folder, FileName);
        await using var store = await PathwaysStore.OpenAsync(settings, cancellation);
        await Operator.EnsureAsync(store, cancellation);
        var made = File.Exists(file) ? await ReadAsync(file, cancellation) : [];
        var missing = Roles.All.Where(r => made.TrueForAll(c => c.Role != r.Name)).ToList();
        foreach (var (role, _) in missing)
            made.Add(await MakeAsync(store, role, cancellation));
        if (missing.Count > 0)
            await WriteAsync(file, made, cancellation);
        await PlantAsync(store, made.Single(c => c.Role == Roles.Counsellor).Name, cancellation);
        return made;
    }

    /// <summary>A start that was killed before the file was written has left accounts whose passwords nobody knows.</summary>
    private static async Task<PathwaysCredential> MakeAsync(
        PathwaysStore store,
        string role,
        CancellationToken cancellation
    )
    {
        var name = $"demo-{role}";
        var password = Secret.NewPassword();
        var hash = Secret.HashPassword(password);
        var account = await store.WriteAsync(
            async (connection, transaction) =>
            {
                var left = await Account.ByNameOrEmailAsync(connection, name, transaction);
                var asked = new NewAccount(name, role, Organisation, $"{name}@pathways.lanthorn.example");
                var fresh = left ?? new ManageAccounts(store).Made(asked) with { PasswordHash = hash };
                if (left is null)
                    await ManageAccounts.InsertIn(connection, transaction, fresh);
                else
                    await ManageAccounts.SetPasswordIn(connection, transaction, fresh, hash);
                await store.Audit.AppendIn(connection, transaction, fresh, "account of the demonstration made");
                return fresh;
            },
            cancellation
        );
        var own = new OwnAccount(store, new SignIn(store));
        var token = await own.AddTokenAsync(account, account, "demonstration", TokenDays, cancellation);
        return new(name, account.Email ?? "", role, account.Organisation, password, token.Token);
    }

    private static async Task PlantAsync(PathwaysStore store, string counsellor, CancellationToken cancellation)
    {
        var by = await store.ReadAsync(c => Account.ByNameOrEmailAsync(c, counsellor), cancellation);
        var applicants = new KeepApplicants(store);
        if (by is not null && (await applicants.ListAsync(by, cancellation)).All(a => a.Name != Marker))
            await applicants.AddAsync(by, Marker, Note, cancellation);
    }

    private static async Task<List<PathwaysCredential>> ReadAsync(string file, CancellationToken cancellation)
    {
        await using var known = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<List<PathwaysCredential>>(known, Json, cancellation)
            ?? throw new InvalidDataException($"{file} is empty: remove the folder and start again");
    }

    private static async Task WriteAsync(string file, List<PathwaysCredential> made, CancellationToken cancellation)
    {
        var beside = file + ".new";
        await using (var stream = new FileStream(beside, KeyFile.ForOwner(FileMode.Create)))
            await JsonSerializer.SerializeAsync(stream, made, Json, cancellation);
        File.Move(beside, file, overwrite: true);
    }
}
