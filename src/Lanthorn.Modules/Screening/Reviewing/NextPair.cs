using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Screening.Learning;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>
/// The pair that a person decides next, with everything that he decides it by. Every pair is asked about again: what he no
/// longer sees, what is judged since and what waits for a second person is not there.
/// </summary>
internal sealed class NextPair(Store store, Worklist worklist, MakeJudgement judging, Scorers scorers)
{
    private const string What = "pair to review";

    internal sealed record Waiting(Worklist.Kept Kept, Reading.PairStanding Standing, double Weight);

    /// <summary>Why a pair that was decided before is here again.</summary>
    /// <param name="Changed">Labels of the properties of which a record says something else since.</param>
    internal sealed record Back(Judgement Before, IReadOnlyList<string> Changed);

    /// <param name="Band">How pairs with such a score were judged, as the version in use knows; null where it does not.</param>
    /// <param name="After">The entities that would be there if the two were judged the same, the largest first.</param>
    /// <param name="TakesTwo">"Same" waits for a second person.</param>
    /// <param name="Objection">A proposal that they are the same was objected to.</param>
    internal sealed record Shown(
        PairId Pair,
        Record Left,
        Record Right,
        Score Score,
        CalibrationBand? Band,
        int Together,
        IReadOnlyList<Entity> After,
        bool TakesTwo,
        Back? Back,
        Reading.Proposal? Objection
    );

    /// <param name="Waiting">How many pairs wait, this one among them.</param>
    /// <param name="Shown">Null where none waits.</param>
    internal sealed record Answer(int Waiting, Shown? Shown);

    /// <summary>The pairs that wait, the first one first. Nothing of a record is handed out.</summary>
    public async Task<IReadOnlyList<Waiting>> QueueAsync(Work work, CancellationToken cancellation)
    {
        var kept = (await worklist.ListAsync(work, cancellation)).ToDictionary(k => k.Pair);
        if (kept.Count == 0)
            return [];
        var reading = work.On(store);
        var proposed = (await reading.ProposalsAsync(ProposalState.Waits, cancellation))
            .Select(p => PairId.Of(p.Left, p.Right))
            .ToHashSet();
        var standings = await reading.PairsAsync(
            [.. kept.Keys.Where(p => !proposed.Contains(p)).Select(p => (p.Left, p.Right))],
            PairRules.Differs,
            null,
            cancellation
        );
        return
        [
            .. standings
                .Where(PairRules.IsOpen)
                .Select(s => ToWaiting(kept[PairId.Of(s.Left, s.Right)], s))
                .OrderBy(w => w.Kept.SkippedAt ?? DateTimeOffset.MinValue)
                .ThenByDescending(w => w.Weight)
                .ThenBy(w => w.Standing.Left)
                .ThenBy(w => w.Standing.Right),
        ];
    }

    public async Task<Answer> HandleAsync(Work work, CancellationToken cancellation)
    {
        var queue = await QueueAsync(work, cancellation);
        foreach (var waiting in queue)
            if (await ShowAsync(work.On(store), waiting.Standing, cancellation) is { } shown)
                return new(queue.Count, shown);
        return new(0, null);
    }

    /// <summary>A pair of the viewer's queue; null where it does not wait.</summary>
    public async Task<Waiting?> FindAsync(Work work, string? pair, CancellationToken cancellation) =>
        PairId.Parse(pair) is { } asked
            ? (await QueueAsync(work, cancellation)).FirstOrDefault(w => w.Kept.Pair == asked)
            : null;

    private Waiting ToWaiting(Worklist.Kept kept, Reading.PairStanding standing) =>
        new(kept, standing, PairRules.Weight(kept.Score, standing.Together, judging.IsOnList(standing.Sources)));

    /// <summary>Null where it went at this moment.</summary>
    private async Task<Shown?> ShowAsync(Reading reading, Reading.PairStanding standing, CancellationToken cancellation)
    {
        var pair = PairId.Of(standing.Left, standing.Right);
        var entities = await reading.EntitiesByIdsAsync([pair.Left, pair.Right], What, cancellation);
        if (!entities.TryGetValue(pair.Left, out var entity) || !entities.ContainsKey(pair.Right))
            return null;
        var after = await reading.SupposeAsync(entity, (pair.Left, pair.Right, Verdict.Same), What, cancellation);
        if (after is null)
            return null;
        var records = entities.Values.SelectMany(e => e.Members).DistinctBy(m => m.Id).ToDictionary(m => m.Id);
        var (left, right) = (records[pair.Left], records[pair.Right]);
        var score = ShowEntityPage.Compare(left, right, await scorers.DefaultAsync(cancellation));
        var objections = await reading.ProposalsAsync(ProposalState.Objected, cancellation);
        return new(
            pair,
            left,
            right,
            score,
            (await scorers.InUseAsync(cancellation))?.Artefact.BandOf(score.Value),
            standing.Together,
            after,
            judging.TakesTwo(standing),
            await BackAsync(reading, standing, [left, right], cancellation),
            objections.FirstOrDefault(p => PairId.Of(p.Left, p.Right) == pair)
        );
    }

    private static async Task<Back?> BackAsync(
        Reading reading,
        Reading.PairStanding standing,
        IReadOnlyList<Record> records,
        CancellationToken cancellation
    )
    {
        if (standing is not { Judged: { } judged, HasChanged: true })
            return null;
        var changed = new List<string>();
        foreach (var now in records.Where(r => r.IngestedAt > judged.DecidedAt))
            if (await reading.RecordAtAsync(now.Id, judged.DecidedAt, What, cancellation) is { } then)
                changed.AddRange(PairRules.Differing(then, now).Select(p => now.Schema.Find(p)?.Label ?? p));
        return new(judged, [.. changed.Distinct(StringComparer.Ordinal)]);
    }
}
