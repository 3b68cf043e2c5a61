using CsCheck;
using Lanthorn.Matching;

namespace Lanthorn.Tests.Matching;

/// <summary>The laws of scores hold for whatever can be learnt, and the shipped scorer is what it was.</summary>
public sealed class LearntScoreTests
{
    private const double Exact = 1e-9;

    private static readonly Gen<(Said A, Said B)> Pair = Gen.Select(Subjects.Any, Subjects.Any);

    private static readonly Gen<Strengths> Any = Gen.Double[0, 1]
        .Array[Strengths.Count]
        .Select(shares =>
        {
            var values = shares
                .Select(
                    (share, at) =>
                        Strengths.Bounds((Strength)at) is var (least, most) ? least + share * (most - least) : 1
                )
                .ToArray();
            ref var contact = ref values[(int)Strength.ContactGain];
            contact = Math.Min(contact, Strengths.MostContactToIdentifier * values[(int)Strength.IdentifierGain]);
            return Strengths.Create(values).Value;
        });

    private static readonly (string, string)[] Agreeing =
    [
        ("birthDate", "1974-05-02"),
        ("nationality", "er"),
        ("gender", "male"),
        ("passportNumber", "K7654321"),
        ("phone", "+218921234567"),
        ("email", "somebody@example.org"),
        ("alias", "Zerihun Habtemariam"),
        ("weakAlias", "the long one"),
        ("address", "12 Long Street, Khartoum"),
    ];

    [Fact]
    public void A_learnt_score_is_the_same_both_ways_and_within_0_and_1() =>
        Gen.Select(Pair, Any)
            .Sample(
                (pair, strengths) =>
                {
                    var there = Scorer.Value(pair.A.Prepared, pair.B.Prepared, With(strengths));
                    Assert.Equal(there, Scorer.Value(pair.B.Prepared, pair.A.Prepared, With(strengths)), Exact);
                    Assert.InRange(there, 0, 1);
                },
                iter: 3000
            );

    [Fact]
    public void The_parts_of_a_learnt_score_sum_to_it_and_it_is_what_training_sees() =>
        Gen.Select(Pair, Any)
            .Sample(
                (pair, strengths) =>
                {
                    var score = Scorer.Compare(pair.A.Prepared, pair.B.Prepared, With(strengths));
                    Assert.Equal(score.Value, score.Parts.Sum(p => p.Points), Exact);
                    Assert.Equal(score.Value, Evidence.Of(pair.A.Prepared, pair.B.Prepared).Value(strengths), Exact);
                },
                iter: 3000
            );

    [Fact]
    public void What_agrees_never_lowers_a_learnt_score() =>
        Gen.Select(Pair, Subjects.OneOf(Agreeing), Any)
            .Where((pair, added, _) => added.Item1 != "gender" || !SaysOf(pair, "gender"))
            .Sample(
                (pair, added, strengths) =>
                {
                    var (property, value) = added;
                    var before = Scorer.Value(pair.A.Prepared, pair.B.Prepared, With(strengths));
                    var (a, b) = (pair.A.With(property, value), pair.B.With(property, value));
                    var after = Scorer.Value(a.Prepared, b.Prepared, With(strengths));
                    Assert.True(after >= before - Exact, $"{after} after {property}, {before} before");
                },
                iter: 5000
            );

    [Theory]
    [InlineData("birthDate", "1950-01-01", "1974-05-02")]
    [InlineData("nationality", "ly", "er")]
    [InlineData("gender", "male", "female")]
    public void What_contradicts_never_raises_a_learnt_score(string property, string one, string other) =>
        Gen.Select(Subjects.Name, Subjects.Name, Any)
            .Sample(
                (x, y, strengths) =>
                {
                    var (a, b) = (new Said(Subjects.Person, [("name", x)]), new Said(Subjects.Person, [("name", y)]));
                    var before = Scorer.Value(a.Prepared, b.Prepared, With(strengths));
                    var after = Scorer.Value(
                        a.With(property, one).Prepared,
                        b.With(property, other).Prepared,
                        With(strengths)
                    );
                    Assert.True(after <= before + Exact, $"{after} after {property}, {before} before");
                },
                iter: 1000
            );

    [Fact]
    public void With_everything_as_designed_a_score_is_the_shipped_one_to_the_last_bit() =>
        Pair.Sample(
            (a, b) =>
                Assert.Equal(
                    BitConverter.DoubleToInt64Bits(Scorer.Value(a.Prepared, b.Prepared, ScoreSettings.Default)),
                    BitConverter.DoubleToInt64Bits(Scorer.Value(a.Prepared, b.Prepared, With(Strengths.Designed)))
                ),
            iter: 2000
        );

    [Fact]
    public void The_curve_only_rises() =>
        Gen.Select(Gen.Double[-8, 8], Gen.Double[0.2, 5], Gen.Double[0, 1], Gen.Double[0, 1])
            .Sample(
                (shift, slope, one, other) =>
                {
                    var curve = Calibration.Create(shift, slope).Value;
                    Assert.True(curve.ShareAt(Math.Max(one, other)) >= curve.ShareAt(Math.Min(one, other)));
                    Assert.InRange(curve.ShareAt(one), 0, 1);
                }
            );

    [Theory]
    [InlineData(Strength.CountryGain, 0)]
    [InlineData(Strength.CountryLoss, -1)]
    [InlineData(Strength.GenderGain, 4.1)]
    [InlineData(Strength.BirthDateLoss, double.NaN)]
    [InlineData(Strength.ContactGain, 3.9)]
    public void Numbers_that_would_break_a_law_are_refused(Strength strength, double value)
    {
        var values = Strengths.Designed.Values.ToArray();
        values[(int)strength] = value;
        Assert.False(Strengths.Create(values).IsAccepted);
    }

    private static bool SaysOf((Said A, Said B) pair, string property) =>
        pair.A.Values.Concat(pair.B.Values).Any(v => v.Property == property);

    private static ScoreSettings With(Strengths strengths) =>
        ScoreSettings.Default.With(new("lanthorn-v1+test", strengths, Calibration.Create(0, 1).Value));
}
