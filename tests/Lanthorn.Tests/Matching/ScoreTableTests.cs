using System.Globalization;
using System.Text;
using Lanthorn.Knowledge;
using Lanthorn.Matching;

namespace Lanthorn.Tests.Matching;

/// <summary>
/// Scores by hand, with every part and its words, in a committed table: a change of one number or one word of the scoring
/// shows in it. A row that changes is read and judged before it is committed.
/// </summary>
public sealed class ScoreTableTests
{
    private const string Pair = "Person; name=Ermias Ghermay";

    private static readonly string[][] Compared =
    [
        // Names: kinds of names and what was met in them.
        [Pair, Pair],
        [Pair, "Person; name=Ghermay Ermias"],
        [Pair, "Person; name=Ermias Girmay"],
        [Pair, "Person; name=ኤርሚያስ ግርማይ"],
        [Pair, "Person; name=E. Ghermay"],
        [Pair, "Person; name=Ermias Haile"],
        [Pair, "Person; name=Ermias"],
        ["Person; name=Ermias", Pair],
        [Pair, "Person; name=Bo Karlsson"],
        [Pair, "Person; weakAlias=Ermias Ghermay"],
        ["Person; weakAlias=Ermias Ghermay", "Person; weakAlias=Ermias Ghermay"],
        [Pair, "Person; previousName=Ermias Ghermay"],
        [Pair, "Person; name=Bo Karlsson; weakAlias=Ermias Ghermay; alias=Ermias Girmay"],
        [Pair, "Person; birthDate=1980"],
        ["Person; birthDate=1980", "Person; birthDate=1980"],
        ["Person; name=Abd al-Rahman Salim", "Person; name=Abdelrahman Saleem"],
        ["Company; name=Blue Star Shipping Ltd", "Company; name=Blue Star Shipping GmbH"],
        ["Company; name=Blue Star Shipping", "Company; name=Blue Star Trading"],
        // Kinds of things.
        [Pair, "Company; name=Ermias Ghermay"],
        [Pair, "LegalEntity; name=Ermias Ghermay"],
        ["Vessel; name=Blue Star", "Company; name=Blue Star"],
        // Identifiers: unique ones, issued ones, shared ones, and the strongest of several.
        ["Vessel; name=Blue Star; imoNumber=IMO9074729", "Vessel; name=Red Moon; imoNumber=IMO9074729"],
        ["Vessel; name=Blue Star; imoNumber=IMO9074729", "Vessel; name=Blue Star; imoNumber=IMO9074729"],
        [Pair + "; passportNumber=EP1234567", Pair + "; passportNumber=EP1234567"],
        [Pair + "; passportNumber=EP1234567", "Person; name=Bo Karlsson; passportNumber=EP1234567"],
        [Pair + "; passportNumber=EP1234567", Pair + "; passportNumber=EP7654321"],
        [Pair + "; phone=+218910000001", "Person; name=Ermias Girmay; phone=+218910000001"],
        [
            Pair + "; phone=+218910000001; passportNumber=EP1234567",
            "Person; name=Ermias Girmay; phone=+218910000001; passportNumber=EP1234567",
        ],
        // Countries.
        [Pair + "; nationality=er", "Person; name=Ermias Girmay; nationality=er"],
        [Pair + "; nationality=er", "Person; name=Ermias Girmay; nationality=se"],
        [Pair + "; nationality=er; nationality=ly", "Person; name=Ermias Girmay; nationality=ly; nationality=it"],
        [Pair + "; nationality=er", "Person; name=Ermias Girmay"],
        // Genders.
        [Pair + "; gender=male", "Person; name=Ermias Girmay; gender=male"],
        [Pair + "; gender=male", "Person; name=Ermias Girmay; gender=female"],
        [Pair + "; gender=female", "Person; name=Ermias Girmay; gender=other"],
        [Pair + "; gender=other", "Person; name=Ermias Girmay; gender=other"],
        [Pair + "; gender=male", "Person; name=Ermias Girmay"],
        // Addresses.
        [Pair + "; address=12 Harbour Road Tripoli", "Person; name=Ermias Girmay; address=Harbour Road 12 Tripoli"],
        [Pair + "; address=12 Harbour Road Tripoli", "Person; name=Ermias Girmay; address=7 Harbour Road Zuwara"],
        [Pair + "; address=12 Harbour Road Tripoli", "Person; name=Ermias Girmay; address=Main Street Tripoli"],
        [Pair + "; address=Tripoli", "Person; name=Ermias Girmay; address=Tripoli"],
        [Pair + "; address=Tripoli", "Person; name=Ermias Girmay"],
        // Everything at once, for and against.
        [
            Pair + "; birthDate=1980-05-17; nationality=er; gender=male; passportNumber=EP1234567",
            "Person; name=Ermias Girmay; birthDate=1980-05-17; nationality=er; gender=male; passportNumber=EP1234567",
        ],
        [
            Pair + "; birthDate=1980-05-17; nationality=er; gender=male",
            "Person; name=Ermias Girmay; birthDate=1991-11-30; nationality=se; gender=female",
        ],
        [
            Pair + "; birthDate=1980; birthDate=1991-03",
            "Person; name=Ermias Girmay; birthDate=1975; birthDate=1991-03-02",
        ],
    ];

