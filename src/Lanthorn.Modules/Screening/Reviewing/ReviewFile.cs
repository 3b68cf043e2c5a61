using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening.Reviewing;

/// <summary>
/// <c>GET /review/history.csv</c> and <c>/review/history.xlsx</c>: the history as it is filtered. Judgements on what may be
/// seen but not taken away are left out and counted.
/// </summary>
internal static class ReviewFile
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("").RequireEnforcement().WithTags("Screening");
        files
            .MapGet(
                "/review/history.csv",
                (HttpContext c, ReviewHistory h, Store s) => HandleAsync(c, h, s, TableFile.Kind.Csv)
            )
            .WithSummary("What people of your organisation judged, as CSV");
        files
            .MapGet(
                "/review/history.xlsx",
                (HttpContext c, ReviewHistory h, Store s) => HandleAsync(c, h, s, TableFile.Kind.Xlsx)
            )
            .WithSummary("What people of your organisation judged, as a spreadsheet");
    }

    private static async Task HandleAsync(HttpContext context, ReviewHistory history, Store store, TableFile.Kind kind)
    {
        var work = context.Work();
        var all = await history.HandleAsync(work, context.RequestAborted);
        var rows = context.TableView().Of(all, ReviewHistory.Columns);
        var leaving = rows.Where(r => r.MayLeave).ToList();
        var versions = leaving
            .SelectMany(r => new[] { r.Left, r.Right })
            .Select(r => new RecordVersion(r.Id, r.Version));
        var entry = AuditEntry.By(
            work.Viewer,
            Operation.Disclosure,
            $"history of judgements taken away as a file: {leaving.Count} rows",
            [.. versions.Distinct()],
            new(work.Justification, work.Case)
        );
        await store.Audit.AppendAsync(entry, context.RequestAborted);
        var held = rows.Count - leaving.Count;
        string[] notes =
            held > 0 ? [$"{held} more rows may be seen but not taken away without their provider's permission"] : [];
        await TableFile.WriteAsync(context, kind, "judgements", ReviewHistory.Columns, leaving, notes);
    }
}
