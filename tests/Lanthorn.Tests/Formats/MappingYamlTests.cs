using System.Text;
using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

/// <summary>A mapping written as YAML is the mapping that is read from it.</summary>
public sealed class MappingYamlTests
{
    private static readonly string[] Headings =
    [
        "NO",
        "null",
        "true",
        "~",
        "No",
        "12",
        "1.5e3",
        "- a",
        "a: b",
        "a #b",
        "'quoted'",
        "\"quoted\"",
        "back\\slash",
        "{a}",
        "[a, b]",
        "*alias",
        "&anchor",
        "!tag",
        "%directive",
        "@at",
        "`tick",
        "a\nb",
        "tab\there",
        "?",
        "---",
        "...",
        "|",
        ">",
        "N° dossier",
        "Größe",
        "اسم",
        "名前",
        "\u0085next\u2028line\uFEFF",
        "\u202Eleft",
        "😀",
        "\uFFFE",
        "a, b",
        "=1+1",
    ];

    private static string Told(ColumnMapping m) =>
        string.Join(
            "\n",
            [
                m.Schema.Name,
                m.IdColumn,
                m.PublishedColumn ?? "none",
                $"{m.Delimiter}{m.Encoding}{m.Sheet}{m.Dates}",
                .. m.Properties.Select(p =>
                    $"{p.Property}={string.Join('\u0001', p.Columns)} {p.Split} {p.AreSeparate}"
                ),
                .. m.Constants.Select(c => $"{c.Property}={c.Value}"),
            ]
        );

    [Fact]
    public void What_is_written_is_read_as_it_was_whatever_the_headings_are()
    {
        var chance = new Random(7);
        string Any() =>
            chance.Next(3) > 0
                ? Headings[chance.Next(Headings.Length)]
                : string.Concat(Enumerable.Range(0, chance.Next(1, 6)).Select(_ => Character(chance)));
        for (var count = 0; count < 500; count++)
        {
            var mapping = new ColumnMapping
            {
                Schema = Knowledge.Model.Get("Person"),
                IdColumn = Any(),
                PublishedColumn = chance.Next(2) == 0 ? Any() : null,
                Delimiter = ",;\t|:#"[chance.Next(6)],
                Encoding = chance.Next(2) == 0 ? "windows-1252" : "utf-8",
                Dates = (DateOrder)chance.Next(3),
                Sheet = chance.Next(2) == 0 ? Any() : null,
                Properties =
                [
                    new("name", [Any(), Any()], null),
                    new("alias", [Any(), Any()], Any()) { AreSeparate = true },
                    new("notes", [Any()], chance.Next(2) == 0 ? "\n" : null),
                ],
                Constants = [("topics", "sanction"), ("topics", "crime"), ("keywords", Any())],
            };

            var yaml = mapping.ToYaml();
            var back = ColumnMapping.Parse(yaml);

            // Constants are cleaned, and what is no text is refused there; headings are as they are.
            if (!back.IsAccepted && back.Reason.StartsWith("constants.", StringComparison.Ordinal))
                continue;
            Assert.True(back.IsAccepted, $"{back.Reason}\n{yaml}");
            Assert.Equal(Told(mapping), Told(back.Value));
        }
    }

    private static string Character(Random chance)
    {
        var value = chance.Next(4) == 0 ? chance.Next(0x20) : chance.Next(1, 0x10FFFF);
        return Rune.IsValid(value) && value > 0 ? new Rune(value).ToString() : "x";
    }

    [Fact]
    public void Plain_words_stand_without_quotes_so_that_people_can_read_them()
    {
        const string yaml = """
            schema: Person
            id: Réf
            delimiter: ;
            dates: day-first
            properties:
              name: [FIRST NAME, Nachname]
              alias: { columns: [A, B], separate: true }

            """;

        Assert.Equal(
            yaml.Replace("delimiter: ;", "delimiter: \";\"", StringComparison.Ordinal).ReplaceLineEndings("\n"),
            ColumnMapping.Parse(yaml).Value.ToYaml()
        );
    }

    [Theory]
    [InlineData("properties: { name: { columns: A, separate: maybe } }", "separate")]
    [InlineData("dates: sometimes\nproperties: { name: A }", "dates")]
    public void What_the_new_keys_cannot_say_is_refused(string rest, string key)
    {
        var refused = ColumnMapping.Parse($"schema: Person\nid: NO\n{rest}");

        Assert.Contains(key, refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Separate_columns_have_values_of_their_own_and_dates_are_read_in_the_order_of_the_table()
    {
        const string yaml = """
            schema: Person
            id: NO
            dates: DATES
            properties:
              alias: { columns: [A, B], separate: true }
              birthDate: BORN
            """;
        const string text =
            "NO,A,B,BORN\n1,Ann,Anna,03/04/1985\n2,Ann,,31.12.1985\n3,,,٠٣/٠٤/١٩٨٥\n4,,,31/31/1985\n5,,,1985\n6,,,03/04/1985 00:00:00\n";
        async Task<Reading> ReadAsync(string order) =>
            await Sample.ReadAsync(
                "csv",
                ColumnMapping.Parse(yaml.Replace("DATES", order, StringComparison.Ordinal)).Value,
                Sample.File("t.csv", text)
            );

        var (day, month, iso) = (await ReadAsync("day-first"), await ReadAsync("month-first"), await ReadAsync("iso"));

        Assert.Equal("Ann | Anna", day["1"].Of("alias"));
        Assert.Equal("Ann", day["2"].Of("alias"));
        Assert.Equal(
            ["1985-04-03", "1985-12-31", "1985-04-03", "", "1985", "1985-04-03"],
            day.Records.Select(r => r.Of("birthDate"))
        );
        Assert.Equal("1985-03-04", month["1"].Of("birthDate"));
        Assert.Equal("", iso["1"].Of("birthDate"));
        Assert.Equal("31/31/1985", Assert.Single(day["4"].DroppedValues).Value);
    }
}
