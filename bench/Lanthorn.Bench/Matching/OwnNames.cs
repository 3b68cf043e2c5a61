using Lanthorn.Matching;
using Spectre.Console;

namespace Lanthorn.Bench.Matching;

/// <summary>
/// Every name and alias of the UN and OFAC lists, asked for as it stands: is the entry that bears it first? Where another
/// entry bears it as surely, the entry has to be among the first three. Weak aliases apart: they are held to nothing.
/// </summary>
internal static class OwnNames
{
    private const int Among = 3;
    private const double Exact = 1e-9;

    public static async Task<int> RunAsync(Options options, CancellationToken cancellation)
    {
        var entries = await OfficialNames.ReadAsync(options, cancellation);
        var index = OfficialNames.Index(entries);
        var table = Report.Table(
            $"own names of {entries.Count:N0} entries",
            "names",
            "asked",
            "first",
            "shared, among three",
            "not found"
        );
        var missed = new List<string>();
        Ask("names and strong aliases", e => e.Names, missed);
        Ask("weak aliases", e => e.Properties["weakAlias"], []);
        AnsiConsole.Write(table);
        foreach (var line in missed)
            Console.WriteLine(line);
        return missed.Count;

        double ScoreOf(LostLetters.Query query, int at) =>
            Scorer.Value(
                OfficialNames.Subject(query.Entry.Schema, ("name", query.Text)),
                entries[at].Prepared,
                ScoreSettings.Default
            );

        void Ask(string title, Func<ListEntry, IEnumerable<string>> namesOf, List<string> misses)
        {
            var (asked, shared, notFound) = (0, 0, 0);
            var found = new Candidate[20];
            foreach (var (at, entry) in entries.Index())
            foreach (var name in namesOf(entry).Distinct(StringComparer.Ordinal))
            {
                cancellation.ThrowIfCancellationRequested();
                asked++;
                var query = new LostLetters.Query(name, name, entry);
                var best = LostLetters.Ask(index, query, found);
                if (best.Length > 0 && best[0] == at)
                    continue;
                // Another entry bears the name as surely: then this one has to be among the first few.
                if (best.Take(Among).Contains(at) && ScoreOf(query, at) >= ScoreOf(query, best[0]) - Exact)
                {
                    shared++;
                    continue;
                }
                notFound++;
                var first = best.Length > 0 ? string.Join(" / ", entries[best[0]].Names.Take(2)) : "nobody";
                misses.Add($"{name} ({entry.Id}): {first}");
            }
            table.AddRow(
                title,
                Report.Count(asked),
                Report.Count(asked - shared - notFound),
                Report.Count(shared),
                Report.Count(notFound)
            );
        }
    }
}
