using CsCheck;
using Lanthorn.Matching;

namespace Lanthorn.Tests.Matching;

/// <summary>A scorer learns from judged pairs, within the laws of scores.</summary>
public sealed class LearningTests
{
    private const double Threshold = 0.7;
    private const double Exact = 1e-9;

    private static readonly Gen<Strengths> Any = Gen.Double[0, 1]
        .Array[Strengths.Count]
        .Select(shares =>
            Strengths.Create([
                .. shares.Select(
                    (share, at) =>
                        Strengths.Bounds((Strength)at) is var (least, most) ? least + share * (most - least) : 1
                ),
            ])
        )
        .Where(s => s.IsAccepted)
        .Select(s => s.Value);

    [Fact]
    public void With_the_designed_strengths_it_is_the_scorer_as_it_is_shipped() =>
        Gen.Select(Subjects.Any, Subjects.Any)
            .Sample(
                (a, b) =>
                    Assert.Equal(
                        Scorer.Value(a.Prepared, b.Prepared, ScoreSettings.Default),
                        Evidence.Of(a.Prepared, b.Prepared).Value(Strengths.Designed),
                        Exact
                    ),
                iter: 2000
            );

    [Fact]
    public void Whatever_is_learnt_what_agrees_never_lowers_a_score_and_nothing_leaves_0_to_1() =>
        Gen.Select(
                Subjects.Any,
                Subjects.Any,
                Any,
                Subjects.OneOf(("birthDate", "1974-05-02"), ("nationality", "er"), ("passportNumber", "K7654321"))
            )
            .Sample(
                (a, b, strengths, added) =>
                {
                    var before = Evidence.Of(a.Prepared, b.Prepared).Value(strengths);
                    var (one, other) = (a.With(added.Item1, added.Item2), b.With(added.Item1, added.Item2));
                    var after = Evidence.Of(one.Prepared, other.Prepared).Value(strengths);
                    Assert.InRange(before, 0, 1);
                    Assert.InRange(after, before - Exact, 1);
                    Assert.Equal(after, Evidence.Of(other.Prepared, one.Prepared).Value(strengths), Exact);
                },
                iter: 2000
            );

    [Fact]
    public void What_people_always_take_for_a_contradiction_counts_more_and_more_pairs_count_more()
    {
        var few = Trained(60)[Strength.CountryLoss];
        var many = Trained(600)[Strength.CountryLoss];
        Assert.True(few > 1, $"{few}");
        Assert.True(many > few, $"{many} after many pairs, {few} after few");
    }

    [Fact]
    public void The_same_pairs_give_the_same_scorer() => Assert.Equal(Trained(120).Values, Trained(120).Values);

    [Fact]
    public void Too_few_pairs_are_refused_with_how_many_there_are()
    {
        var refused = TrainScorer.Train(Pairs(40), Threshold);
        Assert.False(refused.IsAccepted);
        Assert.Contains("There are 40 judged pairs", refused.Reason, StringComparison.Ordinal);
        Assert.False(TrainScorer.Train([.. Pairs(200).Where(p => p.IsSame)], Threshold).IsAccepted);
    }

    [Fact]
    public void Strengths_that_would_break_a_law_are_refused()
    {
        double[] values = [.. Enumerable.Repeat(1d, Strengths.Count)];
        Assert.True(Strengths.Create(values).IsAccepted);
        values[(int)Strength.CountryGain] = 0;
        Assert.False(Strengths.Create(values).IsAccepted);
        values[(int)Strength.CountryGain] = double.NaN;
        Assert.False(Strengths.Create(values).IsAccepted);
        Assert.False(Strengths.Create([1, 1]).IsAccepted);
    }

    private static Strengths Trained(int pairs) => TrainScorer.Train(Pairs(pairs), Threshold).Value.Strengths;

    /// <summary>One name, spelt a little otherwise; whoever is of another country was judged to be somebody else.</summary>
    private static List<JudgedPair> Pairs(int count)
    {
        string[] names = ["Ermias Ghermay", "Amina Dabbashi", "Yusuf Petrov", "Maria Milad", "Tariq Santos"];
        string[] spelt = ["Ermyas Ghermay", "Amina Dabashi", "Yousuf Petrov", "Maria Millad", "Tarek Santos"];
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(at =>
                {
                    var isSame = at % 2 == 0;
                    var one = new Said(Subjects.Person, [("name", names[at % 5]), ("nationality", "er")]);
                    var other = new Said(
                        Subjects.Person,
                        [("name", spelt[at % 5]), ("nationality", isSame ? "er" : "it")]
                    );
                    return new JudgedPair(Evidence.Of(one.Prepared, other.Prepared), isSame, 2 * at, 2 * at + 1);
                }),
        ];
    }
}
