using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lanthorn.Pathways.Accounts;
using Lanthorn.Pathways.Audit;
using Lanthorn.Pathways.Backup;
using Lanthorn.Pathways.Hosting;
using Lanthorn.Pathways.Store;

namespace Lanthorn.Pathways.Verbs;

/// <summary>What a verb works with: where the store is, and where answers and messages go.</summary>
/// <param name="As">The account behind the wall that acts; null is that of whoever sits at the machine.</param>
public sealed record PathwaysVerbContext(
    PathwaysSettings Settings,
    TextWriter Out,
    TextWriter Messages,
    bool Json,
    string? As
);

/// <summary>A verb behind the wall, and what it does; it gives the exit code.</summary>
/// <param name="Group">The words above it after <c>pathways</c>, such as <c>user</c>; empty for none.</param>
public sealed record PathwaysVerb(
    Command Command,
    Func<ParseResult, PathwaysVerbContext, CancellationToken, Task<int>> Run,
    string Group = ""
);

/// <summary>The verbs under <c>pathways</c>. None of them reads what an applicant said.</summary>
public static class PathwaysVerbs
{
    public const string Name = "pathways";
    public const string Description = "Behind the purpose wall: accounts, tokens, audit log and backup of Pathways";

    private const int Broken = 1;

    private static readonly Argument<string> BackupFile = new("file") { Description = "The file of the backup" };

    private static readonly Option<string> Key = new("--key")
    {
        Description = "File with the key that encrypts the backup; made where it is missing, and to be kept elsewhere",
        HelpName = "KEYFILE",
        Required = true,
    };

    private static readonly Argument<string> RestoredFile = new("file") { Description = "The file of the backup" };

    private static readonly Option<string> RestoreKey = new("--key")
    {
        Description = "File with the key that the backup was made with",
        HelpName = "KEYFILE",
        Required = true,
    };

    private static readonly Argument<string> NewName = new("name") { Description = "Name of the account" };

    private static readonly Option<string> Role = new("--role")
    {
        Description = $"One of {string.Join(", ", Roles.All.Select(r => r.Name))}",
        HelpName = "ROLE",
        Required = true,
    };

    private static readonly Option<string> Organisation = new("--organisation")
    {
        Description = "Organisation of the account (default: local)",
        HelpName = "NAME",
        DefaultValueFactory = _ => "local",
    };

    private static readonly Option<string?> Email = new("--email")
    {
        Description = "E-mail address of the account",
        HelpName = "ADDRESS",
    };

    private static readonly Option<string> User = new("--user")
    {
        Description = "Account that the token is for",
        HelpName = "NAME",
        Required = true,
    };

    private static readonly Option<string> TokenName = new("--name")
    {
        Description = "What the token is for",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "command line",
    };

    private static readonly Option<int?> Days = new("--days")
    {
        Description = "Days until it expires (default: as the settings say)",
        HelpName = "N",
    };

    public static IReadOnlyList<PathwaysVerb> All { get; } =
    [
        new(
            new("backup", "Everything behind the wall in one encrypted file, while others work") { BackupFile, Key },
            BackUpAsync
        ),
        new(
            new("restore", "A backup of Pathways becomes its store in the folder named by --data, and is checked")
            {
                RestoredFile,
                RestoreKey,
            },
            RestoreAsync
        ),
        new(new("verify", "Recompute the chain; exit code 1 names the first broken link"), VerifyAsync, "audit"),
        new(
            new("add", "Make an account; its password is printed once, and is to be changed at the first sign-in")
            {
                NewName,
                Role,
                Organisation,
                Email,
            },
            AddUserAsync,
            "user"
        ),
        new(new("list", "All accounts behind the wall"), ListUsersAsync, "user"),
        new(new("create", "Make a token; it is printed this once") { User, TokenName, Days }, AddTokenAsync, "token"),
    ];

    /// <summary>What the words between <c>pathways</c> and a verb mean.</summary>
    public static IReadOnlyDictionary<string, string> Groups { get; } =
        new Dictionary<string, string>
        {
            ["audit"] = "The log behind the wall",
            ["user"] = "Accounts behind the wall",
            ["token"] = "Tokens behind the wall",
        };

