using System.CommandLine;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance.Identity;

/// <summary>The verbs <c>user reset-factor|require-factor</c>, for those who manage accounts.</summary>
internal static class SecondFactorVerbs
{
    private static readonly Argument<string> Name = new("name") { Description = "The account's name" };

    private static readonly Option<string?> ByRoles = new("--roles")
    {
        Description =
            "The roles that need one from now on, with commas between them, or 'none' (default: only list them)",
        HelpName = "R,R",
    };

    public static IEnumerable<Verb> All { get; } =
    [
        new(
            new Command("reset-factor", "Take second factor and passkeys from an account") { Name },
            ResetAsync,
            UserVerbs.Group
        ),
        new(
            new Command("require-factor", "The roles whose people need a second factor") { ByRoles },
            RequireAsync,
            UserVerbs.Group
        ),
    ];

    private static async Task<int> ResetAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var (work, name) = (await context.AsOneOfAsync(Roles.Managing, cancellation), parsed.GetValue(Name)!);
        await context.Services.GetRequiredService<SecondFactor>().ResetAsync(work.Viewer, name, cancellation);
        await context.Messages.WriteLineAsync($"{name} has no second factor and no passkey any more");
        return 0;
    }

    private static async Task<int> RequireAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.AsOneOfAsync(Roles.Managing, cancellation);
        var roles = context.Services.GetRequiredService<FactorRoles>();
        if (parsed.GetValue(ByRoles) is { } wanted)
            await roles.SetAsync(
                work.Viewer,
                wanted == "none"
                    ? []
                    : wanted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                cancellation
            );
        var listed = await roles.ListAsync(cancellation);
        if (context.Json)
            await context.Out.WriteLineAsync(GovernanceJson.Of(listed));
        else
            foreach (var role in listed)
                await context.Out.WriteLineAsync(role);
        return 0;
    }
}
