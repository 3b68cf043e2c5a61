using System.CommandLine;
using System.Globalization;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;

namespace Lanthorn.Governance;

/// <summary>The verbs <c>token create|list|revoke</c>, for those who manage accounts.</summary>
internal static class TokenVerbs
{
    private static readonly VerbGroup Group = new("token", "Tokens with which programs use the API");

    private static readonly Argument<string> Id = new("id") { Description = "As 'token list' shows it" };

    private static readonly Option<string> User = new("--user")
    {
        Description = "Account for which the token acts",
        HelpName = "NAME",
        Required = true,
    };

    private static readonly Option<string> Name = new("--name")
    {
        Description = "What it is for, for those who look through the list later (default command line)",
        HelpName = "N",
        DefaultValueFactory = _ => "command line",
    };

    private static readonly Option<int?> Days = new("--days")
    {
        Description = "Days after which it expires, at most 366 (default: the installation's setting)",
        HelpName = "D",
    };

    private static readonly Option<string?> Scope = new("--scope")
    {
        Description = "Purposes it is for, with blanks between them (default: all that the account has)",
        HelpName = "S",
    };

    private static readonly Option<string?> Reason = new("--reason")
    {
        Description = "Why it reads personal data where a request does not say",
        HelpName = "TEXT",
    };

    public static IEnumerable<Verb> All { get; } =
    [
        new(
            new Command("create", "Make a token and print it, once") { User, Name, Days, Scope, Reason },
            CreateAsync,
            Group
        ),
        new(new Command("list", "The tokens of an account") { User }, ListAsync, Group),
        new(new Command("revoke", "End a token at once") { Id }, RevokeAsync, Group),
    ];

    private static async Task<int> CreateAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.AsOneOfAsync(Roles.Managing, cancellation);
        var asked = new Accounts.NewToken(
            parsed.GetValue(User)!,
            parsed.GetValue(Name)!,
            Accounts.DaysOfToken(parsed.GetValue(Days)),
            parsed.GetValue(Reason),
            TokenScope.Need(parsed.GetValue(Scope))
        );
        var made = await context.Accounts().AddTokenAsync(work.Viewer, asked, cancellation);
        if (context.Json)
        {
            await context.Out.WriteLineAsync(
                GovernanceJson.Of(
                    new
                    {
                        made.Id,
                        token = made.Clear,
                        made.ExpiresAt,
                    }
                )
            );
            return 0;
        }
        await context.Messages.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Token {made.Id} of {asked.Person}, until {made.ExpiresAt:yyyy-MM-dd}, shown this once:"
            )
        );
        await context.Out.WriteLineAsync(made.Clear);
        return 0;
    }

    private static async Task<int> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        await context.AsOneOfAsync(Roles.Managing, cancellation);
        var person = await context.Accounts().NeedAsync(parsed.GetValue(User)!, cancellation);
        var tokens = await context.Accounts().ListTokensAsync(person.Name, cancellation);
        if (context.Json)
        {
            await context.Out.WriteLineAsync(GovernanceJson.Of(tokens));
            return 0;
        }
        foreach (var token in tokens)
            await context.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{token.Id} {Until(token), -19} {Scoped(token), -24} {token.Name}"
                )
            );
        return 0;
    }

    private static async Task<int> RevokeAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.AsOneOfAsync(Roles.Managing, cancellation);
        var id = parsed.GetValue(Id)!;
        await context.Accounts().RevokeTokenAsync(work.Viewer, personName: null, id, cancellation);
        await context.Messages.WriteLineAsync($"Token {id} is revoked");
        return 0;
    }

    private static string Until(Token token) =>
        token.RevokedAt is { } gone
            ? string.Create(CultureInfo.InvariantCulture, $"revoked {gone:yyyy-MM-dd}")
            : string.Create(CultureInfo.InvariantCulture, $"until {token.ExpiresAt:yyyy-MM-dd}");

    private static string Scoped(Token token) => token.Scope.Length == 0 ? "all" : token.Scope;
}
