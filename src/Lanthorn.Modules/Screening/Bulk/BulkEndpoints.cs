using Lanthorn.Platform;
using Lanthorn.Screening.Reviewing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening.Bulk;

/// <summary>Things done with many entities, over the API and by the buttons of their pages.</summary>
internal static class BulkEndpoints
{
    private const string Api = "/api/v1/bulk";
    private const string Pages = "/bulk";

    /// <param name="Act">bookmark, annotate or same.</param>
    /// <param name="Records">Ids of records, one of each entity.</param>
    /// <param name="Text">What is written, or why they are the same.</param>
    internal sealed record Asked(string Act, IReadOnlyList<string> Records, string? Text = null);

    /// <param name="Will">What would happen to it, or why nothing would.</param>
    internal sealed record Line(string Entity, string Caption, string Record, string Will, bool Changes);

    /// <param name="Id">Under which it can be taken back; null when nothing was there to change.</param>
    /// <param name="Waiting">So many judgements are made only when a second person says the same.</param>
    internal sealed record Kept(string? Id, int Waiting = 0);

    internal sealed record Listed(string Id, string Act, DateTimeOffset MadeAt, DateTimeOffset? UndoneAt);

    internal sealed record Item(string Entity, string Record, bool IsUndone);

    internal sealed record Shown(
        string Id,
        string Act,
        DateTimeOffset MadeAt,
        DateTimeOffset? UndoneAt,
        IReadOnlyList<Item> Items
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").RequireEnforcement().WithTags("Screening");
        api.MapPost($"{Api}/preview", PreviewAsync)
            .WithSummary("What would happen to many entities; nothing changes")
            .Produces<IReadOnlyList<Line>>();
        api.MapPost(Api, DoAsync)
            .WithSummary("Bookmark, annotate or judge the same many entities at once")
            .Produces<Kept>(StatusCodes.Status201Created);
        api.MapGet(Api, ListAsync)
            .WithSummary("What you did with many entities at once")
            .Produces<IReadOnlyList<Listed>>();
        api.MapGet($"{Api}/{{id}}", ShowAsync).WithSummary("One of these, with its entities").Produces<Shown>();
        api.MapPost($"{Api}/{{id}}/undo", UndoAsync)
            .WithSummary("Take it back")
            .Produces(StatusCodes.Status204NoContent);
        var forms = routes.MapGroup("").RequireEnforcement().ExcludeFromDescription();
        forms.MapPost(Pages, DoFormAsync);
        forms.MapPost($"{Pages}/{{id}}/undo", UndoFormAsync);
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, PreviewBulk preview, [FromBody] Asked asked)
    {
        var selection = Selection.Of(asked.Act, asked.Records);
        var answer = await preview.HandleAsync(context.Work(), selection, context.RequestAborted);
        context.Response.KeepPrivate();
        return Results.Json(
            answer.Lines.Select(l => new Line(l.Entity.Id, l.Entity.Caption, $"{l.Record}", l.Will, l.Changes)),
            JsonAnswers.Options
        );
    }

    private static async Task<IResult> DoAsync(HttpContext context, DoBulk bulk, [FromBody] Asked asked)
    {
        var request = new DoBulk.Request(Selection.Of(asked.Act, asked.Records), asked.Text ?? "");
        var answer = await bulk.HandleAsync(context.Work(), request, context.RequestAborted);
        return Results.Json(
            new Kept(answer.Id, answer.Waiting),
            JsonAnswers.Options,
            statusCode: answer.Id is null ? StatusCodes.Status200OK : StatusCodes.Status201Created
        );
    }

    private static async Task<IResult> ListAsync(HttpContext context, ShowBulk show)
    {
        context.Response.KeepPrivate();
        var list = await show.ListAsync(context.Work(), context.RequestAborted);
        return Results.Json(list.Select(d => new Listed(d.Id, Name(d.Act), d.MadeAt, d.UndoneAt)), JsonAnswers.Options);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ShowBulk show, string id)
    {
        context.Response.KeepPrivate();
        return await show.HandleAsync(context.Work(), id, context.RequestAborted) is not var (done, items)
            ? throw new RefusedException(Refusal.NotFound("You did no such thing"))
            : Results.Json(
                new Shown(
                    done.Id,
                    Name(done.Act),
                    done.MadeAt,
                    done.UndoneAt,
                    [.. items.Select(i => new Item(i.Entity.Id, $"{i.Item.Record}", i.Item.IsUndone))]
                ),
                JsonAnswers.Options
            );
    }

    private static async Task<IResult> UndoAsync(HttpContext context, UndoBulk undo, string id)
    {
        await undo.HandleAsync(context.Work(), id, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> DoFormAsync(HttpContext context, DoBulk bulk, IFormCollection form)
    {
        var request = new DoBulk.Request(Selection.Of(form["act"], form["records"]), $"{form["text"]}");
        var (id, waiting) = await bulk.HandleAsync(context.Work(), request, context.RequestAborted);
        if (waiting > 0)
            return Results.LocalRedirect(ReviewForms.Waiting);
        return Results.LocalRedirect(id is null ? Pages : $"{Pages}/{id}");
    }

    private static async Task<IResult> UndoFormAsync(HttpContext context, UndoBulk undo, string id)
    {
        await undo.HandleAsync(context.Work(), id, context.RequestAborted);
        return Results.LocalRedirect($"{Pages}/{Uri.EscapeDataString(id)}");
    }

    private static string Name(BulkAct act) => $"{act}".ToLowerInvariant();
}
