using Lanthorn.Knowledge;

namespace Lanthorn.Matching;

/// <summary>A pair that people judged.</summary>
/// <param name="Left">A number for the record: pairs that share one are never in two folds.</param>
public sealed record JudgedPair(Evidence Evidence, bool IsSame, int Left, int Right);

/// <summary>Of held-out pairs in a tenth of the score: how many, how many of them judged the same, and how many expected.</summary>
public sealed record CalibrationBand(double From, int Pairs, int Same, double Expected);

/// <param name="Groups">Pairs that share a record are in one group.</param>
/// <param name="Before">Of the scorer as it is shipped, on the same held-out pairs.</param>
/// <param name="After">Of scorers that had not seen the pairs that they were asked about.</param>
public sealed record TrainedScorer(
    Strengths Strengths,
    Calibration Calibration,
    int Pairs,
    int Same,
    int Groups,
    ScorerFigures Before,
    ScorerFigures After,
    IReadOnlyList<CalibrationBand> Bands
);

/// <summary>
/// Learns how strongly each thing counts from pairs that people judged: a logistic regression of "same" on the logarithm of
/// the score's odds, penalised for each step away from what was designed, so that few pairs change little. Pure, and the
/// same for the same pairs in the same order.
/// </summary>
public static class TrainScorer
{
    public const int FewestPairs = 60;
    public const int FewestOfEach = 20;
    public const int MostPairs = 5_000;
    public const int Folds = 5;

    /// <param name="threshold">From which score on two are taken for the same.</param>
    public static Parsed<TrainedScorer> Train(IReadOnlyList<JudgedPair> pairs, double threshold)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var same = pairs.Count(p => p.IsSame);
        var different = pairs.Count - same;
        if (pairs.Count < FewestPairs || same < FewestOfEach || different < FewestOfEach)
            return Parsed.Refuse(
                $"There are {pairs.Count} judged pairs, {same} the same and {different} different; it takes "
                    + $"{FewestPairs} with at least {FewestOfEach} of each"
            );
        if (pairs.Count > MostPairs)
            return Parsed.Refuse($"There are {pairs.Count} pairs, and at most {MostPairs} are learnt from");
        var (folds, groups) = EntityFolds.Of(pairs, Folds);
        if (groups < Folds)
            return Parsed.Refuse(
                $"The {pairs.Count} pairs share so many records that they are {groups} groups; it takes {Folds}"
            );
        var held = new List<HeldOut>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var train = pairs.Where((_, at) => folds[at] != fold).ToList();
            var test = pairs.Where((_, at) => folds[at] == fold).ToList();
            held.AddRange(Ask(train, test));
        }
        var (strengths, calibration) = Fit.Run(pairs, learnsStrengths: true);
        return Parsed.Accept(
            new TrainedScorer(
                strengths,
                calibration,
                pairs.Count,
                same,
                groups,
                ScorerFigures.Of([.. held.Select(h => h.Before)], threshold),
                ScorerFigures.Of([.. held.Select(h => h.After)], threshold),
                Bands([.. held.Select(h => h.After)])
            )
        );
    }

    private readonly record struct HeldOut(Asked Before, Asked After);

    /// <summary>The shipped scorer's curve is learnt from the same pairs, so that only the strengths make the difference.</summary>
    private static IEnumerable<HeldOut> Ask(List<JudgedPair> train, List<JudgedPair> test)
    {
        var (_, plain) = Fit.Run(train, learnsStrengths: false);
        var (strengths, calibration) = Fit.Run(train, learnsStrengths: true);
        foreach (var pair in test)
        {
            var (before, after) = (pair.Evidence.Value(Strengths.Designed), pair.Evidence.Value(strengths));
            yield return new(
                new(before, plain.ShareAt(before), pair.IsSame, pair.Evidence.Script),
                new(after, calibration.ShareAt(after), pair.IsSame, pair.Evidence.Script)
            );
        }
    }

    private static List<CalibrationBand> Bands(IReadOnlyList<Asked> asked) =>
        [
            .. asked
                .GroupBy(a => ScorerFigures.TenthOf(a.Score))
                .OrderBy(g => g.Key)
                .Select(g => new CalibrationBand(
                    g.Key / 10d,
                    g.Count(),
                    g.Count(a => a.IsSame),
                    Math.Round(g.Average(a => a.Share), 4)
                )),
        ];
}
