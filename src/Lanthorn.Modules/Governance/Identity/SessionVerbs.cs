using System.CommandLine;
using System.Globalization;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance.Identity;

/// <summary>The verbs <c>user sessions|end-sessions</c>, for those who manage accounts.</summary>
internal static class SessionVerbs
{
    private static readonly Argument<string> Name = new("name") { Description = "The account's name" };

    public static IEnumerable<Verb> All { get; } =
    [
        new(
            new Command("sessions", "The browsers in which an account is signed in") { Name },
            ListAsync,
            UserVerbs.Group
        ),
        new(
            new Command("end-sessions", "Sign an account out everywhere; its tokens go on") { Name },
            EndAsync,
            UserVerbs.Group
        ),
    ];

    private static async Task<int> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        await context.AsOneOfAsync(Roles.Managing, cancellation);
        var sessions = await context
            .Services.GetRequiredService<Sessions>()
            .ListAsync(parsed.GetValue(Name)!, current: null, cancellation);
        if (context.Json)
        {
            await context.Out.WriteLineAsync(GovernanceJson.Of(sessions));
            return 0;
        }
        foreach (var session in sessions)
            await context.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{session.Id} begun {session.BegunAt:yyyy-MM-ddTHH:mmZ} seen {session.SeenAt:HH:mmZ} {session.Method}, {session.Device}"
                )
            );
        return 0;
    }

    private static async Task<int> EndAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var (work, name) = (await context.AsOneOfAsync(Roles.Managing, cancellation), parsed.GetValue(Name)!);
        await context.Accounts().EndSessionsAsync(work.Viewer, name, cancellation);
        await context.Messages.WriteLineAsync($"{name} is signed out everywhere");
        return 0;
    }
}
