using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
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

    internal sealed record Answer(string Left, string Right, string Verdict);

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
        Store store,
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
        var made = new JudgementMade(left, right, verdict, Authority.Person, work.Viewer.Name, null, reason);
        return await work.On(store).JudgeAsync(made, cancellation)
            ? new(request.Left, request.Right, request.Verdict)
            : throw new RefusedException(Refusal.NotFound("No such record!"));
    }

    /// <exception cref="RefusedException">There is no reason, or it is too long.</exception>
    internal static string Reasoned(string? reason) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReasonLength
            ? throw EntityQuery.Shape("reason", $"a judgement has a reason of at most {MaxReasonLength} characters")
            : reason.Trim();

    private static async Task<IResult> HandleJsonAsync(HttpContext context, Store store, [FromBody] Request request)
    {
        context.Response.KeepPrivate();
        return Results.Json(
            await HandleAsync(context.Work(), store, request, context.RequestAborted),
            JsonAnswers.Options,
            statusCode: 201
        );
    }

    private static async Task<IResult> HandleFormAsync(
        HttpContext context,
        Store store,
        [FromForm] Request request,
        [FromForm] string back
    )
    {
        await HandleAsync(context.Work(), store, request, context.RequestAborted);
        return Results.LocalRedirect($"/entity/{Uri.EscapeDataString(back)}");
    }
}
