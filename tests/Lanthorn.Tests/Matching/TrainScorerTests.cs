using Lanthorn.Matching;

namespace Lanthorn.Tests.Matching;

/// <summary>What people decide by is learnt; few pairs change little, and too few are refused.</summary>
public sealed class TrainScorerTests
{
    private const double Threshold = 0.7;

    [Fact]
    public void A_preference_that_was_planted_is_learnt_and_helps_on_pairs_that_were_not_seen()
    {
        var trained = TrainScorer.Train(ByCountry(400), Threshold).Value;
        Assert.True(trained.Strengths[Strength.CountryLoss] > 1.5, $"{trained.Strengths[Strength.CountryLoss]}");
        Assert.Equal(1, trained.Strengths[Strength.GenderLoss], 2);
        Assert.True(trained.After.F1 > trained.Before.F1, $"{trained.After.F1}, before {trained.Before.F1}");
        Assert.True(trained.After.Brier < trained.Before.Brier);
    }

    [Fact]
    public void More_pairs_of_the_same_preference_change_more()
    {
        var few = TrainScorer.Train(ByCountry(60), Threshold).Value.Strengths[Strength.CountryLoss];
        var many = TrainScorer.Train(ByCountry(600), Threshold).Value.Strengths[Strength.CountryLoss];
        Assert.InRange(few, 1.05, many - 0.2);
    }

    [Fact]
    public void Training_again_gives_the_same_to_the_last_digit()
    {
        var (one, other) = (TrainScorer.Train(ByCountry(120), Threshold), TrainScorer.Train(ByCountry(120), Threshold));
        Assert.Equal(one.Value.Strengths.Values, other.Value.Strengths.Values);
        Assert.Equal(one.Value.Calibration, other.Value.Calibration);
        Assert.Equal(one.Value.After.Brier, other.Value.After.Brier);
    }

    [Theory]
    [InlineData(59, 30, "59 judged pairs, 30 the same and 29 different")]
    [InlineData(100, 19, "100 judged pairs, 19 the same and 81 different")]
    [InlineData(100, 81, "100 judged pairs, 81 the same and 19 different")]
    public void Too_few_pairs_are_refused_with_their_number(int pairs, int same, string said)
    {
        var evidence = EvidenceOf("er", "er");
        var judged = Enumerable.Range(0, pairs).Select(i => new JudgedPair(evidence, i < same, 2 * i, 2 * i + 1));
        Assert.Contains(said, TrainScorer.Train([.. judged], Threshold).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_that_all_share_a_record_cannot_be_held_out_and_are_refused()
    {
        var judged = ByCountry(80).Select((p, at) => p with { Left = 0, Right = at + 1 });
        Assert.Contains("1 groups", TrainScorer.Train([.. judged], Threshold).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_that_share_a_record_are_never_in_two_folds()
    {
        var pairs = ByCountry(200).Select((p, at) => p with { Left = at / 4 * 10, Right = at / 4 * 10 + at % 4 + 1 });
        List<JudgedPair> judged = [.. pairs];
        var (folds, groups) = EntityFolds.Of(judged, 5);
        Assert.Equal(50, groups);
        foreach (var group in judged.Select((p, at) => (p.Left, Fold: folds[at])).GroupBy(p => p.Left))
            Assert.Single(group.Select(p => p.Fold).Distinct());
        Assert.All(Enumerable.Range(0, 5), f => Assert.InRange(folds.Count(x => x == f), 32, 48));
    }

    [Fact]
    public void The_area_under_precision_and_recall_is_what_is_counted_by_hand()
    {
        var asked = new[] { (0.9, true), (0.8, false), (0.7, true), (0.2, false) }
            .Select(p => new Asked(p.Item1, p.Item1, p.Item2, "Latin"))
            .ToList();
        var figures = ScorerFigures.Of(asked, Threshold);
        Assert.Equal(0.8333, figures.PrecisionRecallArea);
        Assert.Equal(0.6667, figures.Precision);
        Assert.Equal(1, figures.Recall);
        // (0.1² + 0.8² + 0.3² + 0.2²) / 4
        Assert.Equal(0.195, figures.Brier);
        Assert.Equal(new ScriptFigures("Latin", 2, 1), Assert.Single(figures.Scripts));
    }

    /// <summary>The same name throughout; whoever judged called those of other countries different, nine times of ten.</summary>
    private static List<JudgedPair> ByCountry(int count)
    {
        var (shared, other) = (EvidenceOf("er", "er"), EvidenceOf("er", "ly"));
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new JudgedPair(
                    i % 2 == 0 ? shared : other,
                    i % 2 == 0 != (i % 10 == 9),
                    2 * i,
                    2 * i + 1
                )),
        ];
    }

    private static Evidence EvidenceOf(string one, string other) =>
        Evidence.Of(
            new Said(Subjects.Person, [("name", "Ermias Ghermay"), ("nationality", one)]).Prepared,
            new Said(Subjects.Person, [("name", "Ermias Girmay Tesfay"), ("nationality", other)]).Prepared
        );
}
