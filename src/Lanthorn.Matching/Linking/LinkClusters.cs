namespace Lanthorn.Matching;

/// <summary>
/// Puts rows together, the surest pairs first. Two groups become one only when their rows are the same on the whole, those that
/// were never paired looked at too, so that a chain of look-alikes does not join its ends; and never where they contradict each
/// other in an identifier.
/// </summary>
internal sealed class LinkClusters(LinkTable table, LinkWeights weights, CancellationToken cancellation)
{
    /// <summary>From this on a pair is a reason to put its groups together.</summary>
    public const double Threshold = 0.5;

    /// <summary>
    /// So likely the same two groups are on the whole, to become one. Less than a pair needs: rows that say little are seldom
    /// sure of each other.
    /// </summary>
    private const double Linkage = 0.3;

    /// <summary>Of two large groups so many pairs of rows are looked at.</summary>
    private const int MostCross = 64;

    private readonly LinkLevels levels = new(table);
    private readonly int[] group = [.. Enumerable.Range(0, table.Distinct)];
    private readonly List<int>?[] members = new List<int>?[table.Distinct];
    private readonly double[] support = new double[table.Distinct];

    /// <summary>The group of each row, as the smallest row in it.</summary>
    public IReadOnlyList<int> Groups => group;

    /// <summary>For each row, the probability of its surest tie to another row of its group; 1 where it stands alone.</summary>
    public double SupportOf(int row) => members[group[row]] is null ? 1 : support[row];

    /// <param name="ties">Pairs with their probability, the surest first.</param>
    public void Join(IEnumerable<(int One, int Other, double Probability)> ties)
    {
        foreach (var (one, other, probability) in ties)
        {
            cancellation.ThrowIfCancellationRequested();
            var (a, b) = (group[one], group[other]);
            if (a != b)
            {
                if (!AreOne(a, b))
                    continue;
                Merge(Math.Min(a, b), Math.Max(a, b));
            }
            support[one] = Math.Max(support[one], probability);
            support[other] = Math.Max(support[other], probability);
        }
    }

    private bool AreOne(int a, int b)
    {
        var (left, right) = (MembersOf(a), MembersOf(b));
        if (left.Count == 1 && right.Count == 1)
            return !Contradict(left[0], right[0]);
        var (sum, looked) = (0.0, 0);
        var step = Math.Max(1, left.Count * right.Count / MostCross);
        for (var at = 0; at < left.Count * right.Count; at += step)
        {
            var (one, other) = (left[at / right.Count], right[at % right.Count]);
            if (Contradict(one, other))
                return false;
            sum += weights.ProbabilityOf(table, one, other, levels.PatternOf(one, other));
            looked++;
        }
        return sum / looked >= Linkage;
    }

    /// <summary>Two identifiers that no slip of the pen explains.</summary>
    private bool Contradict(int one, int other)
    {
        var a = table[one];
        var b = table[other];
        for (var field = 0; field < a.Length; field++)
            if (table.Fields[field].IsStrong && levels.LevelOf(field, a[field], b[field]) == LinkLevels.Apart)
                return true;
        return false;
    }

    private List<int> MembersOf(int of) => members[of] ??= [of];

    private void Merge(int into, int from)
    {
        foreach (var row in MembersOf(from))
            group[row] = into;
        MembersOf(into).AddRange(MembersOf(from));
        members[from] = null;
    }
}
