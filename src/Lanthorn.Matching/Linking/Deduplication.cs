using System.Collections.Concurrent;

namespace Lanthorn.Matching;

/// <summary>How far a deduplication has come.</summary>
/// <param name="Done">Of the pairs to be compared; 0 until they are known.</param>
public sealed record DeduplicationProgress(string Step, long Done, long All);

/// <summary>What a deduplication found.</summary>
/// <param name="Cluster">For each row the group it is in, as the number of the first row of the group.</param>
/// <param name="Score">For each row, how sure its tie to its group is, 0 to 1; 1 for a row that stands alone.</param>
/// <param name="Pairs">How many pairs of rows were compared.</param>
public sealed record DeduplicationResult(IReadOnlyList<int> Cluster, IReadOnlyList<double> Score, long Pairs);

/// <summary>
/// Finds the rows of a table that are about the same thing: candidates without a configuration, weights without examples,
/// groups that do not chain. The same table and seed give the same groups, whatever the number of threads.
/// </summary>
public static class Deduplication
{
    /// <summary>Of the pairs that may be the same, those below this are not looked at again.</summary>
    private const double Least = LinkClusters.Threshold;

    private const int Slice = 16_384;

    public static DeduplicationResult Run(
        LinkTable table,
        int seed,
        IProgress<DeduplicationProgress>? progress,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(table);
        progress?.Report(new("reading", 0, 0));
        table.Read();
        progress?.Report(new("looking for pairs", 0, 0));
        var (pairs, close) = Blocking.PairsOf(table, cancellation);
        var patterns = Compare(table, pairs, progress, cancellation);
        progress?.Report(new("learning", pairs.Length, pairs.Length));
        var counts = new Dictionary<ulong, long>();
        foreach (var pattern in Chosen(pairs, patterns, close))
            counts[pattern] = counts.GetValueOrDefault(pattern) + 1;
        CountEqual(table, counts);
        var weights = LinkWeights.Learn(table, counts, seed, cancellation);
        progress?.Report(new("grouping", pairs.Length, pairs.Length));
        var clusters = new LinkClusters(table, weights, cancellation);
        clusters.Join(TiesOf(table, pairs, patterns, weights, cancellation));
        return ResultOf(table, weights, clusters, pairs.Length);
    }

    /// <summary>The patterns of some of the pairs; both are in order.</summary>
    private static IEnumerable<ulong> Chosen(ulong[] pairs, ulong[] patterns, ulong[] some)
    {
        var at = 0;
        foreach (var pair in some)
        {
            while (at < pairs.Length && pairs[at] < pair)
                at++;
            if (at < pairs.Length && pairs[at] == pair)
                yield return patterns[at];
        }
    }

    /// <summary>Rows that are equal were not paired, and are evidence as others are: each with the one before it.</summary>
    private static void CountEqual(LinkTable table, Dictionary<ulong, long> counts)
    {
        var levels = new LinkLevels(table);
        for (var row = 0; row < table.Distinct; row++)
            if (table.Added[row].Count is > 1 and var equal)
            {
                var pattern = levels.PatternOf(row, row);
                counts[pattern] = counts.GetValueOrDefault(pattern) + equal - 1;
            }
    }

    /// <summary>Back to the rows as they were added. Equal rows are one where what they say is enough for it.</summary>
    private static DeduplicationResult ResultOf(LinkTable table, LinkWeights weights, LinkClusters clusters, long pairs)
    {
        var levels = new LinkLevels(table);
        var (cluster, score) = (new int[table.Count], new double[table.Count]);
        var first = new Dictionary<int, int>();
        for (var row = 0; row < table.Distinct; row++)
        {
            var group = clusters.Groups[row];
            first[group] = Math.Min(first.GetValueOrDefault(group, int.MaxValue), table.Added[row][0]);
        }
        for (var row = 0; row < table.Distinct; row++)
        {
            var added = table.Added[row];
            var equal = added.Count == 1 ? 0 : weights.ProbabilityOf(table, row, row, levels.PatternOf(row, row));
            var areOne = equal >= LinkClusters.Threshold;
            foreach (var (at, own) in added.Index())
            {
                cluster[own] = at == 0 || areOne ? first[clusters.Groups[row]] : own;
                score[own] =
                    areOne ? equal
                    : at == 0 ? clusters.SupportOf(row)
                    : 1;
            }
        }
        return new(cluster, score, pairs);
    }

    private static ulong[] Compare(
        LinkTable table,
        ulong[] pairs,
        IProgress<DeduplicationProgress>? progress,
        CancellationToken cancellation
    )
    {
        var patterns = new ulong[pairs.Length];
        var done = 0L;
        InSlices(
            table,
            pairs.Length,
            (levels, from, to) =>
            {
                for (var at = from; at < to; at++)
                    patterns[at] = levels.PatternOf((int)(pairs[at] >> 32), (int)(uint)pairs[at]);
                progress?.Report(new("comparing", Interlocked.Add(ref done, to - from), pairs.Length));
            },
            cancellation
        );
        return patterns;
    }

    private static List<(int One, int Other, double Probability)> TiesOf(
        LinkTable table,
        ulong[] pairs,
        ulong[] patterns,
        LinkWeights weights,
        CancellationToken cancellation
    )
    {
        var ties = new List<(int One, int Other, double Weight)>();
        for (var at = 0; at < pairs.Length; at++)
        {
            if (at % Slice == 0)
                cancellation.ThrowIfCancellationRequested();
            var (one, other) = ((int)(pairs[at] >> 32), (int)(uint)pairs[at]);
            if (weights.ProbabilityOf(table, one, other, patterns[at]) >= Least)
                ties.Add((one, other, weights.WeightOf(table, one, other, patterns[at])));
        }
        ties.Sort(
            static (a, b) =>
                a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight)
                : a.One != b.One ? a.One.CompareTo(b.One)
                : a.Other.CompareTo(b.Other)
        );
        return ties.ConvertAll(t =>
            (t.One, t.Other, 1 / (1 + Math.Pow(2, -t.Weight) * (1 - weights.Share) / weights.Share))
        );
    }

    private static void InSlices(
        LinkTable table,
        int count,
        Action<LinkLevels, int, int> work,
        CancellationToken cancellation
    )
    {
        var idle = new ConcurrentBag<LinkLevels>();
        Parallel.For(
            0,
            (count + Slice - 1) / Slice,
            new ParallelOptions { CancellationToken = cancellation },
            slice =>
            {
                if (!idle.TryTake(out var levels))
                    levels = new(table);
                work(levels, slice * Slice, Math.Min(count, (slice + 1) * Slice));
                idle.Add(levels);
            }
        );
    }
}
