using System.Globalization;
using Lanthorn.Knowledge;
using Spectre.Console;

namespace Lanthorn.Bench.Matching;

/// <summary>A pair of names of which somebody says whether they match, and how surely.</summary>
internal sealed record NamePair(Schema Schema, string A, string B, bool IsMatch, string Quality)
{
    public bool IsLatin => (A + B).All(c => !char.IsLetter(c) || c < '\u0370' || c is >= '\u1E00' and < '\u1F00');
}

/// <summary>
/// F1 at a threshold of 0.70 on the labelled pairs of the public name bench (half of it is in the pack), beside the
/// peers'; then the engine alone by quality and script, and with <c>--errors</c> each pair on the wrong side.
/// </summary>
internal static class NameBench
{
    private const double Threshold = 0.7;

    public static void Run(Options options)
    {
        var pairs = Read(Path.Combine(OfficialNames.NeedPack(options), "names", "name_bench_odd.csv"));
        Compare(pairs);
        ByGroup(pairs);
        Calibration(pairs);
        if (options.Has("--errors"))
            ShowErrors(pairs);
    }

    public static List<NamePair> Read(string path) =>
        [
            .. CsvRows
                .Read(path)
                .Select(r => new NamePair(
                    Model.Get(r["schema"]),
                    r["name1"],
                    r["name2"],
                    r["is_match"] == "true",
                    r["quality"]
                )),
        ];

    private static void Compare(List<NamePair> pairs)
    {
        var table = Report
            .Table($"name-bench, {pairs.Count} pairs, threshold {Threshold}", "scorer", "F1", "precision")
            .AddColumn("recall")
            .AddColumn("F1 non-Latin")
            .AddColumn("best F1 at any threshold");
        foreach (var scorer in Peers.All)
        {
            var scored = Score(pairs, scorer);
            var all = Outcome.At(scored, Threshold);
            var other = Outcome.At([.. scored.Where(s => !s.Pair.IsLatin)], Threshold);
            var (best, at) = Enumerable
                .Range(1, 99)
                .Select(t => (Outcome.At(scored, t / 100.0).F1, At: t / 100.0))
                .Max();
            table.AddRow(
                scorer.Name,
                Report.Share(all.F1),
                Report.Share(all.Precision),
                Report.Share(all.Recall),
                Report.Share(other.F1),
                $"{Report.Share(best)} at {at:0.00}"
            );
        }
        AnsiConsole.Write(table);
    }

    private static void ByGroup(List<NamePair> pairs)
    {
        var table = Report.Table(
            "the engine by group",
            "group",
            "pairs",
            "right",
            "F1",
            "mean of matches",
            "mean of others"
        );
        var scored = Score(pairs, Peers.Lanthorn);
        var groups = scored
            .GroupBy(s => s.Pair.Quality)
            .Concat(scored.GroupBy(s => s.Pair.IsLatin ? "Latin" : "other scripts"))
            .Concat(scored.GroupBy(s => s.Pair.Schema.Name));
        foreach (var group in groups)
        {
            List<Scored> own = [.. group];
            table.AddRow(
                group.Key,
                own.Count.ToString(CultureInfo.InvariantCulture),
                Report.Share(own.Count(s => s.Value >= Threshold == s.Pair.IsMatch) / (double)own.Count),
                Report.Share(Outcome.At(own, Threshold).F1),
                Report.Share(own.Where(s => s.Pair.IsMatch).Select(s => s.Value).DefaultIfEmpty().Average()),
                Report.Share(own.Where(s => !s.Pair.IsMatch).Select(s => s.Value).DefaultIfEmpty().Average())
            );
        }
        AnsiConsole.Write(table);
    }

    private static void Calibration(List<NamePair> pairs)
    {
        var table = Report.Table(
            "calibration: of the pairs in a band of scores, how many match",
            "score",
            "pairs",
            "match"
        );
        foreach (
            var band in Score(pairs, Peers.Lanthorn).GroupBy(s => Math.Min(9, (int)(s.Value * 10))).OrderBy(b => b.Key)
        )
            table.AddRow(
                $"{band.Key / 10.0:0.0} to {(band.Key + 1) / 10.0:0.0}",
                band.Count().ToString(CultureInfo.InvariantCulture),
                Report.Share(band.Average(s => s.Pair.IsMatch ? 1.0 : 0))
            );
        AnsiConsole.Write(table);
    }

    private static void ShowErrors(List<NamePair> pairs)
    {
        foreach (var (pair, value) in Score(pairs, Peers.Lanthorn).OrderByDescending(s => s.Value))
            if (value >= Threshold != pair.IsMatch)
                Console.WriteLine(
                    $"{value:0.000} {(pair.IsMatch ? "match" : "other")} {pair.Quality} {pair.A} | {pair.B}"
                );
    }

    private static List<Scored> Score(List<NamePair> pairs, NameScorer scorer) =>
        [.. pairs.Select(p => new Scored(p, scorer.Score(p)))];

    private sealed record Scored(NamePair Pair, double Value);

    private readonly record struct Outcome(double Precision, double Recall, double F1)
    {
        public static Outcome At(List<Scored> scored, double threshold)
        {
            var (hit, wrong, missed) = (0d, 0d, 0d);
            foreach (var (pair, value) in scored)
                if (value >= threshold)
                    (hit, wrong) = pair.IsMatch ? (hit + 1, wrong) : (hit, wrong + 1);
                else if (pair.IsMatch)
                    missed++;
            return new(hit / (hit + wrong), hit / (hit + missed), 2 * hit / (2 * hit + wrong + missed));
        }
    }
}
