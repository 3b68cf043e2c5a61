using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening.Batch;

/// <summary>Screening of files over the API.</summary>
internal static class BatchEndpoints
{
    public const string Root = "/api/v1/screenings";
    private const int MaxLimit = 500;
    private const int DefaultLimit = 100;

    /// <param name="State">waiting, running, finished, stopped or failed.</param>
    /// <param name="Ignored">Values that were not understood, by their properties.</param>
    internal sealed record Screening(
        string Id,
        string State,
        string File,
        int Rows,
        int Done,
        int Refused,
        IReadOnlyList<string> Columns,
        IReadOnlyList<string> UnusedColumns,
        IReadOnlyDictionary<string, int> Ignored,
        DateTimeOffset StartedAt,
        DateTimeOffset GoneAt,
        string? Failure
    );

    internal sealed record Hit(
        long Row,
        string Reference,
        string Asked,
        string Entity,
        string Caption,
        string Schema,
        double Score,
        string Why,
        IReadOnlyList<string> Datasets
    );

    /// <param name="IsCut">There were more hits than a report holds.</param>
    internal sealed record Report(string State, int Total, int RowsWithHits, bool IsCut, IReadOnlyList<Hit> Hits);

    /// <summary>The form, for the OpenAPI document.</summary>
    internal sealed record Form(
        IFormFile File,
        string? Schema,
        string? Dataset,
        double? Threshold,
        DateOnly? Since,
        string? Dates,
        string? Columns
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root).RequireEnforcement().WithTags("Screening");
        api.MapPost("", BeginAsync)
            .WithFormOptions(memoryBufferThreshold: BatchUpload.MaxForm, multipartBodyLengthLimit: BatchUpload.MaxForm)
            .Accepts<Form>("multipart/form-data")
            .WithSummary("Screen a CSV or workbook whose rows are people, companies or vessels to look for")
            .Produces<Screening>(StatusCodes.Status202Accepted);
        api.MapGet("", List).WithSummary("Your screening, if there is one").Produces<IReadOnlyList<Screening>>();
        api.MapGet("/{id}", Show).WithSummary("How far a screening is").Produces<Screening>();
        api.MapGet("/{id}/report", ReportAsync).WithSummary("What a screening found").Produces<Report>();
        api.MapPost("/{id}/stop", Stop).WithSummary("Stop a screening").Produces(StatusCodes.Status204NoContent);
        api.MapDelete("/{id}", Delete)
            .WithSummary("Delete a screening with its report")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, BeginBatch begin)
    {
        context.Response.KeepPrivate();
        var form = await BatchUpload.ReadAsync(context);
        var run = await begin.HandleAsync(
            context.Work(),
            BatchRequest.Of(name => form[name] is [{ } text, ..] ? text : null),
            BatchUpload.FileOf(form),
            context.RequestAborted
        );
        context.Response.Headers.Location = $"{Root}/{run.Id}";
        return Results.Json(Shown(run), JsonAnswers.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static IResult List(HttpContext context, BatchRuns runs)
    {
        context.Response.KeepPrivate();
        Screening[] own = runs.Of(context.Work()) is { } run ? [Shown(run)] : [];
        return Results.Json(own, JsonAnswers.Options);
    }

    private static IResult Show(HttpContext context, BatchRuns runs, string id)
    {
        context.Response.KeepPrivate();
        return Results.Json(Shown(runs.Need(context.Work(), id)), JsonAnswers.Options);
    }

    private static async Task<IResult> ReportAsync(HttpContext context, BatchRuns runs, ShowBatch show, string id)
    {
        context.Response.KeepPrivate();
        var run = runs.Need(context.Work(), id);
        var limit = Filter.Number(context.Request.Query, "limit", DefaultLimit, 1, MaxLimit);
        var page = await show.PageAsync(context.Work(), run, context.TableView(), limit, context.RequestAborted);
        return Results.Json(
            new Report(Text(run.State), page.Total, page.RowsWithHits, run.IsCut, [.. page.Found.Select(ToHit)]),
            JsonAnswers.Options
        );
    }

    private static IResult Stop(HttpContext context, BatchRuns runs, string id)
    {
        runs.Need(context.Work(), id).Stop();
        return Results.NoContent();
    }

    private static IResult Delete(HttpContext context, BatchRuns runs, string id)
    {
        runs.Remove(runs.Need(context.Work(), id));
        return Results.NoContent();
    }

    private static Hit ToHit(ShowBatch.Found found) =>
        new(
            found.Hit.Row.Line,
            found.Hit.Row.Reference,
            found.Hit.Row.Asked,
            found.Entity.Id,
            found.Entity.Caption,
            found.Entity.Schema.Name,
            Math.Round(found.Score.Value, 6),
            BatchFile.Why(found),
            [.. found.Entity.Members.Select(m => m.Source.Value).Distinct()]
        );

    private static Screening Shown(BatchRun run) =>
        new(
            run.Id,
            Text(run.State),
            run.Table.File,
            run.Table.Rows.Count,
            run.Done,
            run.Table.RefusedCount,
            run.Table.UsedColumns,
            run.Table.UnusedColumns,
            run.Table.Ignored,
            run.StartedAt,
            run.StartedAt + BatchRuns.Lifetime,
            run.Failure
        );

    private static string Text(BatchState state) => $"{state}".ToLowerInvariant();
}
