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
internal sealed class FindPairs(Candidates candidates, Store store, Worklist worklist, Scorers scorers)
{
    /// <summary>So many records are looked at in one run, the last changed first.</summary>
    public const int MaxRecords = 5_000;

    /// <summary>So many candidates are scored for a record, and so many of them kept.</summary>
    private const int Scored = 20;
    private const int KeptOfEach = 5;

    /// <summary>So many records are looked at before the progress is told.</summary>
    private const int Slice = 100;

    private const string What = "looking for pairs to review";

    /// <param name="Since">Only records that came or changed at this moment or later; null is all.</param>
    internal sealed record Request(SourceCode Source, DateTimeOffset? Since);

    internal sealed record Progress(int Records, int Looked, int Found);

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
        var ordinals = await reading.LiveOrdinalsAsync(request.Source, request.Since, MaxRecords, cancellation);
        var found = new Dictionary<PairId, double>();
        var looked = 0;
        foreach (var some in ordinals.Chunk(Slice))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (pair, score) in await OpenAsync(reading, Alike(work.Viewer, some, settings), cancellation))
                found[pair] = score;
            looked += some.Length;
            await progress(new(ordinals.Count, looked, found.Count));
        }
        var before = (await worklist.ListAsync(work, cancellation)).Select(k => k.Pair).ToList();
        var open = await OpenAsync(reading, before.ToDictionary(p => p, _ => 0d), cancellation);
        var kept = await worklist.AddAsync(
            work,
            [.. found.Select(f => (f.Key, f.Value))],
            [.. before.Where(p => !open.ContainsKey(p))],
            settings.Algorithm.Name,
            cancellation
        );
        return new(new(ordinals.Count, looked, found.Count), kept);
    }

    /// <summary>By ordinals: the record that was looked at, and one that is alike.</summary>
    private Dictionary<(int One, int Other), double> Alike(
        Viewer viewer,
        IEnumerable<int> ordinals,
        ScoreSettings settings
    )
    {
        var visible = store.Labels.For(viewer);
        var alike = new Dictionary<(int, int), double>();
        foreach (var ordinal in ordinals)
            if (candidates.Prepared(ordinal) is { } subject && candidates.FactsOf(ordinal) is { } facts)
                foreach (
                    var (other, score) in candidates
                        .Find(subject, visible, f => AreOfAKind(f.Schema, facts.Schema), Scored + 1)
                        .Where(c => c.Ordinal != ordinal)
                        .Select(c => (c.Ordinal, c.Tie, Score: ScoreOf(subject, c.Ordinal, settings)))
                        .Where(c => c.Score >= PairRules.LeastScore)
                        .OrderByDescending(c => c.Score)
                        .ThenBy(c => c.Tie)
                        .Take(KeptOfEach)
                        .Select(c => (c.Ordinal, c.Score))
                )
                    alike[(Math.Min(ordinal, other), Math.Max(ordinal, other))] = score;
        return alike;
    }

    private double ScoreOf(PreparedSubject subject, int other, ScoreSettings settings) =>
        candidates.Prepared(other) is { } prepared ? Scorer.Value(subject, prepared, settings) : 0;

    private static bool AreOfAKind(Schema one, Schema other) => one.IsA(other.Name) || other.IsA(one.Name);

    private static async Task<Dictionary<PairId, double>> OpenAsync(
        Reading reading,
        Dictionary<(int One, int Other), double> alike,
        CancellationToken cancellation
    )
    {
        var ids = await reading.IdsAsync(alike.Keys.SelectMany(k => new[] { k.One, k.Other }), cancellation);
        var pairs = new Dictionary<PairId, double>();
        foreach (var ((one, other), score) in alike)
            if (ids.TryGetValue(one, out var left) && ids.TryGetValue(other, out var right))
                pairs[PairId.Of(left, right)] = score;
        return await OpenAsync(reading, pairs, cancellation);
    }

    private static async Task<Dictionary<PairId, double>> OpenAsync(
        Reading reading,
        Dictionary<PairId, double> pairs,
        CancellationToken cancellation
    )
    {
        var standings = await reading.PairsAsync(
            [.. pairs.Keys.Select(p => (p.Left, p.Right))],
            PairRules.Differs,
            What,
            cancellation
        );
        return standings
            .Where(PairRules.IsOpen)
            .Select(s => PairId.Of(s.Left, s.Right))
            .ToDictionary(p => p, p => pairs[p]);
    }
}
