using System.Diagnostics;
using FuzzySharp;
using Lanthorn.Matching;
using Spectre.Console;

namespace Lanthorn.Bench.Matching;

/// <summary>
/// Scored pairs per second on one core: prepared names of the UN and OFAC lists that share a part, as screening meets
/// them (seeded). <c>--seconds</c> for each system.
/// </summary>
internal static class PairSpeed
{
    private const int Seed = 20261126;
    private const int Pairs = 50_000;

    public static async Task RunAsync(Options options, CancellationToken cancellation)
    {
        var entries = await OfficialNames.ReadAsync(options, cancellation);
        var pairs = Draw(entries);
        var winkler = new F23.StringSimilarity.JaroWinkler();
        var duration = TimeSpan.FromSeconds(Math.Min(options.Seconds, 5));
        var table = Report.Table(
            $"pair-speed: {Pairs:N0} pairs of names that share a part, one thread",
            "system",
            "pairs/s",
            "bytes allocated per pair"
        );
        Measure("Lanthorn, learnt costs, names prepared", p => Scorer.Value(p.A, p.B, ScoreSettings.Default));
        Measure("Lanthorn with reasons", p => Scorer.Compare(p.A, p.B, ScoreSettings.Default).Value);
        Measure("FuzzySharp WeightedRatio", p => Fuzz.WeightedRatio(p.TextA, p.TextB));
        Measure("F23 Jaro-Winkler", p => winkler.Similarity(p.TextA, p.TextB));
        AnsiConsole.Write(table);

        void Measure(string name, Func<Pair, double> score)
        {
            foreach (var pair in pairs.AsSpan(0, 10_000))
                score(pair);
            var (done, sum) = (0L, 0d);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) < duration)
                for (var i = 0; i < 1000; i++, done++)
                    sum += score(pairs[done % pairs.Length]);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            table.AddRow(name, Report.Count(done / seconds), Report.Count((double)allocated / done));
            GC.KeepAlive(sum);
        }
    }

    private sealed record Pair(PreparedSubject A, PreparedSubject B, string TextA, string TextB);

    private static Pair[] Draw(List<ListEntry> entries)
    {
        var random = new Random(Seed);
        var names = entries
            .SelectMany(e => e.Names.Select(n => (e.Schema, Name: n)))
            .Where(n => n.Name.Any(char.IsAsciiLetter))
            .ToList();
        var byPart = names
            .SelectMany((n, i) => Parts(n.Name).Select(part => (part, i)))
            .GroupBy(p => p.part, p => p.i)
            .ToDictionary(g => g.Key, g => g.ToArray());
        var prepared = names.ConvertAll(n => OfficialNames.Subject(n.Schema, ("name", n.Name)));
        var pairs = new List<Pair>(Pairs);
        while (pairs.Count < Pairs)
        {
            var a = random.Next(names.Count);
            var parts = Parts(names[a].Name).ToArray();
            if (parts.Length == 0)
                continue;
            var bearers = byPart[parts[random.Next(parts.Length)]];
            var b = bearers[random.Next(bearers.Length)];
            if (a != b)
                pairs.Add(
                    new(prepared[a], prepared[b], names[a].Name.ToLowerInvariant(), names[b].Name.ToLowerInvariant())
                );
        }
        return [.. pairs];
    }

    private static IEnumerable<string> Parts(string name) =>
        name.ToLowerInvariant()
            .Split([' ', '-', ',', '.'], StringSplitOptions.RemoveEmptyEntries)
            .Where(p => p.Length > 2);
}
