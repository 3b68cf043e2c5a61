namespace Lanthorn.Matching;

/// <summary>How well groups fit the truth, counted in pairs of rows that are put together and that belong together.</summary>
public readonly record struct PairQuality(long Right, long Found, long True)
{
    public double Precision => Found == 0 ? 1 : (double)Right / Found;

    public double Recall => True == 0 ? 1 : (double)Right / True;

    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <param name="groups">Of each row, the number of its group.</param>
    /// <param name="truth">Of each row, what it is really about.</param>
    public static PairQuality Of(IReadOnlyList<int> groups, IReadOnlyList<string> truth)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(truth);
        return new(Pairs(groups.Zip(truth)), Pairs(groups), Pairs(truth));
    }

    private static long Pairs<T>(IEnumerable<T> keys)
        where T : notnull => keys.CountBy(k => k).Sum(k => (long)k.Value * (k.Value - 1) / 2);
}