    private static Task<int> BackUpAsync(ParseResult parsed, PathwaysVerbContext context, CancellationToken stop) =>
        ActAsync(
            context,
            async (store, by) =>
            {
                var path = parsed.GetValue(BackupFile)!;
                var done = await new BackUp(store).HandleAsync(by, path, parsed.GetValue(Key)!, stop);
                await SayAsync(
                    context,
                    done,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{path}: {done.Applicants} applicants, {done.Accounts} accounts, {done.Bytes} bytes, encrypted"
                    )
                );
                return 0;
            },
            stop
        );

    private static async Task<int> RestoreAsync(ParseResult parsed, PathwaysVerbContext context, CancellationToken stop)
    {
        var (path, key) = (parsed.GetValue(RestoredFile)!, parsed.GetValue(RestoreKey)!);
        var madeAt = await Restore.HandleAsync(context.Settings, path, key, stop);
        await context.Messages.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{context.Settings.Folder}: Pathways as of {madeAt:yyyy-MM-dd HH:mm} UTC, checked"
            )
        );
        return 0;
    }

    private static Task<int> VerifyAsync(ParseResult parsed, PathwaysVerbContext context, CancellationToken stop) =>
        ActAsync(
            context,
            async (store, by) =>
            {
                var broken = await new ReadAudit(store).VerifyAsync(by, stop);
                if (context.Json)
                    await context.Out.WriteLineAsync(
                        JsonSerializer.Serialize(new AuditEndpoints.Verdict(broken is null, broken), Answers.Json)
                    );
                if (broken is null)
                {
                    if (!context.Json)
                        await context.Out.WriteLineAsync("The chain holds");
                    return 0;
                }
                await context.Messages.WriteLineAsync(
                    $"lanthorn: the chain is broken at entry {broken.Sequence}: {broken.Why}. Keep the folder as it is and "
                        + "compare it with a backup"
                );
                return Broken;
            },
            stop
        );

    private static Task<int> AddUserAsync(ParseResult parsed, PathwaysVerbContext context, CancellationToken stop) =>
        ActAsync(
            context,
            async (store, by) =>
            {
                var asked = new NewAccount(
                    parsed.GetValue(NewName)!,
                    parsed.GetValue(Role)!,
                    parsed.GetValue(Organisation)!,
                    parsed.GetValue(Email)
                );
                var made = await new ManageAccounts(store).AddAsync(by, asked, stop);
                if (!context.Json)
                    await context.Messages.WriteLineAsync(
                        $"{made.Account.Name} is {made.Account.Role}; the password, once:"
                    );
                await SayAsync(context, made, made.Password);
                return 0;
            },
            stop
        );

    private static Task<int> ListUsersAsync(ParseResult parsed, PathwaysVerbContext context, CancellationToken stop) =>
        ActAsync(
            context,
            async (store, by) =>
            {
                var accounts = await new ManageAccounts(store).ListAsync(by, stop);
                var lines = accounts.Select(a =>
                    $"{a.Name, -32} {a.Role, -24} {a.Organisation, -32} {(a.IsActive ? "active" : "locked")}"
                );
                await SayAsync(context, accounts, string.Join(Environment.NewLine, lines));
                return 0;
            },
            stop
        );

    private static Task<int> AddTokenAsync(ParseResult parsed, PathwaysVerbContext context, CancellationToken stop) =>
        ActAsync(
            context,
            async (store, by) =>
            {
                Roles.Need(by, Roles.Administrator);
                var owner = await NeedAsync(store, parsed.GetValue(User)!, stop);
                if (owner.Role != Roles.Administrator)
                    throw new RefusedException(
                        new(
                            "not-for-another",
                            403,
                            "Tokens are made by their owner",
                            "Sign in and make it on the account page"
                        )
                    );
                var own = new OwnAccount(store, new SignIn(store));
                var made = await own.AddTokenAsync(by, owner, parsed.GetValue(TokenName), parsed.GetValue(Days), stop);
                await SayAsync(context, made, made.Token);
                return 0;
            },
            stop
        );

    private static Task SayAsync<T>(PathwaysVerbContext context, T answer, string line) =>
        context.Out.WriteLineAsync(context.Json ? JsonSerializer.Serialize(answer, Answers.Json) : line);

    private static async Task<int> ActAsync(
        PathwaysVerbContext context,
        Func<PathwaysStore, Account, Task<int>> act,
        CancellationToken stop
    )
    {
        await using var store = await PathwaysStore.OpenAsync(context.Settings, stop);
        await Operator.EnsureAsync(store, stop);
        var by = await NeedAsync(store, context.As ?? Operator.Name, stop);
        if (by is not { IsActive: true, Role: Roles.Administrator })
            throw new RefusedException(
                new Refusal(
                    "not-your-role",
                    403,
                    $"'{by.Name}' is {by.Role}; this is for {Roles.Administrator}",
                    "Leave --as out to act as whoever sits at the machine"
                )
            );
        return await act(store, by);
    }

    private static async Task<Account> NeedAsync(PathwaysStore store, string name, CancellationToken stop) =>
        await store.ReadAsync(c => Account.ByNameOrEmailAsync(c, name), stop)
        ?? throw new RefusedException(
            Refusal.BadRequest(
                "unknown-account",
                $"No account '{name}' behind the wall",
                "'lanthorn pathways user list' shows them; accounts of the enforcement side are not here"
            )
        );
}
