using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Spectre.Console;

namespace Lanthorn.Bench.Matching;

/// <summary>
/// 50,000 synthetic persons who are on no list, asked against the UN and OFAC lists: for how many does the engine name
/// somebody at 0.70? By name only and with the date of birth, and by script and surname, so that a group that suffers more
/// false matches than the others is seen. Then the damaged UN names that must be found.
/// </summary>
internal static class FalseMatches
{
    private const double Threshold = 0.7;
    private const double FewestExpected = 30;

    public static async Task RunAsync(Options options, CancellationToken cancellation)
    {
        var entries = await OfficialNames.ReadAsync(options, cancellation);
        var index = OfficialNames.Index(entries);
        var folder = Path.Combine(OfficialNames.NeedPack(options), "names");
        var people = CsvRows.Read(Path.Combine(folder, "negatives_us.csv"));
        var byName = people.ConvertAll(p => Best(p, withDate: false));
        var withDate = people.ConvertAll(p => Best(p, withDate: true));
        var damaged = CsvRows.Read(Path.Combine(folder, "positives_un_treated.csv"));
        var recall = damaged.Count(p => Best(p, withDate: false).Score >= Threshold) / (double)damaged.Count;
        var recallWithDate = damaged.Count(p => Best(p, withDate: true).Score >= Threshold) / (double)damaged.Count;

        var table = Report.Table($"against {entries.Count:N0} entries at {Threshold}", "measure", "persons", "share");
        table.AddRow("false matches, name only", Report.Count(people.Count), Report.Percent(Share(byName)));
        table.AddRow("false matches, with birth date", Report.Count(people.Count), Report.Percent(Share(withDate)));
        table.AddRow("damaged names found, name only", Report.Count(damaged.Count), Report.Percent(recall));
        table.AddRow(
            "damaged names found, with birth date",
            Report.Count(damaged.Count),
            Report.Percent(recallWithDate)
        );
        AnsiConsole.Write(table);
        ShowGroups(people, byName);
        if (options.Has("--errors"))
            ShowErrors(people, byName, damaged);

        (double Score, int Entry) Best(Dictionary<string, string> person, bool withDate)
        {
            var subject = withDate
                ? OfficialNames.Subject(
                    Model.Get("Person"),
                    ("name", person["full_name"]),
                    ("birthDate", IsoDate(person["date_of_birth"]))
                )
                : OfficialNames.Subject(Model.Get("Person"), ("name", person["full_name"]));
            var found = new Candidate[20];
            var count = index.Find(subject, [1], null, found.Length, found);
            var best = (0d, -1);
            foreach (var candidate in found.AsSpan(0, count))
                if (Scorer.Value(subject, entries[candidate.Ordinal].Prepared, ScoreSettings.Default) is var score)
                    if (score > best.Item1)
                        best = (score, candidate.Ordinal);
            return best;
        }

        double Share(List<(double Score, int Entry)> scores) =>
            scores.Count(s => s.Score >= Threshold) / (double)scores.Count;

        void ShowErrors(
            List<Dictionary<string, string>> persons,
            List<(double Score, int Entry)> scores,
            List<Dictionary<string, string>> lost
        )
        {
            foreach (var (person, (score, entry)) in persons.Zip(scores))
                if (score >= Threshold)
                    Console.WriteLine(
                        $"{score:0.000} {person["full_name"]} | {string.Join(" / ", entries[entry].Names.Take(4))}"
                    );
            foreach (var person in lost)
                if (Best(person, withDate: false) is var (score, entry) && score < Threshold)
                    Console.WriteLine(
                        $"{score:0.000} lost {person["full_name"]} | {(entry < 0 ? "" : string.Join(" / ", entries[entry].Names.Take(3)))}"
                    );
        }
    }

    /// <summary>The pack writes 1969-7-16 here and there.</summary>
    private static string IsoDate(string date) =>
        string.Join('-', date.Split('-').Select(part => part.Length == 1 ? $"0{part}" : part));

    private static void ShowGroups(List<Dictionary<string, string>> people, List<(double Score, int Entry)> scores)
    {
        var rows = people.Zip(scores, (p, s) => (Person: p, IsHit: s.Score >= Threshold)).ToList();
        var mean = rows.Count(r => r.IsHit) / (double)rows.Count;
        var table = Report.Table(
            $"false matches by group, name only; groups with {FewestExpected} expected are held to 3 times the mean",
            "group",
            "persons",
            "hits",
            "share",
            "times the mean"
        );
        var groups = rows.GroupBy(r => $"script {ScriptOf(r.Person["full_name"])}")
            .Concat(rows.GroupBy(r => $"parts {r.Person["full_name"].Split(' ').Length}"))
            .Concat(
                rows.GroupBy(r => $"surname {r.Person["last_name"]}")
                    .Where(g => g.Count(r => r.IsHit) >= 3)
                    .OrderByDescending(g => g.Count(r => r.IsHit))
                    .Take(12)
            );
        foreach (var group in groups.Where(g => g.Count() >= 30))
        {
            var (persons, hits) = (group.Count(), group.Count(r => r.IsHit));
            var times = hits / (persons * mean);
            table.AddRow(
                Markup.Escape(group.Key),
                Report.Count(persons),
                Report.Count(hits),
                Report.Percent(hits / (double)persons),
                $"{times:0.0}{(times > 3 && persons * mean >= FewestExpected ? " (too many)" : "")}"
            );
        }
        AnsiConsole.Write(table);
    }

    private static string ScriptOf(string name) =>
        name.FirstOrDefault(char.IsLetter) switch
        {
            < '\u0370' => "Latin",
            < '\u0530' => "Greek, Cyrillic",
            < '\u0600' => "Hebrew, Armenian",
            < '\u0780' => "Arabic",
            < '\u0E00' => "Indian",
            < '\u1100' => "Thai",
            >= '\uAC00' and < '\uD7B0' => "Hangul",
            _ => "Chinese, Japanese",
        };
}
