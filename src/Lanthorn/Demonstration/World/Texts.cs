using System.Globalization;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>What people and officers write: posts in ten languages, reports in free text.</summary>
internal static class Texts
{
    private const int OffersIn100 = 45;
    private const int WarningsIn100 = 60;

    private static readonly string[] Days = ["12.03.", "18.05.", "07.08.", "21.09.", "02.10.", "30.11."];
    private static readonly string[] Currencies = ["EUR", "€", "USD"];
    private static readonly string[] ReportLanguages = ["en", "en", "fr", "es"];

    public static IEnumerable<WorldRecord> Posts(Unit unit)
    {
        var chance = unit.ChanceOf(Purpose.Posts);
        for (var at = 0; at < Sizes.Posts; at++)
        {
            var network = chance.Pick(unit.Networks);
            var recruiter = chance.Pick(network.In(Role.Recruiter));
            var own = unit.Handles.First(h => h.User == recruiter);
            var other = chance.Pick(unit.Handles.Where(h => h.Network.Length == 0).ToList());
            var kind = chance.Below(100) switch
            {
                < OffersIn100 => "offer",
                < WarningsIn100 => "warning",
                _ => "chatter",
            };
            var language = chance.Pick(Tables.PostLanguages);
            var (author, day) = (kind == "offer" ? own : other, WorldDay.Recent(chance));
            var text = chance.Pick([.. Tables.Posts[(language, kind)]]);
            yield return new WorldRecord(unit.EventId(WorldSource.Open, Purpose.Posts, at), "Message", null)
            {
                Published = day,
            }
                .With("bodyText", Filled(text, chance, recruiter.Phone!.Line))
                .With("language", language)
                .With("date", Spellings.Text(day))
                .With("author", $"@{author.Name}")
                .With("senderAccount", unit.Reference(author, WorldSource.Open));
        }
    }

    public static IEnumerable<WorldRecord> LiaisonReports(Unit unit) =>
        Reports(unit, WorldSource.Liaison, Purpose.LiaisonReports, "liaison", Sizes.LiaisonReports);

    public static IEnumerable<WorldRecord> DebriefReports(Unit unit) =>
        Reports(unit, WorldSource.TaskForce, Purpose.DebriefReports, "debrief", Sizes.DebriefReports);

    private static IEnumerable<WorldRecord> Reports(
        Unit unit,
        WorldSource source,
        Purpose purpose,
        string kind,
        int count
    )
    {
        var chance = unit.ChanceOf(purpose);
        for (var at = 0; at < count; at++)
        {
            var network = chance.Pick(unit.Networks);
            var language = kind == "liaison" ? chance.Pick(ReportLanguages) : "en";
            var (members, day) = (network.Members.ToList(), WorldDay.Recent(chance));
            var (person, other) = (chance.Pick(members), chance.Pick(members));
            var (name, second) = (PersonRecords.Heard(person, chance), PersonRecords.Heard(other, chance));
            string[] Sentences(string part) => [.. Tables.Reports[(kind, language, part)]];
            var bodies = Sentences("body");
            var first = chance.Below(bodies.Length);
            string[] parts =
            [
                chance.Pick(Sentences("opening")),
                bodies[first],
                bodies[(first + 1) % bodies.Length],
                chance.Pick(Sentences("closing")),
            ];
            var text = string.Join(' ', parts)
                .Replace("{person}", name, StringComparison.Ordinal)
                .Replace("{other}", second, StringComparison.Ordinal)
                .Replace("{vessel}", chance.Pick(network.Vessels).Name, StringComparison.Ordinal)
                .Replace("{plate}", chance.Pick(network.Vehicles).Plate, StringComparison.Ordinal);
            var number = (at + 1).ToString("0000", CultureInfo.InvariantCulture);
            var title =
                $"{(kind == "liaison" ? "Liaison" : "Debrief")} report {day.Year}/{unit.Number}-{number} (fictional)";
            yield return new WorldRecord(unit.EventId(source, purpose, at), "PlainText", null) { Published = day }
                .With("title", title)
                .With("fileName", $"{kind}-{unit.Number}-{number}.txt")
                .With("bodyText", Filled(text, chance, person.Phone!.Line))
                .With("language", language)
                .With("date", Spellings.Text(day));
        }
    }

    private static string Filled(string text, Chance chance, string phone) =>
        text.Replace("{phone}", phone, StringComparison.Ordinal)
            .Replace("{place}", chance.Pick(Tables.Coast).Name, StringComparison.Ordinal)
            .Replace("{day}", chance.Pick(Days), StringComparison.Ordinal)
            .Replace("{number}", $"{3 + chance.Below(40)}", StringComparison.Ordinal)
            .Replace("{price}", $"{100 * (8 + chance.Below(45))} {chance.Pick(Currencies)}", StringComparison.Ordinal);
}
