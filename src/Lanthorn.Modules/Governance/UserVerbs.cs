using System.CommandLine;
using System.Globalization;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance;

/// <summary>The verbs <c>user add|list|lock|unlock|role|password</c>, for those who manage accounts.</summary>
internal static class UserVerbs
{
    internal static readonly VerbGroup Group = new("user", "Accounts of people");

    private static readonly Argument<string> Name = new("name") { Description = "The account's name" };

    private static readonly Argument<string> NewRole = new("role") { Description = RoleNames };

    private static readonly Option<string> Role = new("--role")
    {
        Description = RoleNames,
        HelpName = "R",
        Required = true,
    };

    private static readonly Option<string?> Organisation = new("--organisation")
    {
        Description = "Where the person works (default: the organisation of this installation)",
        HelpName = "O",
    };

    private static readonly Option<string?> Email = new("--email")
    {
        Description = "Address with which the person may also sign in",
        HelpName = "E",
    };

    private static readonly Option<FileInfo?> Password = new("--password-file")
    {
        Description = "File whose only line is the password (default: one is made up and printed once)",
        HelpName = "F",
    };

    public static IEnumerable<Verb> All { get; } =
    [
        new(
            new Command("add", "Make an account for a person") { Name, Role, Organisation, Email, Password },
            AddAsync,
            Group
        ),
        new(new Command("list", "All accounts with role, organisation and state"), ListAsync, Group),
        new(
            new Command("lock", "Shut an account out: its sessions end, its tokens rest") { Name },
            (parsed, context, cancellation) =>
                ChangeAsync(context, "locked", (a, by, n, c) => a.LockAsync(by, n, c), parsed, cancellation),
            Group
        ),
        new(
            new Command("unlock", "Let an account in again, also after too many wrong passwords") { Name },
            (parsed, context, cancellation) =>
                ChangeAsync(context, "unlocked", (a, by, n, c) => a.UnlockAsync(by, n, c), parsed, cancellation),
            Group
        ),
        new(new Command("role", "Give an account another role") { Name, NewRole }, SetRoleAsync, Group),
        new(
            new Command("password", "Give an account another password; its sessions end") { Name, Password },
            SetPasswordAsync,
            Group
        ),
    ];

    private static string RoleNames => string.Join(", ", Roles.All.Select(r => r.Name));

    private static async Task<int> AddAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.AsOneOfAsync(Roles.Managing, cancellation);
        var (password, isMadeUp) = await PasswordFile.ReadAsync(parsed.GetValue(Password), cancellation);
        var home = context.Services.GetRequiredService<Settings>().Organisation;
        var person = await context
            .Accounts()
            .AddPersonAsync(
                work.Viewer,
                new(
                    parsed.GetValue(Name)!,
                    parsed.GetValue(Email),
                    parsed.GetValue(Role)!,
                    parsed.GetValue(Organisation) ?? home,
                    password
                ),
                cancellation
            );
        await SayAsync(context, person, isMadeUp ? password : null);
        return 0;
    }

    private static async Task<int> SetPasswordAsync(
        ParseResult parsed,
        VerbContext context,
        CancellationToken cancellation
    )
    {
        var work = await context.AsOneOfAsync(Roles.Managing, cancellation);
        var (password, isMadeUp) = await PasswordFile.ReadAsync(parsed.GetValue(Password), cancellation);
        var (accounts, name) = (context.Accounts(), parsed.GetValue(Name)!);
        await accounts.SetPasswordAsync(work.Viewer, name, password, cancellation);
        await SayAsync(context, await accounts.NeedAsync(name, cancellation), isMadeUp ? password : null);
        return 0;
    }

    private static async Task<int> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        await context.AsOneOfAsync(Roles.Managing, cancellation);
        var people = await context.Accounts().ListAsync(cancellation);
        if (context.Json)
        {
            await context.Out.WriteLineAsync(GovernanceJson.Of(people));
            return 0;
        }
        foreach (var person in people)
            await context.Out.WriteLineAsync(
                $"{person.Name, -32} {person.Role, -26} {State(person), -8} {person.Organisation} {person.Email}"
            );
        return 0;
    }

    private static async Task<int> SetRoleAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.AsOneOfAsync(Roles.Managing, cancellation);
        var (accounts, name) = (context.Accounts(), parsed.GetValue(Name)!);
        await accounts.SetRoleAsync(work.Viewer, name, parsed.GetValue(NewRole)!, cancellation);
        await SayAsync(context, await accounts.NeedAsync(name, cancellation), password: null);
        return 0;
    }

    private static async Task<int> ChangeAsync(
        VerbContext context,
        string what,
        Func<Accounts, Viewer, string, CancellationToken, Task> change,
        ParseResult parsed,
        CancellationToken cancellation
    )
    {
        var (work, name) = (await context.AsOneOfAsync(Roles.Managing, cancellation), parsed.GetValue(Name)!);
        await change(context.Accounts(), work.Viewer, name, cancellation);
        await context.Messages.WriteLineAsync($"{name} is {what}");
        return 0;
    }

    /// <summary>The password alone goes to stdout: it is the answer, and it is not shown again.</summary>
    private static async Task SayAsync(VerbContext context, Person person, string? password)
    {
        if (context.Json)
        {
            await context.Out.WriteLineAsync(
                GovernanceJson.Of(
                    new
                    {
                        person.Name,
                        person.Email,
                        person.Role,
                        person.Organisation,
                        password,
                    }
                )
            );
            return;
        }
        await context.Messages.WriteLineAsync($"{person.Name} is {person.Role} at {person.Organisation}");
        if (password is null)
            return;
        await context.Messages.WriteLineAsync("The password, shown this once:");
        await context.Out.WriteLineAsync(password);
    }

    private static string State(Person person) =>
        !person.IsActive ? "locked"
        : person.LockedUntil is { } until ? string.Create(CultureInfo.InvariantCulture, $"until {until:HH:mm}")
        : "active";
}
