using System.Text;
using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

public sealed class MappedCsvTests
{
    private const string People = """
        schema: Person
        id: NO
        properties:
          name: [FIRST, LAST]
          alias: { columns: OTHER, split: "; " }
          birthDate: BORN
        """;

    private const string Header = "NO,FIRST,LAST,OTHER,BORN\n";

    private static ColumnMapping Mapping(string yaml = People) => ColumnMapping.Parse(yaml).Value;

    private static Task<Reading> Read(string text, string yaml = People) =>
        Sample.ReadAsync("csv", Mapping(yaml), Sample.File("t.csv", text));

    [Fact]
    public async Task Columns_become_properties_joined_by_a_blank_or_split()
    {
        var read = await Read(Header + "7,Anna,Lind,Ann; Annika,1980-02-03\n8,,Berg,,\n");
        Assert.Empty(read.Rejections);
        Assert.Equal(["Anna Lind", "Berg"], read.Records.Select(r => r.Of("name")));
        Assert.Equal("Ann | Annika", read["7"].Of("alias"));
        Assert.Equal("1980-02-03", read["7"].Of("birthDate"));
        Assert.Null(read["7"].PublicId);
        Assert.All(read.Records, r => Assert.Empty(r.DroppedValues));
    }

    [Fact]
    public async Task Quotes_hold_delimiters_doubled_quotes_and_line_breaks_and_lines_are_still_counted_right()
    {
        var read = await Read(Header + "1,\"Anna \"\"A\"\"\r\nMaria\",\"Lind, sr\",,\r\n\r\n2,B,C,,\r3,too,few\n");
        // A name has no line breaks: cleaning makes a blank of each.
        Assert.Equal("Anna \"A\" Maria Lind, sr", string.Join(' ', read["1"].Properties["name"]));
        Assert.Equal([2L, 5L], read.Records.Select(r => r.Place.Line));
        Assert.Equal(6, Assert.Single(read.Rejections).Line);
    }

