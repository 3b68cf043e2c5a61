using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Intake.Refreshing;
using Lanthorn.Intake.Vintages;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake;

/// <summary>The verb <c>sources</c>: the catalogue of sources, where each comes from and how fresh it is.</summary>
internal static class SourcesVerb
{
    /// <summary>Alone it lists; others stand under it.</summary>
    public static IEnumerable<Verb> All { get; } = [new(Above(), RunAsync), .. RefreshVerbs.All, .. VintageVerbs.All];

    private static Command Above()
    {
        var above = new Command(
            "sources",
            "The catalogue of sources: publisher, licence, as of when, how many records"
        );
        foreach (var verb in RefreshVerbs.All.Concat(VintageVerbs.All))
            above.Add(verb.Command);
        return above;
    }

    private static async Task<int> RunAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);
        var sources = await context.Services.GetRequiredService<ListSources>().HandleAsync(work, cancellation);
        if (context.Json)
        {
            await context.Out.WriteLineAsync(JsonSerializer.Serialize(sources, IntakeJson.Options));
            return 0;
        }
        foreach (var source in sources)
            await context.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{source.Code, -14} {source.Records, 9} {source.Freshness, -8} {source.AsOf, -10:yyyy-MM-dd} {source.Title}"
                )
            );
        return 0;
    }
}
