using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening.Reviewing;

/// <summary>The review over the API.</summary>
internal static class ReviewEndpoints
{
    private const string Api = "/api/v1/review";

    /// <param name="Id">Of the record, as <c>POST /api/v1/judgements</c> takes it.</param>
    internal sealed record Side(
        string Id,
        string Entity,
        string Caption,
        string Schema,
        string Source,
        Dictionary<string, IReadOnlyList<string>> Properties
    );

    internal sealed record Part(string Feature, double Points, string Detail);

    /// <param name="Together">How many records would be one entity.</param>
    /// <param name="TakesTwo">"Same" waits for a second person.</param>
    /// <param name="Back">Why it is here again; null for a pair that is here for the first time.</param>
    internal sealed record Pair(
        string Id,
        Side Left,
        Side Right,
        double Score,
        IReadOnlyList<Part> Parts,
        int Together,
        bool TakesTwo,
        Before? Back
    );

    /// <param name="Changed">Of these properties a record says something else since.</param>
    internal sealed record Before(
        string Verdict,
        string By,
        DateTimeOffset At,
        string Reason,
        IReadOnlyList<string> Changed
    );

    /// <param name="Pair">Null where none waits.</param>
    internal sealed record Next(int Waiting, Pair? Pair);

    /// <param name="Outcome">made, waits (for a second person) or skipped.</param>
    internal sealed record Decided(string Pair, string Outcome);

    /// <param name="Number">Of the run, among those of the account.</param>
    internal sealed record Begun(long Number);

    internal sealed record Proposed(
        long Id,
        string Pair,
        string Verdict,
        string By,
        DateTimeOffset At,
        string Reason,
        bool IsMine
    );

    /// <param name="By">Who.</param>
    /// <param name="State">What became of it.</param>
    internal sealed record Judged(
        DateTimeOffset At,
        string By,
        string Left,
        string Right,
        string Verdict,
        double? Score,
        string State,
        string Reason
    );

    /// <param name="By">Which program, with its version.</param>
    /// <param name="Reason">The parts of the score.</param>
    /// <param name="Apart">Records on either side if the two were kept apart.</param>
    internal sealed record Joined(
        string Left,
        string Right,
        double? Score,
        string By,
        DateTimeOffset At,
        string Reason,
        IReadOnlyList<int> Apart
    );

