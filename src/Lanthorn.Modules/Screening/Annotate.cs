using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening;

/// <summary>
/// What somebody writes about an entity, changes and takes away again; and the bookmark on it. An annotation is seen by who
/// sees every record that it was written about; its author alone changes it.
/// </summary>
internal static class Annotate
{
    public const int MaxLength = 4_000;

    internal sealed record Written(string Id, string Text);

    internal sealed record Changed(string Id, long Annotation, string? Text, string Act);

    internal sealed record Marked(string Id, string Act);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/entity/annotate", WriteAsync).RequireEnforcement().ExcludeFromDescription();
        routes.MapPost("/entity/annotation", ChangeAsync).RequireEnforcement().ExcludeFromDescription();
        routes.MapPost("/entity/bookmark", BookmarkAsync).RequireEnforcement().ExcludeFromDescription();
    }

    /// <exception cref="RefusedException">The text is empty or too long, or there is no such entity.</exception>
    public static async Task<long> HandleAsync(Work work, Store store, Written written, CancellationToken cancellation)
    {
        var text = Checked(written.Text);
        var reading = work.On(store);
        var entity = await ShowEntity.FindAsync(reading, written.Id, "annotation", cancellation);
        return await reading.AnnotateAsync(entity, text, cancellation);
    }

    /// <exception cref="RefusedException">The text is empty or too long, or the viewer wrote no such annotation.</exception>
    public static async Task HandleAsync(Work work, Store store, Changed changed, CancellationToken cancellation)
    {
        var text = changed.Act == "remove" ? null : Checked(changed.Text);
        if (!await work.On(store).ChangeAnnotationAsync(changed.Annotation, text, cancellation))
            throw new RefusedException(Refusal.NotFound("No such annotation of yours"));
    }

    /// <exception cref="RefusedException">The text is empty or too long.</exception>
    internal static string Checked(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > MaxLength
            ? throw EntityQuery.Shape("text", $"an annotation has 1 to {MaxLength} characters")
            : text.Trim();

    private static async Task<IResult> WriteAsync(HttpContext context, Store store, [FromForm] Written written)
    {
        await HandleAsync(context.Work(), store, written, context.RequestAborted);
        return Back(written.Id, "#annotations");
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, Store store, [FromForm] Changed changed)
    {
        await HandleAsync(context.Work(), store, changed, context.RequestAborted);
        return Back(changed.Id, "#annotations");
    }

    private static async Task<IResult> BookmarkAsync(
        HttpContext context,
        Store store,
        Bookmarks bookmarks,
        [FromForm] Marked marked
    )
    {
        var work = context.Work();
        var entity = await ShowEntity.FindAsync(work.On(store), marked.Id, "bookmark", context.RequestAborted);
        if (marked.Act == "remove")
            await bookmarks.RemoveAsync(work, entity, context.RequestAborted);
        else
            await bookmarks.SetAsync(work, entity, context.RequestAborted);
        return Back(marked.Id, "");
    }

    private static IResult Back(string id, string place) =>
        Results.LocalRedirect($"/entity/{Uri.EscapeDataString(id)}{place}");
}
