using System.CommandLine;
using System.Globalization;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance.BreakGlass;

/// <summary>
/// The verbs <c>break-glass list|ask|end</c>. There is none that grants: at the console one person can act as two.
/// </summary>
internal static class GlassVerbs
{
    private static readonly VerbGroup Group = new("break-glass", "Wider sight for a time, granted by a second person");

    private static readonly Argument<string> Id = new("id") { Description = "As 'break-glass list' shows it" };

    private static readonly Option<string?> Role = new("--role")
    {
        Description = "A role besides the own",
        HelpName = "R",
    };

    private static readonly Option<string?> Compartment = new("--compartment")
    {
        Description = "A compartment besides the own",
        HelpName = "C",
    };

    private static readonly Option<string> Case = new("--case")
    {
        Description = "The case that it is for",
        HelpName = "C",
        Required = true,
    };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why it cannot wait",
        HelpName = "TEXT",
        Required = true,
    };

    private static readonly Option<int> Hours = new("--hours")
    {
        Description = $"For how long, at most {Glass.MaxHours} (default 1)",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public static IEnumerable<Verb> All { get; } =
    [
        new(new Command("list", "Requests that the account may see, the newest first"), ListAsync, Group),
        new(
            new Command("ask", "Ask for wider sight; another account grants it on the page or over the API")
            {
                Role,
                Compartment,
                Case,
                Reason,
                Hours,
            },
            AskAsync,
            Group
        ),
        new(new Command("end", "End wider sight at once") { Id }, EndAsync, Group),
    ];

    private static async Task<int> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.ActingAsync(cancellation);
        var listed = await context.Services.GetRequiredService<GlassBook>().ListAsync(work, cancellation);
        if (context.Json)
        {
            await context.Out.WriteLineAsync(GovernanceJson.Of(listed));
            return 0;
        }
        foreach (var glass in listed)
            await context.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{glass.Id} {glass.AskedAt:yyyy-MM-ddTHH:mmZ} {glass.State, -8} {glass.Asker, -24} {glass.Case}: {glass.Reason}"
                )
            );
        return 0;
    }

    private static async Task<int> AskAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.ActingAsync(cancellation);
        var request = new AskForSight.Request(
            parsed.GetValue(Role),
            parsed.GetValue(Compartment),
            parsed.GetValue(Case),
            parsed.GetValue(Reason),
            parsed.GetValue(Hours)
        );
        var asked = await context.Services.GetRequiredService<AskForSight>().HandleAsync(work, request, cancellation);
        await context.Out.WriteLineAsync(context.Json ? GovernanceJson.Of(asked) : asked.Id);
        return 0;
    }

    private static async Task<int> EndAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context.ActingAsync(cancellation);
        await context.Services.GetRequiredService<UseSight>().EndAsync(work, parsed.GetValue(Id)!, cancellation);
        await context.Messages.WriteLineAsync("It has ended");
        return 0;
    }
}
