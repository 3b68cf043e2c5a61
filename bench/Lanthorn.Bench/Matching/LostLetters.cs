using Lanthorn.Matching;
using Spectre.Console;

namespace Lanthorn.Bench.Matching;

/// <summary>
/// Names of the UN and OFAC lists with one letter lost in every part of three letters or more (seeded): is the entry that
/// bears the name first, or among the first ten? Entries that bear the same name count as found. Processor time, because the
/// machine may be shared.
/// </summary>
internal static class LostLetters
{
    private const int Seed = 20261125;
    private const int Asked = 3_000;

    public static async Task RunAsync(Options options, CancellationToken cancellation)
    {
        var entries = await OfficialNames.ReadAsync(options, cancellation);
        var bearers = Bearers(entries);
        var asked = Queries(entries);
        var index = OfficialNames.Index(entries);
        var table = Report.Table(
            $"lost letters: {asked.Count:N0} names of {entries.Count:N0} entries ({bearers.Count:N0} names)",
            "system",
            "hit@1",
            "hit@10",
            "queries/s"
        );
        var found = new Candidate[20];
        Measure("Lanthorn", q => Ask(index, q, found));
        if (!options.Has("--alone"))
        {
            using var lucene = new LuceneNames(entries);
            Measure("Lucene.NET, fuzzy terms", lucene.Find);
        }
        AnsiConsole.Write(table);

        void Measure(string name, Func<Query, IReadOnlyList<int>> find)
        {
            foreach (var query in asked.Take(200))
                find(query);
            var (first, ten) = (0, 0);
            var seconds = 0d;
            foreach (var query in asked)
            {
                var started = Environment.CpuUsage.TotalTime;
                var answer = find(query);
                seconds += (Environment.CpuUsage.TotalTime - started).TotalSeconds;
                first += answer.Count > 0 && bearers[Key(query.Name)].Contains(answer[0]) ? 1 : 0;
                ten += answer.Take(10).Any(bearers[Key(query.Name)].Contains) ? 1 : 0;
            }
            table.AddRow(
                name,
                Report.Percent((double)first / asked.Count),
                Report.Percent((double)ten / asked.Count),
                Report.Count(asked.Count / seconds)
            );
            if (options.Has("--errors") && name == "Lanthorn")
                foreach (var query in asked)
                    if (
                        find(query) is var answer
                        && !(answer.Count > 0 && bearers[Key(query.Name)].Contains(answer[0]))
                    )
                        Console.WriteLine(
                            $"{query.Text} for {query.Name}: {string.Join(" | ", answer.Take(2).Select(a => string.Join(" / ", entries[a].Names.Take(2))))}"
                        );
        }
    }

    internal sealed record Query(string Name, string Text, ListEntry Entry);

    internal static int[] Ask(CandidateIndex index, Query query, Candidate[] found)
    {
        var subject = OfficialNames.Subject(query.Entry.Schema, ("name", query.Text));
        var count = index.Find(subject, [1], null, found.Length, found);
        var scored = new (double Score, Candidate Candidate)[count];
        for (var i = 0; i < count; i++)
            scored[i] = (Scorer.Value(subject, index.GetPrepared(found[i].Ordinal)!, ScoreSettings.Default), found[i]);
        Array.Sort(
            scored,
            static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Candidate.CompareTo(b.Candidate)
        );
        var best = new int[Math.Min(10, count)];
        for (var i = 0; i < best.Length; i++)
            best[i] = scored[i].Candidate.Ordinal;
        return best;
    }

    /// <summary>Who bears a name; entries that share one of theirs are the same person on two lists.</summary>
    private static Dictionary<string, HashSet<int>> Bearers(List<ListEntry> entries)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var group = Enumerable.Range(0, entries.Count).ToArray();
        for (var i = 0; i < entries.Count; i++)
            foreach (var name in entries[i].Names)
                if (!first.TryAdd(Key(name), i))
                    group[Root(i)] = Root(first[Key(name)]);
        var members = Enumerable.Range(0, entries.Count).ToLookup(Root);
        return first.ToDictionary(f => f.Key, f => members[Root(f.Value)].ToHashSet(), StringComparer.Ordinal);

        int Root(int i)
        {
            while (group[i] != i)
                i = group[i];
            return i;
        }
    }

    /// <summary>AL-TURKI, Hassan and Hassan AL-TURKI are the same name: letters only, parts in order.</summary>
    internal static string Key(string name)
    {
        var plain = new string([.. name.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]);
        return string.Join(' ', plain.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private static List<Query> Queries(List<ListEntry> entries)
    {
        var random = new Random(Seed);
        var names = entries.SelectMany(e => e.Names.Select(n => (Name: n, Entry: e))).ToArray();
        random.Shuffle(names);
        return
        [
            .. names
                .Where(n => n.Name.Any(char.IsAsciiLetter))
                .Take(Asked)
                .Select(n => new Query(n.Name, Lose(n.Name, random), n.Entry)),
        ];
    }

    private static string Lose(string name, Random random) =>
        string.Join(
            ' ',
            name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => part.Length < 3 ? part : part.Remove(random.Next(part.Length), 1))
        );
}
