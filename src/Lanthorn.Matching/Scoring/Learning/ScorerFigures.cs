namespace Lanthorn.Matching;

/// <summary>A held-out pair as a scorer saw it.</summary>
internal readonly record struct Asked(double Score, double Share, bool IsSame, string Script);

/// <summary>Of pairs in a script that people judged different: how many reach the threshold.</summary>
public sealed record ScriptFigures(string Script, int Different, int FalseMatches);

/// <summary>How well a scorer does on pairs that it had not seen.</summary>
/// <param name="PrecisionRecallArea">Average precision: the area under the curve of precision over recall.</param>
/// <param name="Brier">Mean square of what the expected share is off; lower is better.</param>
/// <param name="CalibrationError">By how much expected and real shares differ in a tenth, on average; lower is better.</param>
public sealed record ScorerFigures(
    double Precision,
    double Recall,
    double F1,
    double PrecisionRecallArea,
    double Brier,
    double CalibrationError,
    IReadOnlyList<ScriptFigures> Scripts
)
{
    private const int Digits = 4;

    internal static int TenthOf(double value) => Math.Clamp((int)(value * 10), 0, 9);

    internal static ScorerFigures Of(IReadOnlyList<Asked> asked, double threshold)
    {
        var found = asked.Count(a => a.Score >= threshold);
        var right = asked.Count(a => a.Score >= threshold && a.IsSame);
        var same = asked.Count(a => a.IsSame);
        var precision = found == 0 ? 1 : (double)right / found;
        var recall = same == 0 ? 1 : (double)right / same;
        var f1 = found + same == 0 ? 1 : 2d * right / (found + same);
        var error = asked
            .GroupBy(a => TenthOf(a.Share))
            .Sum(g => Math.Abs(g.Sum(a => a.Share) - g.Count(a => a.IsSame)));
        return new(
            Math.Round(precision, Digits),
            Math.Round(recall, Digits),
            Math.Round(f1, Digits),
            Math.Round(AreaOf(asked, same), Digits),
            Math.Round(asked.Average(a => (a.Share - (a.IsSame ? 1 : 0)) * (a.Share - (a.IsSame ? 1 : 0))), Digits),
            Math.Round(error / asked.Count, Digits),
            [
                .. asked
                    .Where(a => !a.IsSame)
                    .GroupBy(a => a.Script, StringComparer.Ordinal)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new ScriptFigures(g.Key, g.Count(), g.Count(a => a.Score >= threshold))),
            ]
        );
    }

    /// <summary>Pairs of one score are taken together, so that their order in the list changes nothing.</summary>
    private static double AreaOf(IReadOnlyList<Asked> asked, int same)
    {
        var (area, seen, right) = (0d, 0, 0);
        foreach (var step in asked.GroupBy(a => a.Score).OrderByDescending(g => g.Key))
        {
            var more = step.Count(a => a.IsSame);
            (seen, right) = (seen + step.Count(), right + more);
            area += (double)more / same * right / seen;
        }
        return area;
    }
}
