using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Screening.Reviewing;

/// <summary>A person decides a pair of his queue, or puts it to the end.</summary>
internal sealed class DecidePair(NextPair next, Worklist worklist, MakeJudgement judging)
{
    public const string Skip = "skip";

    /// <summary>Why, where nobody writes anything else.</summary>
    public const string UsualReason = "reviewed side by side";

    /// <param name="Verdict">same, different, unsure or skip.</param>
    internal sealed record Request(string? Verdict, string? Reason);

    /// <summary>Null where it was only put to the end.</summary>
    /// <exception cref="RefusedException">The pair does not wait in this queue, or it is no verdict.</exception>
    public async Task<MakeJudgement.Outcome?> HandleAsync(
        Work work,
        string pair,
        Request request,
        CancellationToken cancellation
    )
    {
        if (await next.FindAsync(work, pair, cancellation) is not { } waiting)
            throw new RefusedException(
                Refusal.NotFound("No such pair waits in your review", "It was decided, or a record of it has changed")
            );
        if (string.Equals(request.Verdict, Skip, StringComparison.OrdinalIgnoreCase))
        {
            await worklist.SkipAsync(work, waiting.Kept.Pair, cancellation);
            return null;
        }
        if (
            !Enum.TryParse<Verdict>(request.Verdict, ignoreCase: true, out var verdict)
            || verdict is not (Verdict.Same or Verdict.Different or Verdict.Unsure)
        )
            throw EntityQuery.Shape("verdict", "a verdict is same, different, unsure or skip");
        var reason = string.IsNullOrWhiteSpace(request.Reason) ? UsualReason : request.Reason;
        return await judging.HandleAsync(
            work,
            new(waiting.Kept.Pair, verdict, Judge.Reasoned(reason)) { Score = waiting.Kept.Score, InQueue = true },
            cancellation
        );
    }
}
