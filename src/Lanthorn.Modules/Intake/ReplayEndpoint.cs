using Lanthorn.Formats;
using Lanthorn.Intake.Pages;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Intake;

/// <summary><c>POST /api/v1/imports/{id}/replay</c>, and what the pages of the quarantine send.</summary>
internal static class ReplayEndpoint
{
    /// <summary>The fields of a form that hold the values of columns begin so.</summary>
    public const string ColumnPrefix = "c.";
    public const string WholeText = "text";

    /// <param name="Row">The number of the row; null for all that are not mended.</param>
    /// <param name="Set">Of the row, values by the names of its columns or properties.</param>
    /// <param name="Text">Of the row, the whole mended text in place of the one that is kept.</param>
    /// <param name="Mapping">A corrected mapping, which the import keeps.</param>
    internal sealed record Request(long? Row, IReadOnlyDictionary<string, string>? Set, string? Text, string? Mapping);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var replay = routes.MapGroup("").RequireEnforcement().WithTags("Intake");
        replay
            .MapPost($"{ImportsEndpoint.Root}/{{id}}/replay", ReplayAsync)
            .WithSummary("Read refused rows again: one of them corrected, or all with a corrected mapping")
            .Produces<ReplayRows.Answer>()
            .ProducesProblem(StatusCodes.Status404NotFound, ImportsEndpoint.Problem)
            .ProducesProblem(StatusCodes.Status409Conflict, ImportsEndpoint.Problem)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity, ImportsEndpoint.Problem);
        replay.MapPost("/imports/{id}/quarantine/{number:long}/replay", RowFormAsync).ExcludeFromDescription();
        replay.MapPost("/imports/{id}/quarantine/replay", AllFormAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReplayAsync(
        HttpContext context,
        ReplayRows replay,
        ReadQuarantine quarantine,
        string id,
        [FromBody] Request request
    )
    {
        context.Response.KeepPrivate();
        var (work, cancellation) = (context.Work(), context.RequestAborted);
        var rows = request.Row is { } number
            ? new Dictionary<long, string>
            {
                [number] = await MendedAsync(quarantine, work, (id, number), (request.Set, request.Text), cancellation),
            }
            : null;
        var answer = await replay.HandleAsync(work, id, new(rows, request.Mapping), cancellation);
        return Results.Json(answer, IntakeJson.Options);
    }

    /// <summary>The text of one row with what was corrected.</summary>
    /// <exception cref="RefusedException">There is no such row for this viewer, or nothing of it that values could be set in.</exception>
    public static async Task<string> MendedAsync(
        ReadQuarantine quarantine,
        Work work,
        (string Import, long Number) of,
        (IReadOnlyDictionary<string, string>? Set, string? Text) mended,
        CancellationToken cancellation
    )
    {
        var row =
            await quarantine.FindAsync(work, of.Import, of.Number, cancellation)
            ?? throw new RefusedException(Refusal.NotFound("There is no such row in this quarantine"));
        if (mended.Text is not null)
            return mended.Text;
        var text =
            row.Row
            ?? throw new RefusedException(
                new(
                    "row-not-kept",
                    409,
                    "The text of the row was not kept",
                    "Mend it in its file and import that again, or give the whole row"
                )
            );
        return mended.Set is { Count: > 0 } set ? MendedRow.With(text, set) : text;
    }

    private static async Task<IResult> RowFormAsync(
        HttpContext context,
        ReplayRows replay,
        IAntiforgery antiforgery,
        string id,
        long number
    )
    {
        var form = await FormAsync(context, antiforgery);
        var (work, cancellation) = (context.Work(), context.RequestAborted);
        var columns = form.Where(f => f.Key.StartsWith(ColumnPrefix, StringComparison.Ordinal))
            .Select(f => (f.Key[ColumnPrefix.Length..], $"{f.Value}"))
            .ToList();
        var text = columns.Count > 0 ? RefusedRow.OfColumns(columns) : $"{form[WholeText]}";
        var rows = new Dictionary<long, string> { [number] = text };
        var answer = await replay.HandleAsync(work, id, new(rows), cancellation);
        if (answer.Refused is not [var again, ..])
            return Results.LocalRedirect($"/imports/{Uri.EscapeDataString(id)}#quarantine");
        return new RazorComponentResult<MendAgain>(
            new
            {
                Import = id,
                Number = number,
                Text = text,
                again.Reason,
            }
        )
        {
            StatusCode = StatusCodes.Status422UnprocessableEntity,
        };
    }

    private static async Task<IResult> AllFormAsync(
        HttpContext context,
        ReplayRows replay,
        IAntiforgery antiforgery,
        string id
    )
    {
        var form = await FormAsync(context, antiforgery);
        var mapping = $"{form["mapping"]}";
        await replay.HandleAsync(
            context.Work(),
            id,
            new(null, string.IsNullOrWhiteSpace(mapping) ? null : mapping),
            context.RequestAborted
        );
        return Results.LocalRedirect($"/imports/{Uri.EscapeDataString(id)}#quarantine");
    }

    private static async Task<IFormCollection> FormAsync(HttpContext context, IAntiforgery antiforgery)
    {
        context.Response.KeepPrivate();
        return await antiforgery.IsRequestValidAsync(context)
            ? await context.Request.ReadFormAsync(context.RequestAborted)
            : throw new RefusedException(UploadForm.Forged);
    }
}
