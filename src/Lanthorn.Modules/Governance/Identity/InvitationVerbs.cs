using System.CommandLine;
using System.Globalization;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance.Identity;

/// <summary>The verbs <c>user invite|add-service</c>, for those who manage accounts.</summary>
internal static class InvitationVerbs
{
    private static readonly Argument<string> Name = new("name") { Description = "The account's name" };

    private static readonly Option<string?> Role = new("--role")
    {
        Description = "Role of the new account; without it an account that exists gets a new link",
        HelpName = "R",
    };

    private static readonly Option<string> ServiceRole = new("--role")
    {
        Description = "What it may see",
        HelpName = "R",
        Required = true,
    };

    private static readonly Option<string?> Organisation = new("--organisation")
    {
        Description = "Where it belongs (default: the organisation of this installation)",
        HelpName = "O",
    };

    private static readonly Option<string?> Email = new("--email")
    {
        Description = "Address with which the person may also sign in",
        HelpName = "E",
    };

    private static readonly Option<string> Owner = new("--owner")
    {
        Description = "Account of the person who answers for it",
        HelpName = "NAME",
        Required = true,
    };

    public static IEnumerable<Verb> All { get; } =
    [
        new(
            new Command("invite", "A one-time link with which a person chooses a password")
            {
                Name,
                Role,
                Organisation,
                Email,
            },
            InviteAsync,
            UserVerbs.Group
        ),
        new(
            new Command("add-service", "Make an account for a program: tokens and no sign-in")
            {
                Name,
                ServiceRole,
                Organisation,
                Owner,
            },
            AddServiceAsync,
            UserVerbs.Group
        ),
    ];

    private static async Task<int> InviteAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.AsOneOfAsync(Roles.Managing, cancellation);
        var (settings, name) = (context.Services.GetRequiredService<Settings>(), parsed.GetValue(Name)!);
        var invitations = context.Services.GetRequiredService<Invitations>();
        var made = parsed.GetValue(Role) is { } role
            ? await invitations.InviteAsync(
                work.Viewer,
                new(name, parsed.GetValue(Email), role, parsed.GetValue(Organisation) ?? settings.Organisation),
                cancellation
            )
            : await invitations.AgainAsync(work.Viewer, name, cancellation);
        var link = $"{settings.Urls.Split(';')[0].TrimEnd('/')}{made.Link}";
        if (context.Json)
        {
            await context.Out.WriteLineAsync(
                GovernanceJson.Of(
                    new
                    {
                        made.Person,
                        link,
                        made.EndsAt,
                    }
                )
            );
            return 0;
        }
        await context.Messages.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Until {made.EndsAt:yyyy-MM-dd HH:mm} UTC {made.Person.Name} chooses a password here, once:"
            )
        );
        await context.Out.WriteLineAsync(link);
        return 0;
    }

    private static async Task<int> AddServiceAsync(
        ParseResult parsed,
        VerbContext context,
        CancellationToken cancellation
    )
    {
        var work = await context.AsOneOfAsync(Roles.Managing, cancellation);
        var home = context.Services.GetRequiredService<Settings>().Organisation;
        var made = await context
            .Accounts()
            .AddPersonAsync(
                work.Viewer,
                new(parsed.GetValue(Name)!, null, parsed.GetValue(ServiceRole)!, parsed.GetValue(Organisation) ?? home)
                {
                    Owner = parsed.GetValue(Owner)!,
                },
                cancellation
            );
        if (context.Json)
            await context.Out.WriteLineAsync(GovernanceJson.Of(made));
        else
            await context.Messages.WriteLineAsync(
                $"{made.Name} is a service of {made.Owner}; 'lanthorn token create --user {made.Name}' makes its token"
            );
        return 0;
    }
}
