using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Spectre.Console;

namespace Lanthorn.Bench.Matching;

/// <summary>A name part in Latin and in another script, and how often it was seen so.</summary>
internal readonly record struct SpellingPair(string Latin, string Other, int Count);

/// <summary>
/// Name parts in another script are looked for among 10,000 Latin ones: does the one it was transliterated from come first,
/// or among the first ten? Every listed Latin form counts. The tenth of the file that training leaves out asks.
/// </summary>
internal static class Transliteration
{
    public const int Among = 10_000;
    private const int Asked = 2_000;

    public static readonly string[] Files =
    [
        "coling2018_wd_arabic_80",
        "coling2018_wd_hebrew_16",
        "coling2018_wd_russian_80",
    ];

    public static void Run(Options options)
    {
        var table = Report.Table(
            $"transliteration: a name part among {Among:N0}",
            "file",
            "asked",
            "recall@1",
            "recall@10",
            "queries/s"
        );
        foreach (var file in Files)
        {
            var pairs = Read(Path.Combine(OfficialNames.NeedPack(options), "translit", file));
            var (first, ten, asked, seconds) = Measure(pairs);
            table.AddRow(
                file,
                Report.Count(asked),
                Report.Share(first),
                Report.Share(ten),
                Report.Count(asked / seconds)
            );
        }
        AnsiConsole.Write(table);
    }

    /// <summary>Reads either layout of the pack: Latin, other, count; or other, Latin.</summary>
    public static List<SpellingPair> Read(string path) =>
        [
            .. File.ReadLines(path)
                .Select(l => l.Split('\t'))
                .Where(f => f.Length is 2 or 3)
                .Select(f =>
                    f.Length == 2
                        ? new SpellingPair(f[1], f[0], 1)
                        : new(
                            f[0],
                            f[1].Replace(" ", "", StringComparison.Ordinal),
                            int.Parse(f[2], CultureInfo.InvariantCulture)
                        )
                ),
        ];

    /// <summary>Held out from training by the name in the other script, so that no spelling of it was seen.</summary>
    public static bool IsHeldOut(SpellingPair pair)
    {
        var hash = 2166136261u;
        foreach (var c in pair.Other)
            hash = (hash ^ c) * 16777619;
        return (hash >> 8) % 10 == 0;
    }

    private static (double First, double Ten, int Asked, double Seconds) Measure(List<SpellingPair> pairs)
    {
        var held = pairs.Where(IsHeldOut).ToList();
        var asked = held.Select(p => p.Other).Distinct().Take(Asked).ToList();
        var right = held.GroupBy(p => p.Other).ToDictionary(g => g.Key, g => g.Select(p => p.Latin).ToHashSet());
        var pool = asked.SelectMany(a => right[a]).Concat(held.Select(p => p.Latin)).Concat(pairs.Select(p => p.Latin));
        var latin = pool.Distinct().Take(Among).ToList();
        var index = new CandidateIndex();
        var person = Model.Get("Person");
        var prepared = latin.ConvertAll(n => OfficialNames.Subject(person, ("name", n)));
        for (var i = 0; i < latin.Count; i++)
            index.Put(i, 0, (ulong)i * 0x9E3779B97F4A7C15, prepared[i]);
        var found = new Candidate[60];
        var (first, ten) = (0, 0);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        foreach (var other in asked)
        {
            var query = OfficialNames.Subject(person, ("name", other));
            var count = index.Find(query, [1], null, found.Length, found);
            var ranked = found[..count]
                .OrderByDescending(c => Scorer.Value(query, prepared[c.Ordinal], ScoreSettings.Default))
                .ThenBy(c => c)
                .Take(10)
                .Select(c => right[other].Contains(latin[c.Ordinal]))
                .ToList();
            first += ranked is [true, ..] ? 1 : 0;
            ten += ranked.Contains(true) ? 1 : 0;
        }
        var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds;
        return ((double)first / asked.Count, (double)ten / asked.Count, asked.Count, seconds);
    }
}
