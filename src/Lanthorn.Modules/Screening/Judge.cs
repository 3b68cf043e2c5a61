using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Screening.Reviewing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening;

/// <summary>
/// A person says of two records that they are about the same, about different things, or takes an earlier word back. What
/// was judged before stays in the history; undoing gives back the entities as they were.
/// </summary>
internal static class Judge
{
    internal const int MaxReasonLength = 1_000;

    internal sealed record Request(string Left, string Right, string Verdict, string Reason);

    /// <param name="Waits">It is made when a second person says the same.</param>
    internal sealed record Answer(string Left, string Right, string Verdict, bool Waits);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/v1/judgements", HandleJsonAsync)
            .RequireEnforcement()
            .WithTags("Screening")
            .WithSummary("Judge two records: same, different, unsure or withdrawn");
        routes.MapPost("/entity/judge", HandleFormAsync).RequireEnforcement().ExcludeFromDescription();
    }

    public static async Task<Answer> HandleAsync(
        Work work,
        MakeJudgement judging,
        Request request,
        CancellationToken cancellation
    )
    {
        if (!Enum.TryParse<Verdict>(request.Verdict, ignoreCase: true, out var verdict) || !Enum.IsDefined(verdict))
            throw EntityQuery.Shape("verdict", "a verdict is same, different, unsure or withdrawn");
        var reason = Reasoned(request.Reason);
        if (
            !RecordId.TryParse(request.Left, out var left)
            || !RecordId.TryParse(request.Right, out var right)
            || left == right
        )
            throw EntityQuery.Shape("left", "left and right are the ids of two records");
        var outcome = await judging.HandleAsync(work, new(PairId.Of(left, right), verdict, reason), cancellation);
        return new(request.Left, request.Right, request.Verdict, outcome == MakeJudgement.Outcome.Waits);
    }

    /// <exception cref="RefusedException">There is no reason, or it is too long.</exception>
    internal static string Reasoned(string? reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReasonLength
            ? throw EntityQuery.Shape("reason", $"a judgement has a reason of at most {MaxReasonLength} characters")
            : reason.Trim();

    /// <summary>201 when it is made, 202 when it waits for a second person.</summary>
    private static async Task<IResult> HandleJsonAsync(
        HttpContext context,
        MakeJudgement judging,
        [FromBody] Request request
    )
    {
        context.Response.KeepPrivate();
        var answer = await HandleAsync(context.Work(), judging, request, context.RequestAborted);
        return Results.Json(
            answer,
            JsonAnswers.Options,
            statusCode: answer.Waits ? StatusCodes.Status202Accepted : StatusCodes.Status201Created
        );
    }

    private static async Task<IResult> HandleFormAsync(
        HttpContext context,
        MakeJudgement judging,
        [FromForm] Request request,
        [FromForm] string back
    )
    {
        var answer = await HandleAsync(context.Work(), judging, request, context.RequestAborted);
        return Results.LocalRedirect(answer.Waits ? ReviewForms.Waiting : $"/entity/{Uri.EscapeDataString(back)}");
    }
}
