using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>The second person confirms what another proposed, or objects to it. Nobody answers his own proposal.</summary>
internal sealed class AnswerProposal(Store store, Decisions decisions)
{
    private const string What = "judgements that wait for a second person";

    /// <param name="Agrees">False objects: the judgement is not made.</param>
    internal sealed record Request(bool Agrees, string Reason);

    /// <param name="IsMine">The viewer proposed it, so somebody else has to answer.</param>
    internal sealed record Waiting(Reading.Proposal Proposal, Entity Left, Entity Right, bool IsMine)
    {
        public PairId Pair => PairId.Of(Proposal.Left, Proposal.Right);
    }

    public static RefusedException NoSuch =>
        new(Refusal.NotFound("No such proposal waits", "Somebody answered it, or it was taken back"));

    /// <summary>Those that wait and whose records the viewer sees both, the newest first.</summary>
    public async Task<IReadOnlyList<Waiting>> ListAsync(Work work, CancellationToken cancellation)
    {
        var reading = work.On(store);
        var waiting = await reading.ProposalsAsync(ProposalState.Waits, cancellation);
        var found = new List<Waiting>();
        foreach (var some in waiting.Chunk(Reading.MaxPairs))
        {
            RecordId[] ids = [.. some.SelectMany(p => new[] { p.Left, p.Right }).Distinct()];
            var entities = await reading.EntitiesByIdsAsync(ids, What, cancellation);
            found.AddRange(
                some.Where(p => entities.ContainsKey(p.Left) && entities.ContainsKey(p.Right))
                    .Select(p => new Waiting(p, entities[p.Left], entities[p.Right], p.By == work.Viewer.Name))
            );
        }
        return found;
    }

    /// <exception cref="RefusedException">There is none, it is the viewer's own, or no reason is given.</exception>
    public async Task HandleAsync(Work work, long id, Request request, CancellationToken cancellation)
    {
        var reason = Judge.Reasoned(request.Reason);
        var reading = work.On(store);
        var waiting = await reading.ProposalsAsync(ProposalState.Waits, cancellation);
        if (waiting.FirstOrDefault(p => p.Id == id) is not { } proposal)
            throw NoSuch;
        if (proposal.By == work.Viewer.Name)
            throw new RefusedException(
                Refusal.Unprocessable(
                    "own-proposal",
                    "You proposed it yourself",
                    "Somebody else of your organisation answers; in the review you can take it back"
                )
            );
        var made = new Decisions.Made(
            PairId.Of(proposal.Left, proposal.Right),
            request.Agrees ? proposal.Verdict : Verdict.Different,
            request.Agrees ? Part.Confirmed : Part.Objected,
            null,
            false
        );
        var state = request.Agrees ? ProposalState.Confirmed : ProposalState.Objected;
        var alongside = decisions.WithProposal(work, made);
        if (!await reading.CloseAsync(id, state, reason, alongside, cancellation))
            throw NoSuch;
    }
}