    [Theory]
    [InlineData("1,a,b\n", 1, 3 + 2, "3 columns and the header 5")]
    [InlineData("1,a,b,,,x\n", 1, 9, "6 columns and the header 5")]
    [InlineData("1,\"a\"b,c,,\n", 1, 6, "text after the quote")]
    [InlineData(",a,b,,\n", 1, 1, "an id has")]
    [InlineData("1,a\0,b,,\n", 1, 4, "NUL")]
    public async Task A_damaged_row_is_refused_with_line_and_column_and_the_next_is_read(
        string row,
        int line,
        int column,
        string reason
    )
    {
        var read = await Read(Header + row + "2,B,C,,\n");
        var refused = Assert.Single(read.Rejections);
        Assert.Equal((line + 1, column), ((int)refused.Line, refused.Column));
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(read.Records).ExternalId);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_one_row()
    {
        var read = await Read(Header + "1,A,B,,\n2,\"C,D,,\n3,E,F,,\n");
        Assert.Equal("1", Assert.Single(read.Records).ExternalId);
        var refused = Assert.Single(read.Rejections);
        Assert.Equal((3L, 3), (refused.Line, refused.Column));
        Assert.Contains("never closed", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_over_the_limit_is_refused_and_reading_goes_on_at_the_next_line()
    {
        var read = await Read(Header + "1,\"" + new string('x', 3_000_000) + "\n2,B,C,,\n");
        Assert.Contains("1,048,576 characters", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(read.Records).ExternalId);
    }

    [Fact]
    public async Task A_second_row_with_the_same_id_is_refused()
    {
        var read = await Read(Header + "1,A,B,,\n1,C,D,,\n");
        Assert.Equal("A B", read["1"].Of("name"));
        Assert.Contains("second row", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delimiter_encoding_date_and_constants_come_from_the_mapping()
    {
        const string yaml = """
            schema: Person
            id: NR
            published: AM
            delimiter: ";"
            encoding: windows-1252
            properties: { name: NAME }
            constants: { topics: [sanction, crime.traffick.human] }
            """;
        var bytes = Encoding.Latin1.GetBytes("NR;NAME;AM\n1;J\u00F6rg M\u00FCller;2026-02-01\n2;X Y;gestern\n");
        var read = await Sample.ReadAsync("csv", Mapping(yaml), Sample.File("t.csv", bytes));
        Assert.Equal("Jörg Müller", read["1"].Of("name"));
        Assert.Equal(new DateOnly(2026, 2, 1), read["1"].PublishedAt);
        Assert.Equal("sanction | crime.traffick.human", read["1"].Of("topics"));
        Assert.Equal("AM", Assert.Single(read["2"].DroppedValues).Field);
    }

    [Theory]
    [InlineData(",", "utf-8", false)]
    [InlineData(";", "utf-8", true)]
    [InlineData("\t", "utf-8", false)]
    [InlineData(",", "utf-16", true)]
    [InlineData(";", "utf-16BE", true)]
    [InlineData("\t", "utf-16", false)]
    [InlineData(";", "windows-1252", false)]
    [InlineData("|", "iso-8859-1", false)]
    public async Task The_same_table_reads_the_same_in_every_delimiter_and_encoding(
        string delimiter,
        string encoding,
        bool hasMark
    )
    {
        var yaml =
            $"schema: Person\nid: NR\nproperties: {{ name: [Vorname, Größe] }}\ndelimiter: \"{delimiter}\"\nencoding: {encoding}";
        var writer = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        var text = "NR,Vorname,Größe\r\n1,\"Jörg \"\"J\"\"\",Müller\r\n".Replace(
            ",",
            delimiter,
            StringComparison.Ordinal
        );
        byte[] bytes = [.. hasMark ? writer.GetPreamble() : [], .. writer.GetBytes(text)];

        var read = await Sample.ReadAsync("csv", Mapping(yaml), Sample.File("t.csv", bytes));

        Assert.Null(read.End);
        Assert.Equal("Jörg \"J\" Müller", read["1"].Of("name"));
        Assert.Equal(new Place("t.csv", 2, 1), read["1"].Place);
    }

    [Fact]
    public async Task The_wrong_encoding_refuses_the_rows_that_it_damages_and_no_other()
    {
        var bytes = Encoding.Latin1.GetBytes(Header + "1,J\u00F6rg,Berg,,\n2,B,C,,\n");
        var read = await Sample.ReadAsync("csv", Mapping(), Sample.File("t.csv", bytes));
        Assert.Equal("2", Assert.Single(read.Records).ExternalId);
        Assert.Equal((2L, 4), read.Rejections.Select(r => (r.Line, r.Column)).Single());
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_an_error_that_names_those_that_are()
    {
        var read = await Read("NO,FIRST,LAST,OTHER\n1,A,B,C\n");
        Assert.Contains("no column 'BORN'", read.End!.Reason, StringComparison.Ordinal);
        Assert.Contains("NO, FIRST, LAST, OTHER", read.End.WayOut, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_without_a_mapping_says_what_is_missing()
    {
        var read = await Sample.ReadAsync("csv", Sample.File("t.csv", Header));
        Assert.Contains("mapping", read.End!.WayOut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "one YAML mapping")]
    [InlineData("a: [", "not YAML")]
    [InlineData("schema: Person\nid: A\nproperties: {name: B}\ncolour: red", "unknown key 'colour'")]
    [InlineData("id: A\nproperties: {name: B}", "'schema' is missing")]
    [InlineData("schema: Unicorn\nid: A\nproperties: {name: B}", "no schema 'Unicorn'")]
    [InlineData("schema: Person\nproperties: {name: B}", "'id' is missing")]
    [InlineData("schema: Person\nid: A", "'properties' is missing")]
    [InlineData("schema: Person\nid: A\nproperties: {wings: B}", "no property 'wings'")]
    [InlineData("schema: Person\nid: A\nproperties: {name: []}", "properties.name: name a column")]
    [InlineData("schema: Person\nid: A\nproperties: {name: {columns: B, splitt: x}}", "unknown key 'splitt'")]
    [InlineData("schema: Person\nid: A\nproperties: {name: B}\ndelimiter: ab", "one character")]
    [InlineData("schema: Person\nid: A\nproperties: {name: B}\nencoding: klingon", "no encoding 'klingon'")]
    [InlineData("schema: &a Person\nid: *a\nproperties: {name: B}", "no aliases")]
    [InlineData("a: [[[[[[[[1]]]]]]]]", "nested more deeply")]
    public void A_mapping_that_is_wrong_says_where(string yaml, string reason)
    {
        var parsed = ColumnMapping.Parse(yaml);
        Assert.False(parsed.IsAccepted);
        Assert.Contains(reason, parsed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_nested_ten_thousand_deep_is_refused()
    {
        Assert.False(ColumnMapping.Parse("a: " + new string('[', 30_000)).IsAccepted);
    }
}
