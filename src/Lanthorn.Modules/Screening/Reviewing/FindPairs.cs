using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Screening.Learning;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>
/// Looks among everything that the viewer sees for records that could be about the same as those of one source. What he may
/// not see is left out before anything is ranked, so that the worklist is that of a store without it.
/// </summary>
internal sealed class FindPairs(
    Candidates candidates,
    Store store,
    Worklist worklist,
    Scorers scorers,
    JoinSure joinSure
)
{
    /// <summary>So many records are looked at in one run, the last changed first.</summary>
    public const int MaxRecords = 1_000_000;

    /// <summary>So many pairs are held until the end, of which the worklist keeps the best.</summary>
    private const int MaxHeld = 10_000;

    /// <summary>So many candidates are scored for a record, and so many of them kept.</summary>
    private const int Scored = 20;
    private const int KeptOfEach = 5;

    /// <summary>So many records are looked at before the progress is told.</summary>
    private const int Slice = 100;

    private const string What = "looking for pairs to review";

    /// <param name="Since">Only records that came or changed at this moment or later; null is all.</param>
    /// <param name="Joins">What is surely the same is joined by the program, and only the rest is put before a person.</param>
    /// <param name="From">Where an earlier run over all of the source was stopped; null begins anew.</param>
    internal sealed record Request(SourceCode Source, DateTimeOffset? Since, bool Joins = false, Stopped? From = null);

    /// <param name="Looked">So many of the records as they stood at <paramref name="StartedAt"/>, the last changed first.</param>
    internal sealed record Stopped(DateTimeOffset StartedAt, int Looked);

    /// <param name="Found">Pairs that wait for a person.</param>
    /// <param name="Joined">Pairs that the program joined.</param>
    internal sealed record Progress(int Records, int Looked, int Found, int Joined);

    internal sealed record Answer(Progress Progress, int Kept);

    public async Task<Answer> HandleAsync(
        Work work,
        Request request,
        Func<Progress, Task> progress,
        CancellationToken cancellation
    )
    {
        var settings = await scorers.DefaultAsync(cancellation);
        var reading = work.On(store);
        var (ordinals, looked) = await OrdinalsAsync(reading, request, cancellation);
        var found = new Dictionary<PairId, double>();
        var joined = 0;
        foreach (var some in ordinals.Skip(looked).Chunk(Slice))
        {
            cancellation.ThrowIfCancellationRequested();
            var open = await OpenAsync(reading, Alike(work.Viewer, some, settings), cancellation);
            IReadOnlySet<PairId> sure = request.Joins
                ? await joinSure.HandleAsync(work, [.. open.Select(o => o.Pair)], some, settings, cancellation)
                : new HashSet<PairId>();
            joined += sure.Count;
            foreach (var (pair, score) in open)
                if (PairId.Of(pair.Standing.Left, pair.Standing.Right) is var id && !sure.Contains(id))
                    found[id] = score;
            if (found.Count > 2 * MaxHeld)
                found = found.OrderByDescending(f => f.Value).ThenBy(f => f.Key.Left).Take(MaxHeld).ToDictionary();
            looked += some.Length;
            await progress(new(ordinals.Count, looked, found.Count, joined));
        }
        var before = (await worklist.ListAsync(work, cancellation)).Select(k => k.Pair).ToList();
        var stillOpen = await OpenAsync(reading, before.ToDictionary(p => p, _ => default(Found)), cancellation);
        var left = stillOpen.Select(o => PairId.Of(o.Pair.Standing.Left, o.Pair.Standing.Right)).ToHashSet();
        var kept = await worklist.AddAsync(
            work,
            [.. found.Select(f => (f.Key, f.Value))],
            [.. before.Where(p => !left.Contains(p))],
            settings.Algorithm.Name,
            cancellation
        );
        return new(new(ordinals.Count, looked, found.Count, joined), kept);
    }

    /// <summary>Which records, and how many of them an earlier run has looked at.</summary>
    private static async Task<(IReadOnlyList<int> Ordinals, int Looked)> OrdinalsAsync(
        Reading reading,
        Request request,
        CancellationToken cancellation
    )
    {
        var all = await reading.LiveOrdinalsAsync(request.Source, request.Since, MaxRecords, cancellation);
        if (request.From is not { } from)
            return (all, 0);
        // What changed since then stands first, whether it was looked at or not: it is looked at again, and so are as many
        // more of the others.
        var changed = await reading.LiveOrdinalsAsync(request.Source, from.StartedAt, MaxRecords, cancellation);
        var done = Math.Max(0, Math.Min(from.Looked, all.Count) - changed.Count);
        return ([.. all.Skip(changed.Count).Take(done), .. changed, .. all.Skip(changed.Count + done)], done);
    }

    private readonly record struct Found(int One, int Other, double Score);

    /// <summary>By ordinals: the record that was looked at, and one that is alike.</summary>
    private HashSet<Found> Alike(Viewer viewer, IEnumerable<int> ordinals, ScoreSettings settings)
    {
        var visible = store.Labels.For(viewer);
        var alike = new HashSet<Found>();
        foreach (var ordinal in ordinals)
            if (candidates.Prepared(ordinal) is { } subject && candidates.FactsOf(ordinal) is { } facts)
                alike.UnionWith(
                    candidates
                        .Find(subject, visible, f => AreOfAKind(f.Schema, facts.Schema), Scored + 1)
                        .Where(c => c.Ordinal != ordinal)
                        .Select(c => (c.Ordinal, c.Tie, Score: ScoreOf(subject, c.Ordinal, settings)))
                        .Where(c => c.Score >= PairRules.LeastScore)
                        .OrderByDescending(c => c.Score)
                        .ThenBy(c => c.Tie)
                        .Take(KeptOfEach)
                        .Select(c => new Found(Math.Min(ordinal, c.Ordinal), Math.Max(ordinal, c.Ordinal), c.Score))
                );
        return alike;
    }

    private double ScoreOf(PreparedSubject subject, int other, ScoreSettings settings) =>
        candidates.Prepared(other) is { } prepared ? Scorer.Value(subject, prepared, settings) : 0;

    private static bool AreOfAKind(Schema one, Schema other) => one.IsA(other.Name) || other.IsA(one.Name);

    private static async Task<IReadOnlyList<(JoinSure.Pair Pair, double Score)>> OpenAsync(
        Reading reading,
        HashSet<Found> alike,
        CancellationToken cancellation
    )
    {
        var ids = await reading.IdsAsync(alike.SelectMany(k => new[] { k.One, k.Other }), cancellation);
        var pairs = new Dictionary<PairId, Found>();
        foreach (var found in alike)
            if (ids.TryGetValue(found.One, out var left) && ids.TryGetValue(found.Other, out var right))
                pairs[PairId.Of(left, right)] = found;
        return await OpenAsync(reading, pairs, cancellation);
    }

    private static async Task<IReadOnlyList<(JoinSure.Pair Pair, double Score)>> OpenAsync(
        Reading reading,
        Dictionary<PairId, Found> pairs,
        CancellationToken cancellation
    )
    {
        var standings = await reading.PairsAsync(
            [.. pairs.Keys.Select(p => (p.Left, p.Right))],
            PairRules.Differs,
            What,
            cancellation
        );
        return
        [
            .. standings
                .Where(PairRules.IsOpen)
                .Select(s => (Standing: s, Found: pairs[PairId.Of(s.Left, s.Right)]))
                .Select(s => (new JoinSure.Pair(s.Standing, s.Found.One, s.Found.Other), s.Found.Score)),
        ];
    }
}
