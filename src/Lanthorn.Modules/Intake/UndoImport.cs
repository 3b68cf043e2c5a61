using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Lanthorn.Intake;

/// <summary>
/// Takes a whole import back: the records that it brought vanish, others return to the version before, listings that it
/// ended open again. For those who see the import; the newest import of a source goes first.
/// </summary>
internal sealed class UndoImport(Store store, ImportProgress imports)
{
    public const int MaxReasonLength = 1_000;

    internal sealed record Request(string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var undo = routes.MapGroup("").RequireEnforcement().WithTags("Intake");
        undo.MapGet($"{ImportsEndpoint.Root}/{{id}}/undo", PreviewJsonAsync)
            .WithSummary("What the undo of an import would take back, counted")
            .Produces<UndoCounts>()
            .ProducesProblem(StatusCodes.Status404NotFound, ImportsEndpoint.Problem)
            .ProducesProblem(StatusCodes.Status409Conflict, ImportsEndpoint.Problem);
        undo.MapPost($"{ImportsEndpoint.Root}/{{id}}/undo", HandleJsonAsync)
            .WithSummary("Take a whole import back; one that was stopped half-way is continued by asking again")
            .Produces<UndoCounts>()
            .ProducesProblem(StatusCodes.Status404NotFound, ImportsEndpoint.Problem)
            .ProducesProblem(StatusCodes.Status409Conflict, ImportsEndpoint.Problem);
        undo.MapPost("/imports/{id}/undo/confirmed", HandleFormAsync).ExcludeFromDescription();
    }

    /// <exception cref="RefusedException">There is no such import for this viewer, or it cannot be undone.</exception>
    public Task<UndoCounts> PreviewAsync(Work work, string id, CancellationToken cancellation) =>
        WordedAsync(async () =>
            await new ImportUndo(store).PreviewAsync(
                await VintageAsync(work, id, cancellation),
                work.Viewer,
                cancellation
            )
        );

    /// <exception cref="RefusedException">There is no such import for this viewer, or it cannot be undone.</exception>
    public async Task<UndoCounts> HandleAsync(Work work, string id, string? reason, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReasonLength)
            throw new RefusedException(
                Refusal.Unprocessable(
                    "undo-reason",
                    $"An undo has a reason of at most {MaxReasonLength:N0} characters",
                    "Say in a sentence why the import is taken back",
                    "reason"
                )
            );
        work.On(store);
        var order = new UndoOrder(
            await VintageAsync(work, id, cancellation),
            work.Viewer,
            new(work.Justification, work.Case),
            reason.Trim(),
            (connection, transaction, hasEnded) =>
                connection.ExecuteAsync(
                    """
                    update intake_imports set state = @state, undone_at = @now, undone_by = @Name, undo_reason = @reason
                    where id = @id
                    """,
                    new
                    {
                        id,
                        state = hasEnded ? ImportState.Undone : ImportState.Undoing,
                        now = Times.Text(store.Time.GetUtcNow()),
                        work.Viewer.Name,
                        reason = reason.Trim(),
                    },
                    transaction
                )
        );
        return await WordedAsync(() => new ImportUndo(store).RunAsync(order, cancellation));
    }

    private async Task<long> VintageAsync(Work work, string id, CancellationToken cancellation)
    {
        var found =
            await imports.FindAsync(work, id, cancellation) ?? throw new RefusedException(ImportsEndpoint.NoSuchImport);
        if (found.IsUnderWay)
            throw Refuse("The import is still under way. Stop it first; what it has written can be undone then");
        return found.Vintage ?? throw Refuse("The import has written nothing. There is nothing to undo");
    }

    private static async Task<UndoCounts> WordedAsync(Func<Task<UndoCounts>> work)
    {
        try
        {
            return await work();
        }
        catch (RefusedByStoreException refused)
        {
            throw Refuse(refused.Message);
        }
    }

    private static RefusedException Refuse(string message) => new(new("import-not-undoable", 409, message));

    private static async Task<IResult> PreviewJsonAsync(HttpContext context, UndoImport undo, string id)
    {
        context.Response.KeepPrivate();
        var counts = await undo.PreviewAsync(context.Work(), id, context.RequestAborted);
        return Results.Json(counts, IntakeJson.Options);
    }

    private static async Task<IResult> HandleJsonAsync(
        HttpContext context,
        UndoImport undo,
        IHostApplicationLifetime server,
        string id,
        [FromBody] Request request
    )
    {
        context.Response.KeepPrivate();
        // Whoever leaves does not leave it half done.
        var counts = await undo.HandleAsync(context.Work(), id, request.Reason, server.ApplicationStopping);
        return Results.Json(counts, IntakeJson.Options);
    }

    private static async Task<IResult> HandleFormAsync(
        HttpContext context,
        UndoImport undo,
        IHostApplicationLifetime server,
        string id,
        [FromForm] string? reason
    )
    {
        await undo.HandleAsync(context.Work(), id, reason, server.ApplicationStopping);
        return Results.LocalRedirect($"/imports/{Uri.EscapeDataString(id)}");
    }
}
