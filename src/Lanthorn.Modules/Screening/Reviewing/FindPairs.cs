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

    /// <param name="StartedAt">What changed since then is looked at first.</param>
    /// <param name="Reached">The last record that was looked at; those behind it follow.</param>
    internal sealed record Stopped(DateTimeOffset StartedAt, Reading.Place Reached);

    /// <param name="Found">Pairs that wait for a person.</param>
    /// <param name="Joined">Pairs that the program joined.</param>
    /// <param name="Reached">Where the last record that was looked at stands.</param>
    internal sealed record Progress(int Records, int Looked, int Found, int Joined, Reading.Place? Reached);

    internal sealed record Answer(Progress Progress, int Kept);

    /// <exception cref="OperationCanceledException">It was stopped; what was found until then is in the worklist.</exception>
    public async Task<Answer> HandleAsync(
        Work work,
        Request request,
        Func<Progress, Task> progress,
        CancellationToken cancellation
    )
    {
        var settings = await scorers.DefaultAsync(cancellation);
        var reading = work.On(store);
        var ordinals = await OrdinalsAsync(reading, request, cancellation);
        var found = new Dictionary<PairId, double>();
        var at = new Progress(ordinals.Count, 0, 0, 0, null);
        try
        {
            foreach (var some in ordinals.Chunk(Slice))
            {
                cancellation.ThrowIfCancellationRequested();
                var alike = Alike(work.Viewer, some, settings);
                var (all, more) = (await AllAsync(reading, alike, cancellation), at.Found);
                IReadOnlySet<PairId> sure = request.Joins
                    ? await joinSure.HandleAsync(work, all, some, settings, cancellation)
                    : new HashSet<PairId>();
                foreach (var pair in all.Where(p => !p.Standing.IsOne))
                    if (IdOf(pair) is var id && !sure.Contains(id) && found.TryAdd(id, pair.Score))
                        more++;
                if (found.Count > 2 * MaxHeld)
                    found = found.OrderByDescending(f => f.Value).ThenBy(f => f.Key.Left).Take(MaxHeld).ToDictionary();
                var reached = await reading.PlaceAsync(some[^1], cancellation) ?? at.Reached;
                at = new(ordinals.Count, at.Looked + some.Length, more, at.Joined + sure.Count, reached);
                await progress(at);
            }
        }
        catch (OperationCanceledException)
        {
            await KeepAsync(work, found, settings, CancellationToken.None);
            throw;
        }
        return new(at, await KeepAsync(work, found, settings, cancellation));
    }

    private async Task<int> KeepAsync(
        Work work,
        Dictionary<PairId, double> found,
        ScoreSettings settings,
        CancellationToken cancellation
    )
    {
        var before = (await worklist.ListAsync(work, cancellation)).Select(k => k.Pair).ToList();
        var all = await AllAsync(work.On(store), before.ToDictionary(p => p, _ => default(Found)), cancellation);
        var open = all.Where(p => !p.Standing.IsOne).Select(IdOf).ToHashSet();
        return await worklist.AddAsync(
            work,
            [.. found.Select(f => (f.Key, f.Value))],
            [.. before.Where(p => !open.Contains(p))],
            settings.Algorithm.Name,
            cancellation
        );
    }

    private static PairId IdOf(JoinSure.Pair pair) => PairId.Of(pair.Standing.Left, pair.Standing.Right);

    private static async Task<IReadOnlyList<int>> OrdinalsAsync(
        Reading reading,
        Request request,
        CancellationToken cancellation
    )
    {
        if (request.From is not { } from)
            return await reading.LiveOrdinalsAsync(request.Source, request.Since, MaxRecords, cancellation);
        var changed = await reading.LiveOrdinalsAsync(request.Source, from.StartedAt, MaxRecords, cancellation);
        var behind = await reading.LiveOrdinalsAsync(request.Source, null, MaxRecords, cancellation, from.Reached);
        return [.. changed.Union(behind)];
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

    private static async Task<IReadOnlyList<JoinSure.Pair>> AllAsync(
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
        return await AllAsync(reading, pairs, cancellation);
    }

    /// <summary>
    /// Those on which nobody has the last word, also where the two are one by way of others: whether somebody else sees those
    /// others is his own sight.
    /// </summary>
    private static async Task<IReadOnlyList<JoinSure.Pair>> AllAsync(
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
                .Where(s => PairRules.IsOpen(s with { IsOne = false }))
                .Select(s => (Standing: s, Found: pairs[PairId.Of(s.Left, s.Right)]))
                .Select(s => new JoinSure.Pair(s.Standing, s.Found.One, s.Found.Other, s.Found.Score)),
        ];
    }
}
