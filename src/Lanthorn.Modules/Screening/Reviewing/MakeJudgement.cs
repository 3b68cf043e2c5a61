using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Screening.Contracts;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>
/// The one way in which a person judges two records, from wherever he does it. Saying "same" where that brings a record of an
/// official sanctions list together with another takes two people of one organisation: the first proposes, and the judgement
/// is made when the second says the same.
/// </summary>
internal sealed class MakeJudgement(Store store, OfficialLists lists, Decisions decisions)
{
    internal sealed record Request(PairId Pair, Verdict Verdict, string Reason)
    {
        /// <summary>What stood before him, where a score did.</summary>
        public double? Score { get; init; }
        public bool InQueue { get; init; }
    }

    internal enum Outcome
    {
        Made,

        /// <summary>A second person of the organisation has to say the same.</summary>
        Waits,
    }

    public bool IsOnList(IEnumerable<SourceCode> sources) => sources.Any(s => lists.Codes.Contains(s.Value));

    /// <summary>Whether "same" on these two takes a second person.</summary>
    public bool TakesTwo(Reading.PairStanding pair) =>
        IsOnList(pair.Sources) && pair.Judged is not { Verdict: Verdict.Same, Authority: Authority.Person };

    /// <summary>Those of the pairs on which "same" would wait for a second person; what the viewer does not see is not among them.</summary>
    public async Task<IReadOnlySet<PairId>> TakingTwoAsync(
        Work work,
        IReadOnlyList<PairId> pairs,
        CancellationToken cancellation
    )
    {
        var standings = await work.On(store)
            .PairsAsync([.. pairs.Select(p => (p.Left, p.Right))], (_, _) => false, null, cancellation);
        return standings.Where(TakesTwo).Select(s => PairId.Of(s.Left, s.Right)).ToHashSet();
    }

    /// <exception cref="RefusedException">The viewer does not see both records.</exception>
    public async Task<Outcome> HandleAsync(Work work, Request request, CancellationToken cancellation)
    {
        var reading = work.On(store);
        var pair = request.Pair;
        var standings = await reading.PairsAsync([(pair.Left, pair.Right)], (_, _) => false, null, cancellation);
        if (standings is not [var standing])
            throw NoSuchRecord;
        var made = new JudgementMade(
            pair.Left,
            pair.Right,
            request.Verdict,
            Authority.Person,
            work.Viewer.Name,
            null,
            request.Reason
        );
        if (TakesTwo(standing))
        {
            var waiting = await WaitingAsync(reading, pair, cancellation);
            if (request.Verdict == Verdict.Same)
                return await ProposeAsync(work, request, made, waiting, cancellation);
            if (waiting?.By == work.Viewer.Name)
                await reading.CloseAsync(waiting.Id, ProposalState.TakenBack, request.Reason, null, cancellation);
        }
        var decision = decisions.WithJudgement(work, Decided(request, Part.Decided));
        if (!await reading.JudgeAsync(made, decision, cancellation))
            throw NoSuchRecord;
        return Outcome.Made;
    }

    private static RefusedException NoSuchRecord => new(Refusal.NotFound("No such record!"));

    private static Decisions.Made Decided(Request request, Part part) =>
        new(request.Pair, request.Verdict, part, request.Score, request.InQueue);

    private static async Task<Reading.Proposal?> WaitingAsync(
        Reading reading,
        PairId pair,
        CancellationToken cancellation
    ) =>
        (await reading.ProposalsAsync(ProposalState.Waits, cancellation)).FirstOrDefault(p =>
            PairId.Of(p.Left, p.Right) == pair
        );

    /// <summary>Somebody who says of himself what another proposed has confirmed it.</summary>
    private async Task<Outcome> ProposeAsync(
        Work work,
        Request request,
        JudgementMade made,
        Reading.Proposal? waiting,
        CancellationToken cancellation
    )
    {
        var reading = work.On(store);
        if (waiting is null)
        {
            var proposed = decisions.WithProposal(work, Decided(request, Part.Decided));
            return await reading.ProposeAsync(made, proposed, cancellation) is null
                ? throw NoSuchRecord
                : Outcome.Waits;
        }
        if (waiting.By == work.Viewer.Name)
            return Outcome.Waits;
        var confirmed = decisions.WithProposal(work, Decided(request, Part.Confirmed));
        return await reading.CloseAsync(waiting.Id, ProposalState.Confirmed, request.Reason, confirmed, cancellation)
            ? Outcome.Made
            : throw AnswerProposal.NoSuch;
    }
}
