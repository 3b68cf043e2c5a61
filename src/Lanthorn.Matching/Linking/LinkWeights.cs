namespace Lanthorn.Matching;

/// <summary>
/// What each level of agreement says for or against two rows being the same, learnt from the table itself without any
/// example: Fellegi and Sunter, "A theory for record linkage", JASA 64, 1969; how often rows that are not the same agree comes
/// from random pairs, how often the same ones do by expectation-maximisation (Winkler 1988). Rare values weigh more than common
/// ones (Winkler 2000).
/// </summary>
internal sealed class LinkWeights
{
    private const int Rounds = 40;
    private const int RandomPairs = 400_000;
    private const double Smallest = 1e-6;

    /// <summary>No column can say more than this, by itself: columns lean on each other.</summary>
    private const double MostBits = 14;

    private readonly double[][] same;
    private readonly double[][] apart;

    private LinkWeights(double[][] same, double[][] apart, double share) =>
        (this.same, this.apart, Share) = (same, apart, share);

    /// <summary>Of all pairs of rows, the share that is the same.</summary>
    public double Share { get; }

    /// <param name="patterns">How often each pattern occurs among the compared pairs.</param>
    public static LinkWeights Learn(
        LinkTable table,
        IReadOnlyDictionary<ulong, long> patterns,
        int seed,
        CancellationToken cancellation
    )
    {
        var fields = table.Fields.Count;
        var apart = AtRandom(table, seed);
        var same = Enumerable.Range(0, fields).Select(_ => new[] { 0, 0.05, 0.05, 0.05, 0.1, 0.15, 0.6 }).ToArray();
        var all = Math.Max(1.0, table.Count * (table.Count - 1.0) / 2);
        var share = Math.Min(0.5, table.Count / all);
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var counts = Enumerable.Range(0, fields).Select(_ => new double[LinkLevels.Most + 1]).ToArray();
            var found = 0.0;
            foreach (var (pattern, count) in patterns)
            {
                var weight = count * Probability(Log(pattern, same, apart), share);
                found += weight;
                for (var field = 0; field < fields; field++)
                    counts[field][LinkLevels.LevelIn(pattern, field)] += weight;
            }
            share = Math.Clamp(found / all, 1 / (all * 10), 0.5);
            for (var field = 0; field < fields; field++)
                same[field] = Shares(counts[field], 0.5);
        }
        return new(same, apart, share);
    }

    /// <summary>How likely two rows are the same, from 0 to 1.</summary>
    public double ProbabilityOf(LinkTable table, int one, int other, ulong pattern) =>
        Probability(WeightOf(table, one, other, pattern), Share);

    /// <summary>The logarithm, to the base of two, of how much likelier the pattern is for the same than for others.</summary>
    public double WeightOf(LinkTable table, int one, int other, ulong pattern)
    {
        var weight = 0.0;
        for (var field = 0; field < same.Length; field++)
        {
            var level = LinkLevels.LevelIn(pattern, field);
            if (level == LinkLevels.Missing)
                continue;
            var expected = apart[field][level];
            if (level == LinkLevels.Most)
            {
                var values = table.ValuesOf(field);
                var frequency = values.CountOf(table[one][field]) / (double)values.Rows;
                // Of two rows with one value each of them has it: the fewer others do, the more it says.
                expected = Math.Max(frequency, Smallest);
            }
            weight += Math.Clamp(Math.Log2(same[field][level] / expected), -MostBits, MostBits);
        }
        return weight;
    }

    private static double Log(ulong pattern, double[][] same, double[][] apart)
    {
        var weight = 0.0;
        for (var field = 0; field < same.Length; field++)
            if (LinkLevels.LevelIn(pattern, field) is > LinkLevels.Missing and var level)
                weight += Math.Clamp(Math.Log2(same[field][level] / apart[field][level]), -MostBits, MostBits);
        return weight;
    }

    private static double Probability(double weight, double share) =>
        1 / (1 + Math.Pow(2, -weight) * (1 - share) / share);

    private static double[][] AtRandom(LinkTable table, int seed)
    {
        var counts = table.Fields.Select(_ => new double[LinkLevels.Most + 1]).ToArray();
        var levels = new LinkLevels(table);
        var random = new Random(seed);
        for (var pair = 0; pair < RandomPairs && table.Distinct > 1; pair++)
        {
            var (one, other) = (random.Next(table.Distinct), random.Next(table.Distinct));
            if (one == other)
                continue;
            var pattern = levels.PatternOf(one, other);
            for (var field = 0; field < counts.Length; field++)
                counts[field][LinkLevels.LevelIn(pattern, field)]++;
        }
        return [.. counts.Select(c => Shares(c, 0.5))];
    }

    /// <summary>Of those that say something, the share of each level; none is impossible.</summary>
    private static double[] Shares(double[] counts, double atLeast)
    {
        var all = counts.Skip(1).Sum() + atLeast * LinkLevels.Most;
        var shares = new double[counts.Length];
        for (var level = 1; level < counts.Length; level++)
            shares[level] = Math.Max(Smallest, (counts[level] + atLeast) / all);
        return shares;
    }
}
