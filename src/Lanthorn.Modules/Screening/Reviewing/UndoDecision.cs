using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>Takes back what the account decided last in its queue: the pair waits again.</summary>
internal sealed class UndoDecision(Store store, Decisions decisions)
{
    private const string Why = "taken back in the review";

    /// <exception cref="RefusedException">There is nothing to take back, or somebody judged the two since.</exception>
    public async Task HandleAsync(Work work, CancellationToken cancellation)
    {
        var reading = work.On(store);
        if (await decisions.LastAsync(work, cancellation) is not { } last)
            throw new RefusedException(
                Refusal.Unprocessable("nothing-to-undo", "You have decided nothing that could be taken back", "")
            );
        var undoing = decisions.Undoing(last);
        if (
            last.Proposal is { } proposal
            && await reading.CloseAsync(proposal, ProposalState.TakenBack, Why, undoing, cancellation)
        )
            return;
        if (!await CountsAsync(reading, last, cancellation))
            throw new RefusedException(
                new(
                    "judged-since",
                    409,
                    "What you decided last no longer stands: somebody answered it or judged the two since",
                    "The history of judgements says who; judge the two again on their page"
                )
            );
        var made = new JudgementMade(
            last.Pair.Left,
            last.Pair.Right,
            Verdict.Withdrawn,
            Authority.Person,
            work.Viewer.Name,
            null,
            Why
        );
        await reading.JudgeAsync(made, undoing, cancellation);
    }

    /// <summary>A judgement of two people is taken back where it is judged, on the page of the entity.</summary>
    private static async Task<bool> CountsAsync(
        Reading reading,
        Decisions.Decision last,
        CancellationToken cancellation
    )
    {
        var judged = await reading.JudgedAsync([last.Pair.Left, last.Pair.Right], cancellation);
        return EntityAssembly.Effective(judged).Any(j => j.Sequence == last.Judgement);
    }
}
