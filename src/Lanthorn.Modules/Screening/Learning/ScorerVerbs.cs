using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lanthorn.Governance.Contracts;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening.Learning;

/// <summary>The verbs <c>scorer train|list|show|use</c>.</summary>
internal static class ScorerVerbs
{
    private static readonly VerbGroup Group = new("scorer", "Versions of the scorer, learnt from what people judged");

    private static readonly Argument<string> Id = new("id") { Description = "As 'scorer list' shows it" };

    private static readonly Argument<string> IdOrShipped = new("id")
    {
        Description = "As 'scorer list' shows it, or 'shipped' for the scorer without anything learnt",
    };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why it is switched on; stands in the history",
        HelpName = "TEXT",
        Required = true,
    };

    public static IEnumerable<Verb> All { get; } =
    [
        new(new Command("train", "Learn a version from the judgements that the account sees"), TrainAsync, Group),
        new(new Command("list", "The versions, and which scores"), ListAsync, Group),
        new(new Command("show", "A version with its figures before and after") { Id }, ShowAsync, Group),
        new(new Command("use", "Switch a version on that another trained") { IdOrShipped, Reason }, UseAsync, Group),
    ];

    private static async Task<int> TrainAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var id = await context.Services.GetRequiredService<TrainVersion>().HandleAsync(work, cancellation);
        return await ShowAsync(work, id, context, cancellation);
    }

    private static async Task<int> ListAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var answer = await context.Services.GetRequiredService<ShowScorers>().HandleAsync(work, cancellation);
        if (context.Json)
        {
            await WriteAsync(context, ScorerEndpoints.ToList(answer));
            return 0;
        }
        var shipped = answer.InUse is null ? " (in use)" : "";
        await context.Out.WriteLineAsync($"{SwitchScorer.Shipped}: {Algorithms.Default}{shipped}");
        foreach (var version in answer.Versions)
            await context.Out.WriteLineAsync(
                $"{version.Id}{(version.Id == answer.InUse ? " (in use)" : "")}: "
                    + $"{version.Artefact.Pairs} pairs, trained by {version.TrainedBy}"
            );
        return 0;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation) =>
        await ShowAsync(await WorkAsync(context, cancellation), parsed.GetValue(Id)!, context, cancellation);

    private static async Task<int> ShowAsync(Work work, string id, VerbContext context, CancellationToken cancellation)
    {
        var one = await context.Services.GetRequiredService<ShowScorers>().HandleAsync(work, id, cancellation);
        if (context.Json)
        {
            await WriteAsync(context, ScorerEndpoints.ToVersion(work, one));
            return 0;
        }
        var artefact = one.Version.Artefact;
        await context.Out.WriteLineAsync(
            $"{id}: {artefact.Pairs} pairs ({artefact.Same} the same), held out in {TrainScorer.Folds} folds"
        );
        foreach (var figure in ScorerFigure.Of(artefact))
            await context.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {figure.Name, -32} {figure.Before:0.000} -> {figure.After:0.000} {Word(figure)}"
                )
            );
        return 0;
    }

    private static async Task<int> UseAsync(ParseResult parsed, VerbContext context, CancellationToken cancellation)
    {
        var work = await WorkAsync(context, cancellation);
        var id = parsed.GetValue(IdOrShipped)!;
        var request = new SwitchScorer.Request(parsed.GetValue(Reason));
        await context.Services.GetRequiredService<SwitchScorer>().HandleAsync(work, id, request, cancellation);
        if (context.Json)
            await WriteAsync(context, new { in_use = id });
        else
            await context.Out.WriteLineAsync($"{id} scores from now on");
        return 0;
    }

    private static string Word(ScorerFigure figure) =>
        figure.IsWorse ? "worse"
        : figure.IsBetter ? "better"
        : "";

    private static Task<Work> WorkAsync(VerbContext context, CancellationToken cancellation) =>
        context
            .Services.GetRequiredService<Accounts>()
            .NeedWorkOfAsync(context.Account, context.Justification, cancellation);

    private static Task WriteAsync(VerbContext context, object answer) =>
        context.Out.WriteLineAsync(JsonSerializer.Serialize(answer, answer.GetType(), JsonAnswers.Options));
}
