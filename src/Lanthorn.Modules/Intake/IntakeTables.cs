using System.Globalization;
using Lanthorn.Platform;
using Lanthorn.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Lanthorn.Web.Words;

namespace Lanthorn.Intake;

/// <summary>The tables of imports, sources and refused rows, the same on their pages and as files.</summary>
internal static class IntakeTables
{
    /// <summary>So many imports a table has: the newest.</summary>
    public const int MaxImports = 1_000;

    public static readonly IReadOnlyList<Column<ImportProgress.Import>> Imports =
    [
        new("begun", "Begun", i => Shown.Time(i.StartedAt))
        {
            Href = i => $"/imports/{i.Id}",
            Order = i => i.StartedAt.Ticks,
        },
        new("source", "Source", i => i.Source),
        new("files", "Files", i => Shown.Files(i.Files)),
        new("state", "State", i => T(i.State)),
        Counted<ImportProgress.Import>("records", "Records", i => i.Tally.Read),
        Counted<ImportProgress.Import>("changed", "New or changed", i => i.Tally.Imported),
        Counted<ImportProgress.Import>("refused", "Refused", i => i.Tally.Quarantined),
        new("by", "By", i => i.Account),
    ];

    public static readonly IReadOnlyList<Column<ListSources.Source>> Sources =
    [
        new("title", "Source", s => s.Title) { Href = s => $"/sources/{s.Code}/changes" },
        new("code", "Code", s => s.Code),
        new("publisher", "Publisher", s => s.Publisher),
        new("as-of", "As of", s => s.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""),
        new("change", "Last change", s => s.LastChange is { } at ? Shown.Time(at) : "")
        {
            Order = s => s.LastChange?.Ticks,
        },
        Counted<ListSources.Source>("records", "Records", s => s.Records),
    ];

    public static readonly IReadOnlyList<Column<ReadQuarantine.Refused>> Quarantine =
    [
        new("file", "File", r => r.File),
        Counted<ReadQuarantine.Refused>("line", "Line", r => r.Line),
        Counted<ReadQuarantine.Refused>("column", "Column", r => r.Column),
        new("field", "Field", r => r.Field),
        new("value", "Value", r => r.Value),
        new("reason", "Why it was refused", r => r.Reason),
        new("refused", "What was refused", r => r.IsWholeRow ? "row" : "value"),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("").RequireEnforcement().WithTags("Intake");
        foreach (var kind in Enum.GetValues<TableFile.Kind>())
        {
            var ending = kind == TableFile.Kind.Csv ? "csv" : "xlsx";
            files
                .MapGet($"/imports.{ending}", (HttpContext c, ImportProgress p) => ImportsAsync(c, p, kind))
                .WithSummary("The imports of the organisation, as a file");
            files
                .MapGet($"/sources.{ending}", (HttpContext c, ListSources l) => SourcesAsync(c, l, kind))
                .WithSummary("The catalogue of sources, as a file");
        }
        files
            .MapGet("/imports/{id}/quarantine.xlsx", QuarantineAsync)
            .WithSummary("What an import refused, as a spreadsheet");
    }

    private static async Task ImportsAsync(HttpContext context, ImportProgress progress, TableFile.Kind kind)
    {
        var found = await progress.ListAsync(context.Work(), 0, MaxImports, context.RequestAborted);
        string[] notes =
            found.Total > MaxImports ? [$"{found.Total - MaxImports} older imports are not in this file"] : [];
        await WriteAsync(context, kind, "imports", Imports, found.Imports, notes);
    }

    private static async Task SourcesAsync(HttpContext context, ListSources list, TableFile.Kind kind) =>
        await WriteAsync(
            context,
            kind,
            "sources",
            Sources,
            await list.HandleAsync(context.Work(), context.RequestAborted),
            []
        );

    private static async Task QuarantineAsync(HttpContext context, ReadQuarantine quarantine, string id)
    {
        var cancellation = context.RequestAborted;
        if (await quarantine.AllAsync(context.Work(), id, cancellation) is not { } rows)
        {
            await ImportsEndpoint.NoSuchImport.ToResult().ExecuteAsync(context);
            return;
        }
        var kept = new List<ReadQuarantine.Refused>();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            kept.Add(row);
            if (kept.Count > TableFile.MaxRows)
                break;
        }
        string[] notes =
            kept.Count > TableFile.MaxRows ? ["There are more rows than a spreadsheet is given: the CSV has all"] : [];
        await TableFile.WriteAsync(
            context,
            TableFile.Kind.Xlsx,
            $"quarantine-{id}",
            Quarantine,
            [.. kept.Take(TableFile.MaxRows)],
            notes
        );
    }

    /// <summary>As the page shows it: filtered and sorted as its address says.</summary>
    private static Task WriteAsync<TRow>(
        HttpContext context,
        TableFile.Kind kind,
        string name,
        IReadOnlyList<Column<TRow>> columns,
        IReadOnlyList<TRow> rows,
        IReadOnlyList<string> notes
    ) => TableFile.WriteAsync(context, kind, name, columns, context.TableView().Of(rows, columns), notes);

    private static Column<TRow> Counted<TRow>(string key, string title, Func<TRow, long> count) =>
        new(key, title, r => Shown.Number(count(r))) { Number = r => count(r) };
}
