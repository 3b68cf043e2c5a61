using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Lanthorn.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Lanthorn.Web.Words;

namespace Lanthorn.Screening;

/// <summary>
/// <c>GET /search.csv</c> and <c>/search.xlsx</c>: what the search page finds, as a table. What may be seen but not taken away
/// is left out and counted, and the log names what left.
/// </summary>
internal static class SearchFile
{
    private const int MaxEach = 1_000;

    /// <summary>So many of each the page shows as a table.</summary>
    public const int MaxShown = 100;

    /// <param name="Score">How alike the name is; null where the words stand elsewhere in a record.</param>
    internal sealed record Row(Entity Entity, double? Score);

    public static readonly IReadOnlyList<Column<Row>> Columns =
    [
        new("id", "Id", r => r.Entity.Id),
        new("name", "Name", r => r.Entity.Caption) { Href = r => $"/entity/{Uri.EscapeDataString(r.Entity.Id)}" },
        new("kind", "Kind", r => T(r.Entity.Schema.Label)),
        new("score", "Name score", r => r.Score?.ToString("0.00", CultureInfo.InvariantCulture) ?? "")
        {
            Number = r => r.Score,
        },
        new("born", "Born", r => Joined(r.Entity.Properties["birthDate"])),
        new("countries", "Countries", r => Joined(FindByName.Countries(r.Entity))),
        new("topics", "Topics", r => Joined(r.Entity.Properties["topics"])),
        new("sources", "Sources", r => Joined(r.Entity.Members.Select(m => m.Source.Value).Distinct())),
        new("evaluation", "Evaluation", r => Joined(r.Entity.Members.Select(m => m.Evaluation.ToString()).Distinct())),
        new(
            "label",
            "Label",
            r => Joined(r.Entity.Members.Select(m => m.Label.Text).Distinct().Where(t => t.Length > 0))
        ),
        new("handling", "Handling", r => Joined(r.Entity.Members.Select(m => m.Handling.Text()).Distinct())),
    ];

    /// <summary>What of it a page has room for.</summary>
    public static readonly IReadOnlyList<Column<Row>> Shown =
    [
        .. Columns.Where(c => c.Key is not ("id" or "topics" or "label")),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("").RequireEnforcement().WithTags("Matching");
        files
            .MapGet("/search.csv", (HttpContext c, FindByName f, Store s) => HandleAsync(c, f, s, TableFile.Kind.Csv))
            .WithSummary("What a search finds, as CSV");
        files
            .MapGet("/search.xlsx", (HttpContext c, FindByName f, Store s) => HandleAsync(c, f, s, TableFile.Kind.Xlsx))
            .WithSummary("What a search finds, as a spreadsheet");
    }

    private static async Task HandleAsync(HttpContext context, FindByName find, Store store, TableFile.Kind kind)
    {
        var (work, query) = (context.Work(), context.Request.Query);
        var text = query["q"].ToString().Trim();
        if (text.Length is 0 or > TextQuery.MaxLength)
            throw new RefusedException(
                Refusal.BadRequest(
                    "query-missing",
                    "There is nothing to search for",
                    $"Give q, of at most {TextQuery.MaxLength} characters",
                    "q"
                )
            );
        var request = FindByName.Request.Of(
            text,
            name => query[name] is [{ Length: > 0 } value, ..] ? value : null
        ) with
        {
            Names = MaxEach,
            Texts = MaxEach,
        };
        var answer = await find.HandleAsync(work, request, context.RequestAborted);
        var found = RowsOf(answer);
        var leaving = found.Where(r => MayLeave(work.Viewer, r.Entity)).ToList();
        var versions = leaving
            .SelectMany(r => r.Entity.Members)
            .Select(m => new RecordVersion(m.Id, m.Version))
            .Distinct();
        var entry = AuditEntry.By(
            work.Viewer,
            Operation.Disclosure,
            $"search taken away as a file: {leaving.Count} rows",
            [.. versions],
            new(work.Justification, work.Case)
        );
        await store.Audit.AppendAsync(entry with { Terms = text }, context.RequestAborted);
        await TableFile.WriteAsync(
            context,
            kind,
            "search",
            Columns,
            leaving,
            Notes(found.Count - leaving.Count, answer)
        );
    }

    public static IReadOnlyList<Row> RowsOf(FindByName.Answer answer) =>
        [
            .. answer.Names.Select(h => new Row(h.Entity, h.Score.Value)),
            .. answer.Texts.Entities.Select(e => new Row(e, null)),
        ];

    private static IEnumerable<string> Notes(int held, FindByName.Answer answer)
    {
        if (held > 0)
            yield return $"{held} more rows may be seen but not taken away without their provider's permission";
        if (answer.IsCut)
            yield return $"More may bear such a name: this file has the {answer.Names.Count} most alike";
        if (answer.Texts.Total > MaxEach)
            yield return $"More records mention the words: this file has the first {MaxEach}";
    }

    /// <summary>An entity leaves when every record in it may. Who provided a record is not known beyond its source.</summary>
    internal static bool MayLeave(Viewer viewer, Entity entity) =>
        entity.Members.All(m =>
            Use.MayUse(viewer, new(m.Label, m.Handling, []), UseAction.Export, recipient: null).Verdict
            == UseVerdict.Yes
        );

    private static string Joined(IEnumerable<string> values) => string.Join("; ", values);
}
