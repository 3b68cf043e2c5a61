using System.Runtime.CompilerServices;
using System.Text;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Lanthorn.Intake.Vintages;

/// <summary>The vintages of a source over the API, what changed between two of them, and the same as a table.</summary>
internal static class VintageEndpoints
{
    private const string One = "/api/v1/sources/{code}";
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    /// <summary>A vintage as answers tell of it.</summary>
    /// <param name="At">When it was in.</param>
    /// <param name="Edition">The day that it gives; null where nobody says it.</param>
    internal sealed record Vintage(string Id, DateTimeOffset At, string? Edition)
    {
        public static Vintage? Of(SourceVintage? vintage) =>
            vintage is null ? null : new(vintage.Id, vintage.At, vintage.Edition);
    }

    /// <param name="From">Null: before the first.</param>
    internal sealed record Changes(
        string Source,
        Vintage? From,
        Vintage To,
        Reading.ChangeCounts Counts,
        IReadOnlyList<ChangedRecord> Results,
        int Total,
        int Limit,
        int Offset
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        var sources = routes.MapGroup("").RequireEnforcement().WithTags("Intake");
        sources
            .MapGet($"{One}/vintages", ListAsync)
            .WithSummary("The finished imports of a source that you may see, the newest first")
            .Produces<IReadOnlyList<Vintage>>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problem);
        sources
            .MapGet($"{One}/changes", ChangesAsync)
            .WithSummary("What changed between two vintages of a source: added, changed with values, ended")
            .WithDescription(
                "from and to are ids of vintages. Without to it is the newest, without from the one before it; from=none "
                    + "is before the first. kind is added, changed or ended."
            )
            .Produces<Changes>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problem)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity, Problem);
        sources
            .MapGet("/sources/{code}/changes.csv", TableAsync)
            .WithSummary("What changed between two vintages of a source, as CSV")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
        VintageFeed.Map(sources);
    }

    private static async Task<IResult> ListAsync(HttpContext context, SourceVintages vintages, string code)
    {
        context.Response.KeepPrivate();
        var found = await vintages.OfAsync(context.Work(), code, context.RequestAborted);
        return found.Count == 0 && OfficialSources.Find(code) is null
            ? Refreshing.RefreshEndpoints.NoSuchSource.ToResult()
            : Results.Json(found.Select(Vintage.Of), IntakeJson.Options, Json);
    }

    private static async Task<IResult> ChangesAsync(
        HttpContext context,
        CompareVintages compare,
        string code,
        string? from = null,
        string? to = null,
        string? kind = null,
        int limit = CompareVintages.PageSize,
        int offset = 0
    )
    {
        context.Response.KeepPrivate();
        var (work, cancellation) = (context.Work(), context.RequestAborted);
        (limit, offset) = (Math.Clamp(limit, 0, CompareVintages.MaxTake), Math.Max(offset, 0));
        var meant = await compare.MeanAsync(work, new(code, from, to), cancellation);
        var page = await compare.PageAsync(work, meant, KindOf(kind), (offset, limit), cancellation);
        return Results.Json(
            new Changes(
                code,
                Vintage.Of(meant.From),
                Vintage.Of(meant.To)!,
                page.Counts,
                [.. page.Changes.Select(ChangedRecord.Of)],
                page.Total,
                limit,
                offset
            ),
            IntakeJson.Options,
            Json
        );
    }

    private static async Task TableAsync(
        HttpContext context,
        CompareVintages compare,
        string code,
        string? from = null,
        string? to = null,
        string? kind = null
    )
    {
        context.Response.KeepPrivate();
        var (work, cancellation) = (context.Work(), context.RequestAborted);
        var meant = await compare.MeanAsync(work, new(code, from, to), cancellation);
        var changes = compare.Each(work, meant, KindOf(kind), cancellation);
        context.Response.ContentType = "text/csv; charset=utf-8";
        var attachment = new ContentDispositionHeaderValue("attachment") { FileName = $"changes-{code}.csv" };
        context.Response.Headers.ContentDisposition = attachment.ToString();
        await using var text = new StreamWriter(context.Response.Body, new UTF8Encoding(true), leaveOpen: true);
        await text.WriteAsync(
            "change,id,external_id,schema,caption,property,before,after\r\n".AsMemory(),
            cancellation
        );
        await foreach (var line in LinesAsync(changes, cancellation))
            await text.WriteAsync(line.AsMemory(), cancellation);
    }

    /// <summary>One line for each property that changed, and one for a record that is new or gone.</summary>
    private static async IAsyncEnumerable<string> LinesAsync(
        IAsyncEnumerable<Reading.Change> changes,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await foreach (var change in changes.WithCancellation(cancellation))
        {
            var record = ChangedRecord.Of(change);
            if (change.Became != Became.Changed)
                yield return Line(record, "", "", "");
            else
                foreach (var value in record.Changes)
                    yield return Line(record, value.Property, Join(value.Before), Join(value.After));
        }

        static string Join(IReadOnlyList<string> values) => string.Join("; ", values);

        static string Line(ChangedRecord record, params ReadOnlySpan<string> rest)
        {
            List<string> cells = [record.Change, record.Id, record.ExternalId, record.Schema, record.Caption, .. rest];
            return string.Join(',', cells.Select(TableFile.Cell)) + "\r\n";
        }
    }

    private static Became? KindOf(string? kind) =>
        string.IsNullOrEmpty(kind)
            ? null
            : CompareVintages.KindOf(kind)
                ?? throw new RefusedException(
                    Refusal.Unprocessable("change-kind", $"No kind '{kind}'", "Use added, changed or ended", "kind")
                );
}
