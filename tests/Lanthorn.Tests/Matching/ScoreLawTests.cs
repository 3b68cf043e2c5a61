using CsCheck;
using Lanthorn.Matching;

namespace Lanthorn.Tests.Matching;

/// <summary>The laws of scores, on generated subjects; a failure prints the seed that gives it again.</summary>
public sealed class ScoreLawTests
{
    private const double Exact = 1e-9;

    private static readonly Gen<(Said A, Said B)> Pair = Gen.Select(Subjects.Any, Subjects.Any);

    private static readonly (string, string)[] Agreeing =
    [
        ("birthDate", "1974-05-02"),
        ("nationality", "er"),
        ("passportNumber", "K7654321"),
        ("phone", "+218921234567"),
        ("email", "somebody@example.org"),
        ("alias", "Zerihun Habtemariam"),
        ("address", "12 Long Street, Khartoum"),
    ];

    [Fact]
    public void A_score_is_the_same_both_ways() =>
        Pair.Sample(
            (a, b) =>
                Assert.Equal(
                    Scorer.Value(a.Prepared, b.Prepared, ScoreSettings.Default),
                    Scorer.Value(b.Prepared, a.Prepared, ScoreSettings.Default),
                    Exact
                ),
            iter: 3000
        );

    [Fact]
    public void The_parts_of_a_score_sum_to_it() =>
        Pair.Sample(
            (a, b) =>
            {
                var score = Scorer.Compare(a.Prepared, b.Prepared, ScoreSettings.Default);
                Assert.Equal(score.Value, score.Parts.Sum(p => p.Points), Exact);
                Assert.InRange(score.Value, 0, 1);
                Assert.Equal(score.Value, Scorer.Value(a.Prepared, b.Prepared, ScoreSettings.Default), Exact);
            },
            iter: 3000
        );

    [Fact]
    public void What_agrees_never_lowers_a_score() =>
        Gen.Select(Pair, Subjects.OneOf(Agreeing))
            .Sample(
                (pair, added) =>
                {
                    var before = Scorer.Value(pair.A.Prepared, pair.B.Prepared, ScoreSettings.Default);
                    var (property, value) = added;
                    var after = Scorer.Value(
                        pair.A.With(property, value).Prepared,
                        pair.B.With(property, value).Prepared,
                        ScoreSettings.Default
                    );
                    Assert.True(after >= before - Exact, $"{after} after {property}, {before} before");
                },
                iter: 3000
            );

    [Fact]
    public void A_name_is_wholly_like_itself()
    {
        var namesOnly = ScoreSettings.Create(Algorithms.NameBased).Value;
        Subjects
            .Name.Where(n => Subjects.Named(n).NameCount > 0)
            .Sample(
                name =>
                {
                    Assert.Equal(1, Scorer.Value(Subjects.Named(name), Subjects.Named(name), namesOnly), 1e-6);
                    Assert.Equal(Scorer.IdenticalName, Subjects.Score(name, name), 1e-6);
                },
                iter: 1000
            );
    }

    [Fact]
    public void More_that_agrees_still_raises_a_score_that_is_high()
    {
        var same = new Said(Subjects.Person, [("name", "Ermias Ghermay")]);
        var values = new[] { same, same.With("nationality", "er"), same.With("birthDate", "1974") };
        var more = values[2].With("birthDate", "1974-05-02").With("passportNumber", "K7654321");
        var scores = values
            .Append(more)
            .Select(s => Scorer.Value(s.Prepared, s.Prepared, ScoreSettings.Default))
            .ToList();
        Assert.Equal(scores.Order(), scores);
        Assert.Equal(scores.Count, scores.Distinct().Count());
        Assert.True(scores[^1] < 1);
    }

    [Fact]
    public void No_text_whatever_makes_reading_fail() =>
        Gen.Select(Gen.String[0, 60], Gen.String[0, 60], Subjects.OneOf("Person", "Company", "Vessel"))
            .Sample((a, b, schema) => Assert.InRange(Subjects.Score(a, b, schema), 0, 1), iter: 5000);

    [Fact]
    public void No_mixture_of_scripts_makes_reading_fail()
    {
        var letters = Gen.OneOf(
            Gen.Char['a', 'z'],
            Gen.Char['\u0370', '\u06FF'],
            Gen.Char['\u0900', '\u0DFF'],
            Gen.Char['\u1200', '\u13FF'],
            Gen.Char['\u3040', '\u9FFF'],
            Gen.Char['\uD800', '\uDFFF'],
            Gen.Const(' ')
        );
        var text = letters.Array[0, 80].Select(c => new string(c));
        Gen.Select(text, text).Sample((a, b) => Assert.InRange(Subjects.Score(a, b), 0, 1), iter: 5000);
    }

    [Fact]
    public void A_weight_of_nothing_silences_a_feature()
    {
        var a = new Said(Subjects.Person, [("name", "Ermias Ghermay"), ("birthDate", "1974")]).Prepared;
        var b = new Said(Subjects.Person, [("name", "Ermias Ghermay"), ("birthDate", "1950")]).Prepared;
        var silent = ScoreSettings.Create(null, new Dictionary<string, double> { [Features.BirthDate] = 0 }).Value;
        Assert.Equal(Scorer.IdenticalName, Scorer.Value(a, b, silent), Exact);
        Assert.True(Scorer.Value(a, b, ScoreSettings.Default) < Scorer.IdenticalName);
    }

    [Fact]
    public void The_reasons_name_the_pieces_that_met_in_plain_words()
    {
        var part = NameScore.Compare("GHERMAY, Ermias", "إرمياس غيرماي", Subjects.Person).Parts[0];
        Assert.Equal(["Ermias", "GHERMAY"], part.Pairs.Select(p => p.Query.Text));
        Assert.All(part.Pairs, p => Assert.Equal(PartMatch.OtherScript, p.How));
        Assert.Contains("Ermias is إرمياس in another script", part.Detail, StringComparison.Ordinal);
        var missing = NameScore.Compare("Vladimir Putin", "Vladimir Vladimirovich Putin", Subjects.Person).Parts[0];
        Assert.Contains("Putin is the same", missing.Detail, StringComparison.Ordinal);
        Assert.Contains("only the candidate has vladimirovich", missing.Detail, StringComparison.Ordinal);
    }
}