    internal sealed record History(IReadOnlyList<Judged> Judgements, Agreement.Answer Agreement);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").RequireEnforcement().WithTags("Screening");
        api.MapGet($"{Api}/next", NextAsync).WithSummary("The pair that you decide next").Produces<Next>();
        api.MapPost($"{Api}/{{pair}}", DecideAsync)
            .WithSummary("Decide a pair of your review: same, different, unsure or skip")
            .Produces<Decided>();
        api.MapPost($"{Api}/undo", UndoAsync)
            .WithSummary("Take back what you decided last in your review")
            .Produces(StatusCodes.Status204NoContent);
        api.MapGet($"{Api}/runs", RunsAsync)
            .WithSummary("Your searches for pairs, the newest first")
            .Produces<IReadOnlyList<PairRuns.Run>>();
        api.MapPost($"{Api}/runs", BeginAsync)
            .WithSummary("Look for pairs to review in a source")
            .Produces<Begun>(StatusCodes.Status202Accepted);
        api.MapPost($"{Api}/runs/stop", StopAsync)
            .WithSummary("Stop your search for pairs")
            .Produces(StatusCodes.Status204NoContent);
        api.MapGet($"{Api}/waiting", WaitingAsync)
            .WithSummary("Judgements of your organisation that wait for a second person")
            .Produces<IReadOnlyList<Proposed>>();
        api.MapPost($"{Api}/waiting/{{id:long}}", AnswerAsync)
            .WithSummary("Confirm a judgement that another proposed, or object to it")
            .Produces(StatusCodes.Status204NoContent);
        api.MapGet($"{Api}/joined", JoinedAsync)
            .WithSummary("What the program joined and no person has judged, the least sure first")
            .Produces<IReadOnlyList<Joined>>();
        api.MapGet($"{Api}/history", HistoryAsync)
            .WithSummary("What people of your organisation judged, and how often they agreed")
            .Produces<History>();
    }

    private static async Task<IResult> NextAsync(HttpContext context, NextPair next)
    {
        context.Response.KeepPrivate();
        var answer = await next.HandleAsync(context.Work(), context.RequestAborted);
        return Results.Json(
            new Next(answer.Waiting, answer.Shown is { } shown ? ToPair(shown) : null),
            JsonAnswers.Options
        );
    }

    private static async Task<IResult> DecideAsync(
        HttpContext context,
        DecidePair decide,
        string pair,
        [FromBody] DecidePair.Request request
    )
    {
        var outcome = await decide.HandleAsync(context.Work(), pair, request, context.RequestAborted);
        return Results.Json(
            new Decided(pair, outcome is { } known ? $"{known}".ToLowerInvariant() : "skipped"),
            JsonAnswers.Options
        );
    }

    private static async Task<IResult> UndoAsync(HttpContext context, UndoDecision undo)
    {
        await undo.HandleAsync(context.Work(), context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> RunsAsync(HttpContext context, PairRuns runs)
    {
        context.Response.KeepPrivate();
        return Results.Json(await runs.ListAsync(context.Work(), context.RequestAborted), JsonAnswers.Options);
    }

    private static async Task<IResult> BeginAsync(
        HttpContext context,
        PairSearcher searcher,
        [FromBody] PairSearcher.Request request
    ) =>
        Results.Json(
            new Begun(await searcher.BeginAsync(context.Work(), request, context.RequestAborted)),
            JsonAnswers.Options,
            statusCode: StatusCodes.Status202Accepted
        );

    private static async Task<IResult> StopAsync(HttpContext context, PairSearcher searcher)
    {
        await searcher.StopAsync(context.Work());
        return Results.NoContent();
    }

    private static async Task<IResult> WaitingAsync(HttpContext context, AnswerProposal answer)
    {
        context.Response.KeepPrivate();
        var waiting = await answer.ListAsync(context.Work(), context.RequestAborted);
        return Results.Json(
            waiting.Select(w => new Proposed(
                w.Proposal.Id,
                $"{w.Pair}",
                Word(w.Proposal.Verdict),
                w.Proposal.By,
                w.Proposal.At,
                w.Proposal.Reason,
                w.IsMine
            )),
            JsonAnswers.Options
        );
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        AnswerProposal answer,
        long id,
        [FromBody] AnswerProposal.Request request
    )
    {
        await answer.HandleAsync(context.Work(), id, request, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> JoinedAsync(HttpContext context, ShowJoined joined)
    {
        context.Response.KeepPrivate();
        var answer = await joined.HandleAsync(context.Work(), context.RequestAborted);
        return Results.Json(
            answer.Select(j => new Joined(
                $"{j.Join.Left.Id}",
                $"{j.Join.Right.Id}",
                j.Join.Judged.Score,
                j.Join.Judged.DecidedBy,
                j.Join.Judged.DecidedAt,
                j.Join.Judged.Reason,
                j.Apart
            )),
            JsonAnswers.Options
        );
    }

    private static async Task<IResult> HistoryAsync(HttpContext context, ReviewHistory history)
    {
        context.Response.KeepPrivate();
        var rows = await history.HandleAsync(context.Work(), context.RequestAborted);
        return Results.Json(
            new History(
                [
                    .. rows.Select(r => new Judged(
                        r.At,
                        r.By,
                        $"{r.Left.Id}",
                        $"{r.Right.Id}",
                        ReviewHistory.InWords(r),
                        r.Score,
                        r.State,
                        r.Reason
                    )),
                ],
                Agreement.Of(rows)
            ),
            JsonAnswers.Options
        );
    }

    private static Pair ToPair(NextPair.Shown shown) =>
        new(
            $"{shown.Pair}",
            ToSide(shown.Left),
            ToSide(shown.Right),
            shown.Score.Value,
            [.. shown.Score.Parts.Select(p => new Part(p.Feature, p.Points, p.Detail))],
            shown.Together,
            shown.TakesTwo,
            shown.Back is { } back
                ? new(
                    Word(back.Before.Verdict),
                    back.Before.DecidedBy,
                    back.Before.DecidedAt,
                    back.Before.Reason,
                    back.Changed
                )
                : null
        );

    private static Side ToSide(Record record) =>
        new(
            $"{record.Id}",
            record.PublicId,
            record.Schema.CaptionOf(record.Properties) ?? record.PublicId,
            record.Schema.Name,
            record.Source.Value,
            record.Properties.Names.ToDictionary(n => n, n => (IReadOnlyList<string>)[.. record.Properties[n]])
        );

    private static string Word(Verdict verdict) => $"{verdict}".ToLowerInvariant();
}
