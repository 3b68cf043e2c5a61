using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening.Reviewing;

/// <summary>The buttons of the review's pages. After each comes the next pair.</summary>
internal static class ReviewForms
{
    public const string Queue = "/review";
    public const string Waiting = "/review/waiting";

    /// <summary>The field of the address that says what was just done.</summary>
    public const string Done = "done";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").RequireEnforcement().ExcludeFromDescription();
        forms.MapPost($"{Queue}/decide", DecideAsync);
        forms.MapPost($"{Queue}/undo", UndoAsync);
        forms.MapPost($"{Queue}/runs", BeginAsync);
        forms.MapPost($"{Queue}/runs/stop", StopAsync);
        forms.MapPost($"{Waiting}/{{id:long}}", AnswerAsync);
    }

    private static async Task<IResult> DecideAsync(
        HttpContext context,
        DecidePair decide,
        [FromForm] string pair,
        [FromForm] string verdict,
        [FromForm] string? reason = null
    )
    {
        var outcome = await decide.HandleAsync(context.Work(), pair, new(verdict, reason), context.RequestAborted);
        return Back(
            outcome switch
            {
                null => "skipped",
                MakeJudgement.Outcome.Waits => "waits",
                _ => verdict,
            }
        );
    }

    private static async Task<IResult> UndoAsync(HttpContext context, UndoDecision undo)
    {
        await undo.HandleAsync(context.Work(), context.RequestAborted);
        return Back("undone");
    }

    private static async Task<IResult> BeginAsync(
        HttpContext context,
        PairSearcher searcher,
        [FromForm] string source,
        [FromForm] string? onlyNew = null,
        [FromForm] string? join = null,
        [FromForm] string? goOn = null
    )
    {
        var request = new PairSearcher.Request(source, onlyNew is not null, join is not null, goOn is not null);
        await searcher.BeginAsync(context.Work(), request, context.RequestAborted);
        return Results.LocalRedirect(Queue);
    }

    private static async Task<IResult> StopAsync(HttpContext context, PairSearcher searcher)
    {
        await searcher.StopAsync(context.Work());
        return Results.LocalRedirect(Queue);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        AnswerProposal answer,
        long id,
        [FromForm] string agrees,
        [FromForm] string reason
    )
    {
        await answer.HandleAsync(context.Work(), id, new(agrees == "yes", reason), context.RequestAborted);
        return Results.LocalRedirect(Waiting);
    }

    private static IResult Back(string done) => Results.LocalRedirect($"{Queue}?{Done}={Uri.EscapeDataString(done)}");
}
