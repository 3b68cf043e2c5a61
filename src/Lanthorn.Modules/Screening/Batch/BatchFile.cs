using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Lanthorn.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening.Batch;

/// <summary>The report of a screening as a file.</summary>
internal static class BatchFile
{
    public static readonly IReadOnlyList<Column<ShowBatch.Found>> Columns =
    [
        new("line", "Row", f => $"{f.Hit.Row.Line}") { Number = f => f.Hit.Row.Line },
        new("reference", "Reference", f => f.Hit.Row.Reference),
        new("asked", "Looked for", f => f.Hit.Row.Asked),
        new("found", "Found", f => f.Entity.Caption),
        new("id", "Id", f => f.Entity.Id),
        new("score", "Score", f => $"{f.Score.Value:0.00}") { Number = f => Math.Round(f.Score.Value, 4) },
        new("why", "Why", Why),
        new("kind", "Kind", f => f.Entity.Schema.Label),
        new("topics", "Topics", f => Joined(f.Entity.Properties["topics"])),
        new("countries", "Countries", f => Joined(FindByName.Countries(f.Entity))),
        new("sources", "Sources", f => Joined(f.Entity.Members.Select(m => m.Source.Value).Distinct())),
        new(
            "label",
            "Label",
            f => Joined(f.Entity.Members.Select(m => m.Label.Text).Distinct().Where(t => t.Length > 0))
        ),
        new("handling", "Handling", f => Joined(f.Entity.Members.Select(m => m.Handling.Text()).Distinct())),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/screenings/{id}").RequireEnforcement().WithTags("Screening");
        files
            .MapGet(
                "/report.csv",
                (HttpContext c, BatchRuns r, ShowBatch b, Store s, string id) =>
                    HandleAsync(c, r.Need(c.Work(), id), b, s, TableFile.Kind.Csv)
            )
            .WithSummary("The report of a screening as CSV");
        files
            .MapGet(
                "/report.xlsx",
                (HttpContext c, BatchRuns r, ShowBatch b, Store s, string id) =>
                    HandleAsync(c, r.Need(c.Work(), id), b, s, TableFile.Kind.Xlsx)
            )
            .WithSummary("The report of a screening as a spreadsheet");
    }

    public static string Why(ShowBatch.Found found) =>
        Joined(found.Score.Parts.OrderByDescending(p => Math.Abs(p.Points)).Select(p => p.Detail).Distinct());

    private static async Task HandleAsync(
        HttpContext context,
        BatchRun run,
        ShowBatch show,
        Store store,
        TableFile.Kind kind
    )
    {
        var (work, cancellation) = (context.Work(), context.RequestAborted);
        var found = await show.AllAsync(work, run, context.TableView(), cancellation);
        var leaving = found.Where(f => SearchFile.MayLeave(work.Viewer, f.Entity)).ToList();
        var versions = leaving
            .SelectMany(f => f.Entity.Members)
            .Select(m => new RecordVersion(m.Id, m.Version))
            .Distinct();
        await store.Audit.AppendAsync(
            AuditEntry.By(
                work.Viewer,
                Operation.Disclosure,
                $"report of a screening taken away as a file: {leaving.Count} rows",
                [.. versions],
                new(work.Justification, work.Case)
            ),
            cancellation
        );
        await TableFile.WriteAsync(
            context,
            kind,
            "screening",
            Columns,
            leaving,
            Notes(run, found.Count - leaving.Count)
        );
    }

    private static IEnumerable<string> Notes(BatchRun run, int held)
    {
        yield return "A hit is no decision: somebody compares each with the person whom the row is about";
        if (run.State != BatchState.Finished)
            yield return "The screening has not come to its end: nothing is reported";
        if (held > 0)
            yield return $"{held} more hits may be seen but not taken away without their provider's permission";
        if (run.IsCut)
            yield return $"There were more than {BatchRuns.MaxHits} hits: raise the threshold";
        if (run.Table.RefusedCount > 0)
            yield return $"{run.Table.RefusedCount} rows of the file could not be looked for";
    }

    private static string Joined(IEnumerable<string> values) => string.Join("; ", values);
}
