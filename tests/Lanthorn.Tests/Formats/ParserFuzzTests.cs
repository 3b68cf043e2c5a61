using System.Text;
using System.Text.Json;
using Lanthorn.Formats;
using Lanthorn.Governance;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Screening;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using SearchTexts = Lanthorn.Screening.SearchTexts;

namespace Lanthorn.Tests.Formats;

/// <summary>
/// Everything that reads a text from outside, on texts that chance has damaged: a value or a refusal with its reason, never
/// anything else; and what was taken reads back as the same. The seed of a failure is printed.
/// </summary>
public sealed class ParserFuzzTests
{
    private const int Inputs = 12_000;

    private sealed record Subject(string Name, Action<string> Read, params string[] Texts);

    private static readonly Subject[] Subjects =
    [
        Reading(
            "label",
            Label.Parse,
            "purpose=enforcement;org=a|b;compartment=C;role=R;tlp=amber",
            "tlp=red;org=Αθήνα",
            "purpose=enforcement|public"
        ),
        Reading("evaluation", Evaluation.Parse, "B3", "A1", "admiralty:F6", "X4"),
        Reading("source code", SourceCode.Parse, "un-sc", "us-ofac", "a1-b2-c3"),
        Reading("handling", HandlingText.Parse, h => h.Text(), "H0", "H1+H2", "H3"),
        Reading("tlp", TlpText.Parse, t => t.Text(), "AMBER+STRICT", "clear", "RED"),
        Reading("token scope", t => TextOf(TokenScope.Parse(t)), "enforcement prevention", "public"),
        Reading("iban", Iban.Parse, "GB29 NWBK 6016 1331 9268 19", "DE89370400440532013000"),
        Reading("imo", ImoNumber.Parse, "IMO 9074729", "9074729"),
        Reading("language", LanguageCode.Parse, "en", "prs", "fr-CA", "Arabic"),
        Reading("country", CountryCode.Parse, "Libya", "LBY", "ليبيا", "中国"),
        Reading("e-mail", EmailAddress.Parse, "ana.petrova+x@alpha.example", "\"q\"@b.example"),
        Reading("web address", WebAddress.Parse, "https://example.org:8080/a?b=c#d", "HTTP://Ex.ORG/ü"),
        Reading(
            "partial date",
            PartialDate.Parse,
            "2024-03-14T08:30:05.123Z",
            "March 14, 2024",
            "03/14/2024",
            "1980-00-00",
            "٢٠٢٤-٠٣-١٤"
        ),
        Reading(
            "phone",
            t => PhoneNumber.Parse(t, ["ge"]),
            "+995 555 12 34 56",
            "0322 12 34 56",
            "00995555123456;ext=7"
        ),
        new("record id", RecordIdOf, new string('a', 32), "0123456789abcdef0123456789ABCDEF"),
        new(
            "mapping",
            MappingOf,
            "schema: Person\nid: NO\nproperties:\n  name: [FIRST, LAST]\n  birthDate: &a DOB\n  notes: *a\n"
        ),
        new("property", PropertyOf, "1986-03", "ge", "+995551234567", "DE89370400440532013000", "IMO 9074729"),
        new(
            "address of a database",
            AddressOf,
            "Host=db.example;Database=d;Username=u;Password='a;b';SSL Mode=Require",
            "Host=[::1]:5,/run;Database=d"
        ),
        new("names", NamesOf, "ana.petrova", "ana@alpha.example", "Agency of the North"),
        new("encoding", t => Explained(Lanthorn.Formats.TextEncoding.Find(t)), "utf-8", "windows-1251"),
        new(
            "match",
            MatchOf,
            """{"weights":{"name":0.5},"queries":{"q":{"id":"x","schema":"Person","properties":{"name":["Ana","\u0410"],"country":"ge"}}}}""",
            """{"queries":{"a":{"schema":"Company","properties":{"name":[1,true,null]}},"b":{"schema":"Thing","properties":{}}}}"""
        ),
        new(
            "query string",
            QueryOf,
            "?q=ana+OR+petrova&limit=10&offset=5&sort=label:asc&filter=schema:Person&changed_since=2026-01-01&schema=Person",
            "?threshold=0.5&cutoff=0.1&countries=ge&countries=ly&topics=crime&exclude_schema=Company&algorithm=best"
        ),
        new("names to be scored", ScoreOf, "Ana Petrova", "محمد علي", "李明花", "Владимир", "ኣበበ"),
        new(
            "settings",
            SettingsOf,
            """{"Data":"./d","Urls":"http://127.0.0.1:5080","SessionHours":8,"UploadMegabytes":512,"TokenDays":90}"""
        ),
        new("words", WordsOf, "ana petrova", "李明花 محمد", "Ana OR \"x*\" NEAR(a b) -c"),
    ];

