using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening;

/// <summary>
/// The datasets of the matching API: every source of which the viewer sees a live record, and <c>default</c> for all of them.
/// A source without one does not exist for the viewer.
/// </summary>
internal static class Catalog
{
    /// <summary>The dataset that stands for all sources.</summary>
    public const string Everything = "default";

    internal sealed record Dataset(
        string Name,
        string Title,
        int EntityCount,
        DateTimeOffset? LastChange,
        IReadOnlyList<string> Children
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/catalog", HandleAsync)
            .RequireEnforcement()
            .WithTags("Matching")
            .WithSummary("The sources that you see, with how many records each has for you");

    public static async Task<IReadOnlyList<Dataset>> ListAsync(Reading reading, CancellationToken cancellation)
    {
        var sources = await reading.SourcesAsync(cancellation);
        var datasets = sources
            .Select(s => new Dataset(s.Code.Value, s.Title, s.LiveRecords, s.LastChange, []))
            .OrderBy(d => d.Name, StringComparer.Ordinal)
            .ToList();
        datasets.Add(
            new(
                Everything,
                "All sources that you see",
                datasets.Sum(d => d.EntityCount),
                datasets.Select(d => d.LastChange).DefaultIfEmpty().Max(),
                [.. datasets.Select(d => d.Name)]
            )
        );
        return datasets;
    }

    /// <summary>Refuses a dataset that does not exist for the viewer.</summary>
    public static async Task RequireAsync(Reading reading, string dataset, CancellationToken cancellation)
    {
        if (dataset == Everything)
            return;
        var code = SourceCode.Parse(dataset);
        if (!code.IsAccepted || !await reading.HasLiveRecordsAsync(code.Value, cancellation))
            throw new RefusedException(Refusal.NotFound($"No such dataset: {dataset}", "GET /catalog lists yours"));
    }

    private static async Task HandleAsync(HttpContext context, Store store)
    {
        var reading = context.Work().On(store);
        var datasets = await ListAsync(reading, context.RequestAborted);
        context.Response.KeepPrivate();
        await context.Response.WriteAsJsonAsync(
            new
            {
                datasets,
                current = datasets.Select(d => d.Name),
                outdated = Array.Empty<string>(),
                index_stale = !context.RequestServices.GetRequiredService<Candidates>().IsReady,
            },
            JsonAnswers.Options,
            context.RequestAborted
        );
    }
}