    private static readonly string[] Dates =
    [
        "1980",
        "1981",
        "1982",
        "1983",
        "1984",
        "1968",
        "1986",
        "1868",
        "1980-05",
        "1980-06",
        "1980-05-17",
        "1980-05-06",
        "1980-06-05",
        "1980-06-17",
        "1981-05-17",
        "0980-12-31",
    ];

    [Fact]
    public void Every_score_of_the_table_is_what_it_was_with_the_same_reasons()
    {
        var table = new StringBuilder();
        foreach (var algorithm in new[] { "logic-v2", "name-based" })
        foreach (var pair in Compared)
            Write(table, pair, ScoreSettings.Create(algorithm).Value, algorithm);
        foreach (var (feature, weight) in from f in Features.All from w in new[] { 0, 0.5, 2 } select (f.Name, w))
        {
            var settings = ScoreSettings.Create(null, new Dictionary<string, double> { [feature] = weight }).Value;
            table.Append(CultureInfo.InvariantCulture, $"{feature} x {weight}:");
            foreach (var pair in Compared)
                table.Append(
                    CultureInfo.InvariantCulture,
                    $" {Scorer.Value(Read(pair[0]), Read(pair[1]), settings):0.0000}"
                );
            table.AppendLine();
        }
        GoldenFile.Check("tests/Lanthorn.Tests/Matching/score-table.txt", table.ToString());
    }

    [Fact]
    public void Two_dates_say_of_each_other_what_the_table_says()
    {
        var table = new StringBuilder();
        foreach (var a in Dates)
        foreach (var b in Dates)
        {
            var agreement = DateAgreement.Of(Number(a), Number(b));
            table.AppendLine(CultureInfo.InvariantCulture, $"{a} {b}: {agreement.Effect:0.00} {agreement.Words}");
            Assert.Equal(agreement, DateAgreement.Of(Number(b), Number(a)));
        }
        GoldenFile.Check("tests/Lanthorn.Tests/Matching/date-table.txt", table.ToString());
        Assert.Equal(Dates, Dates.Select(d => DateAgreement.Text(Number(d))));
    }

