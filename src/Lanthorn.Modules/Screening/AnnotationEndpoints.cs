using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening;

/// <summary>Annotations and bookmarks over the API.</summary>
internal static class AnnotationEndpoints
{
    private const string Annotations = "/api/v1/entities/{id}/annotations";
    private const string Annotation = "/api/v1/entities/{id}/annotations/{annotation:long}";
    private const string Kept = "/api/v1/bookmarks";

    /// <param name="Text">1 to 4,000 characters.</param>
    internal sealed record Asked(string Text);

    /// <param name="Entity">The id of any of its records.</param>
    internal sealed record Marked(string? Entity);

    /// <param name="News">What has changed since the account last looked, in words.</param>
    internal sealed record Shown(string Entity, string Caption, IReadOnlyList<string> News);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").RequireEnforcement().WithTags("Screening");
        api.MapGet(Annotations, ListAsync)
            .WithSummary("What people wrote about an entity, the newest first")
            .Produces<IReadOnlyList<Reading.Annotation>>();
        api.MapPost(Annotations, WriteAsync)
            .WithSummary("Write about an entity")
            .Produces(StatusCodes.Status201Created);
        api.MapPut(Annotation, ChangeAsync)
            .WithSummary("Give an annotation of your own another text")
            .Produces(StatusCodes.Status204NoContent);
        api.MapDelete(Annotation, RemoveAsync)
            .WithSummary("Take an annotation of your own away")
            .Produces(StatusCodes.Status204NoContent);
        api.MapGet(Kept, BookmarksAsync)
            .WithSummary("Your bookmarks, with what is new in each")
            .Produces<IReadOnlyList<Shown>>();
        api.MapPost(Kept, MarkAsync).WithSummary("Bookmark an entity").Produces(StatusCodes.Status204NoContent);
        api.MapDelete($"{Kept}/{{id}}", UnmarkAsync)
            .WithSummary("Take a bookmark away, by the id of any record of its entity")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Store store, string id)
    {
        context.Response.KeepPrivate();
        var reading = context.Work().On(store);
        var entity = await ShowEntity.FindAsync(reading, id, "annotations", context.RequestAborted);
        return Results.Json(await reading.AnnotationsAsync(entity, context.RequestAborted), JsonAnswers.Options);
    }

    private static async Task<IResult> WriteAsync(HttpContext context, Store store, string id, [FromBody] Asked asked)
    {
        var written = new Annotate.Written(id, asked.Text);
        var annotation = await Annotate.HandleAsync(context.Work(), store, written, context.RequestAborted);
        return Results.Json(new { id = annotation }, JsonAnswers.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext context,
        Store store,
        string id,
        long annotation,
        [FromBody] Asked asked
    )
    {
        var changed = new Annotate.Changed(id, annotation, asked.Text, "change");
        await Annotate.HandleAsync(context.Work(), store, changed, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, Store store, string id, long annotation)
    {
        var changed = new Annotate.Changed(id, annotation, null, "remove");
        await Annotate.HandleAsync(context.Work(), store, changed, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> BookmarksAsync(HttpContext context, BookmarkNews news)
    {
        context.Response.KeepPrivate();
        var kept = await news.HandleAsync(context.Work(), context.RequestAborted);
        return Results.Json(kept.Select(b => new Shown(b.Entity.Id, b.Entity.Caption, b.News)), JsonAnswers.Options);
    }

    private static async Task<IResult> MarkAsync(
        HttpContext context,
        Store store,
        Bookmarks bookmarks,
        [FromBody] Marked marked
    )
    {
        var work = context.Work();
        var entity = await ShowEntity.FindAsync(work.On(store), marked.Entity, "bookmark", context.RequestAborted);
        await bookmarks.SetAsync(work, entity, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> UnmarkAsync(HttpContext context, Store store, Bookmarks bookmarks, string id)
    {
        var work = context.Work();
        var entity = await ShowEntity.FindAsync(work.On(store), id, "bookmark", context.RequestAborted);
        await bookmarks.RemoveAsync(work, entity, context.RequestAborted);
        return Results.NoContent();
    }
}