    [Fact]
    public void A_damaged_text_is_read_or_refused_and_what_is_read_reads_back()
    {
        // Of each kind the first failure, so that one does not hide another.
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var seed in Damage.Seeds(Inputs))
        {
            var (chance, subject) = (new Random(seed), Subjects[seed % Subjects.Length]);
            var text = Damage.To(subject.Texts[chance.Next(subject.Texts.Length)], chance);
            if (WhyWrong(subject, text) is { } why)
                failures.TryAdd(
                    subject.Name,
                    $"seed {seed}, {subject.Name}: {why} on {JsonSerializer.Serialize(text)}"
                );
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures.Values));
    }

    /// <summary>What long runs found, kept so that every run tries it.</summary>
    [Theory]
    [InlineData(
        "mapping",
        "schema: Person\npr name: [FIRST, LAoperties:\n  birthDate: &a DOB\nate: &a DOB\nrthDate: &a DOB\n&a DOB\n"
    )]
    [InlineData("mapping", "schema: Person\nid: N NO\n: NO\nprop\uFFFDrties:\n O\n: ")]
    [InlineData("address of a database", "[Hosk=")]
    [InlineData("words", "李明花 \uFFFE")]
    [InlineData("names to be scored", "李明花 \uFFFE")]
    [InlineData("match", """{"queries":{"a":{"sch\\ud800ema":"Company","properties":{"name":["\\ud800"]}}}}""")]
    [InlineData("settings", """{"SessionHours":"many"}""")]
    [InlineData("settings", """{"SessionHours":-1}""")]
    [InlineData("settings", "{")]
    public void What_once_broke_is_read_or_refused(string name, string text) =>
        Assert.Null(WhyWrong(Subjects.Single(s => s.Name == name), text));

    private static string? WhyWrong(Subject subject, string text)
    {
        try
        {
            subject.Read(text);
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Refusal.Message.Length > 0 ? null : "refused without a reason";
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name} {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Lanthorn", StringComparison.Ordinal))}";
        }
    }

    /// <summary>A reader of a value that writes itself as a text.</summary>
    private static Subject Reading<T>(string name, Func<string?, Parsed<T>> parse, params string[] texts) =>
        Reading(name, parse, v => $"{v}", texts);

    private static Subject Reading<T>(
        string name,
        Func<string?, Parsed<T>> parse,
        Func<T, string> write,
        params string[] texts
    ) =>
        new(
            name,
            text =>
            {
                var read = parse(text);
                Explained(read);
                if (!read.IsAccepted)
                    return;
                var again = parse(write(read.Value));
                Assert.True(again.IsAccepted, $"'{write(read.Value)}' is refused: {again.Reason}");
                Assert.Equal(write(read.Value), write(again.Value));
                Assert.Equal(read.Value, again.Value);
            },
            texts
        );

    private static Parsed<string> TextOf(Parsed<TokenScope> read) =>
        read.IsAccepted ? Parsed.Accept(read.Value.Text) : Parsed.Refuse(read.Reason);

    private static void Explained<T>(Parsed<T> read)
    {
        if (!read.IsAccepted)
            Assert.NotEmpty(read.Reason);
    }

    private static void RecordIdOf(string text)
    {
        if (RecordId.TryParse(text, out var id))
            Assert.True(RecordId.TryParse($"{id}", out var again) && again == id);
    }

    private static void MappingOf(string text)
    {
        var read = ColumnMapping.Parse(text);
        Explained(read);
        if (read.IsAccepted)
            Assert.NotNull(read.Value.Schema);
    }

    private static void PropertyOf(string text)
    {
        foreach (var name in new[] { "name", "birthDate", "country", "phone", "idNumber", "email", "website", "notes" })
        {
            var property = Model.Get("Person").Find(name)!;
            var read = PropertyCleaning.Clean(property, text, new(["ge"]));
            Explained(read);
            if (read.IsAccepted)
                Assert.Equal(read.Value, PropertyCleaning.Clean(property, read.Value, new(["ge"])).Value);
        }
    }

    private static void AddressOf(string text)
    {
        try
        {
            Assert.NotEmpty(PostgresAddress.Parse(text).Host!);
        }
        catch (RefusedByStoreException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    private static void NamesOf(string text)
    {
        foreach (
            var name in new Func<string, string?>[] { Names.Account, Names.Organisation, Names.Email, Names.Token }
        )
            try
            {
                if (name(text) is { } kept)
                    Assert.Equal(kept, name(kept));
            }
            catch (RefusedException)
            {
                // The next may take it.
            }
    }

    private static void MatchOf(string text)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException)
        {
            return;
        }
        using (json)
            Assert.InRange(
                MatchRequest.Parse("default", QueryCollection.Empty, json.RootElement).Queries.Count,
                1,
                MatchRequest.MaxQueries
            );
    }

    private static void QueryOf(string text)
    {
        var query = new QueryCollection(QueryHelpers.ParseQuery(text));
        Assert.InRange(SearchTexts.Parse("default", query).Limit, 0, 500);
        using var json = JsonDocument.Parse("""{"queries":{"q":{"schema":"Person","properties":{"name":"Ana"}}}}""");
        Assert.InRange(MatchRequest.Parse("default", query, json.RootElement).Threshold, 0, 1);
    }

    private static void ScoreOf(string text)
    {
        foreach (var schema in new[] { "Person", "Company", "Vessel" })
            Assert.InRange(NameScore.Compare(text, "Ana Petrova", Model.Get(schema)).Value, 0, 1);
    }

    private static void SettingsOf(string text)
    {
        var folder = Directory.CreateTempSubdirectory("lanthorn-settings-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "lanthorn.json"), Encoding.UTF8.GetBytes(text));
            var settings = Settings.Read(folder.FullName);
            foreach (var number in typeof(Settings).GetProperties().Where(p => p.PropertyType == typeof(int)))
                Assert.InRange((int)number.GetValue(settings)!, 1, 1_000_000);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void WordsOf(string text)
    {
        var (meaning, mistake) = SearchLanguage.Read(text);
        Assert.True(meaning is null != mistake is null);
        var query = TextKeys.Query(text);
        Assert.InRange(query.Count, 0, TextKeys.MaxWords);
        // Letters and digits alone: nothing in them means anything to a database.
        Assert.All(
            query,
            w => Assert.DoesNotContain(w.Text, c => "'\"%_\\*()^:".Contains(c, StringComparison.Ordinal))
        );
        Assert.Equal(TextKeys.Fold(text), TextKeys.Fold(TextKeys.Fold(text)));
        Assert.True(Encoding.UTF8.GetByteCount(TextKeys.Fold(text)) <= 20 * (Encoding.UTF8.GetByteCount(text) + 1));
    }
}