    [Fact]
    public void A_version_learnt_from_a_table_of_judged_pairs_is_what_it_was()
    {
        // Whoever judged went by the score, and by the country more than the score does, and was wrong now and then.
        var judged = Enumerable
            .Range(0, 9 * Compared.Length)
            .Select(i =>
                (At: i, Left: Read(Compared[i % Compared.Length][0]), Right: Read(Compared[i % Compared.Length][1]))
            )
            .Select(p => new JudgedPair(
                Evidence.Of(p.Left, p.Right),
                Scorer.Value(p.Left, p.Right, ScoreSettings.Default) > (p.At % 3 == 0 ? 0.9 : 0.6) != (p.At % 11 == 3),
                2 * p.At,
                p.At % 7 == 0 ? 1 : 2 * p.At + 1
            ))
            .ToList();

        var trained = TrainScorer.Train(judged, threshold: 0.7).Value;

        var table = new StringBuilder();
        foreach (var strength in Enum.GetValues<Strength>())
            table.AppendLine(CultureInfo.InvariantCulture, $"{strength} {trained.Strengths[strength]:0.000}");
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"shift {trained.Calibration.Shift:0.000} slope {trained.Calibration.Slope:0.000}"
        );
        foreach (var figures in new[] { trained.Before, trained.After })
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"precision {figures.Precision:0.000} recall {figures.Recall:0.000} f1 {figures.F1:0.000} area {figures.PrecisionRecallArea:0.000} brier {figures.Brier:0.000} error {figures.CalibrationError:0.000} {string.Join(' ', figures.Scripts)}"
            );
        foreach (var band in trained.Bands)
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"from {band.From:0.0}: {band.Pairs} pairs, {band.Same} the same, {band.Expected:0.000} expected"
            );
        var learnt = ScoreSettings.Default.With(new LearntScorer("golden", trained.Strengths, trained.Calibration));
        foreach (var pair in Compared)
            Write(table, pair, learnt, "learnt");
        GoldenFile.Check("tests/Lanthorn.Tests/Matching/learnt-table.txt", table.ToString());
    }

    [Theory]
    [InlineData("nothing-such")]
    [InlineData("logic-v3")]
    public void An_unknown_algorithm_is_refused_with_those_that_there_are(string name)
    {
        var refused = ScoreSettings.Create(name);

        Assert.False(refused.IsAccepted);
        Assert.Contains(name, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_are_read_by_their_own_and_by_others_names_up_to_their_limit()
    {
        var settings = ScoreSettings
            .Create(
                "logic-v1",
                new Dictionary<string, double>
                {
                    [Features.BirthDate] = -1.5,
                    ["gender_mismatch"] = 0,
                    ["country_mismatch"] = 0.3,
                    ["orgid_disjoint"] = 1,
                }
            )
            .Value;

        Assert.Equal(1.5, settings.WeightOf(Features.BirthDate));
        Assert.Equal(0, settings.WeightOf(Features.Gender));
        Assert.Equal(1, settings.WeightOf(Features.Country));
        Assert.Equal(1, settings.WeightOf(Features.Name));
        Assert.Equal(["orgid_disjoint"], settings.IgnoredWeights);
        Assert.True(Weight(ScoreSettings.MaxWeight).IsAccepted);
        Assert.False(Weight(ScoreSettings.MaxWeight + 0.01).IsAccepted);
        Assert.False(Weight(double.NaN).IsAccepted);

        static Parsed<ScoreSettings> Weight(double weight) =>
            ScoreSettings.Create(null, new Dictionary<string, double> { [Features.Name] = weight });
    }

    private static void Write(StringBuilder table, string[] pair, ScoreSettings settings, string algorithm)
    {
        var (left, right) = (Read(pair[0]), Read(pair[1]));
        var score = Scorer.Compare(left, right, settings);
        Assert.Equal(score.Value, Scorer.Value(left, right, settings));
        table.AppendLine(CultureInfo.InvariantCulture, $"{pair[0]} | {pair[1]} | {algorithm}: {score.Value:0.0000}");
        foreach (var part in score.Parts)
        {
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {part.Feature} {part.Points:0.0000} {part.Detail} [{part.QueryValue} / {part.CandidateValue}]"
            );
            foreach (var met in part.Pairs)
                table.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"    {met.Query.Text}@{met.Query.Start} {met.How} {met.Candidate.Text}@{met.Candidate.Start} {met.Likeness:0.000}"
                );
        }
    }

    /// <param name="said">Schema; property=value; …</param>
    private static PreparedSubject Read(string said)
    {
        var parts = said.Split("; ");
        var values = parts.Skip(1).Select(p => p.Split('=')).Select(p => (p[0], p[1]));
        return new Said(Model.Get(parts[0]), [.. values]).Prepared;
    }

    private static int Number(string date)
    {
        var parts = date.Split('-').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToList();
        return parts[0] * 10_000 + parts.ElementAtOrDefault(1) * 100 + parts.ElementAtOrDefault(2);
    }
}
