using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

/// <summary>Workbooks that are unusual, wrong, or made to hurt.</summary>
public sealed class XlsxTests
{
    private const string Header =
        """<row r="1"><c t="inlineStr"><is><t>NO</t></is></c><c t="inlineStr"><is><t>NAME</t></is></c></row>""";

    private static readonly ColumnMapping People = ColumnMapping
        .Parse("schema: Person\nid: NO\nsheet: People\nproperties: { name: NAME }")
        .Value;

    private static Task<Reading> ReadAsync(string rows) =>
        Sample.ReadAsync(
            "xlsx",
            People,
            Sample.File("x", XlsxSample.Bytes((XlsxSample.SheetName, XlsxSample.Sheet(rows))))
        );

    private static string Row(int number, string id, string name) =>
        $"""<row r="{number}"><c t="str"><v>{id}</v></c><c t="str"><v>{name}</v></c></row>""";

    [Fact]
    public async Task The_first_sheet_is_read_where_none_is_named()
    {
        var mapping = ColumnMapping.Parse("schema: Person\nid: A cover\nproperties: { name: A cover }").Value;
        var bytes = XlsxSample.Bytes(
            (
                "xl/worksheets/sheet1.xml",
                XlsxSample.Sheet("<row><c t=\"str\"><v>A cover</v></c></row><row><c><v>5</v></c></row>")
            )
        );
        var read = await Sample.ReadAsync("xlsx", mapping, Sample.File("x", bytes));
        Assert.Equal("5", Assert.Single(read.Records).ExternalId);
    }

    [Fact]
    public async Task A_sheet_that_is_not_there_is_an_error_that_names_those_that_are()
    {
        var mapping = ColumnMapping.Parse("schema: Person\nid: NO\nsheet: Nobody\nproperties: { name: NO }").Value;
        var read = await Sample.ReadAsync("xlsx", mapping, Sample.File("x", XlsxSample.Bytes()));
        Assert.Contains("no sheet 'Nobody'", read.End!.Reason, StringComparison.Ordinal);
        Assert.Contains("Cover, People", read.End.WayOut, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_row_says_where_it_is()
    {
        var read = await ReadAsync(Header + Row(3, "", "Nobody") + Row(5, "1", "Orin") + Row(6, "1", "Ezra"));
        Assert.Equal([(3L, 1), (6L, 1)], read.Rejections.Select(r => (r.Line, r.Column)));
        Assert.Equal("1", Assert.Single(read.Records).ExternalId);
    }

    [Theory]
    [InlineData("""<row r="2"><c r="XFD2" t="str"><v>far</v></c></row>""", "more than 1,024 columns")]
    [InlineData("""<row r="2"><c r="ZZZZZZZZZZ2" t="str"><v>far</v></c></row>""", "more than 1,024 columns")]
    [InlineData("""<row r="2"><c t="s"><v>99999</v></c></row>""", "a text that the workbook does not have")]
    public async Task A_cell_that_cannot_be_is_refused_with_its_row(string row, string reason)
    {
        var read = await ReadAsync(Header + row + Row(3, "1", "Orin"));
        Assert.Contains(reason, Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(read.Records).ExternalId);
    }

    [Theory]
    [InlineData("""<row r="2000000000"><c><v>1</v></c></row>""", "1,048,576 rows")]
    [InlineData("""<row r="2"><c><v>1""", "damaged")]
    [InlineData("""<row r="2"><c><v>&a;</v></c></row>""", "damaged")]
    public async Task A_sheet_that_cannot_go_on_ends_clearly(string row, string reason)
    {
        var read = await ReadAsync(Header + Row(2, "1", "Orin") + row);
        Assert.Contains(reason, read.End!.Reason, StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(read.Records).ExternalId);
    }

    [Fact]
    public async Task A_hundred_thousand_columns_are_refused_with_their_row()
    {
        var cells = string.Concat(Enumerable.Repeat("<c t=\"str\"><v>x</v></c>", 100_000));
        var read = await ReadAsync(Header + $"<row>{cells}</row>" + Row(3, "1", "Orin"));
        Assert.Contains("1,024 columns", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
        Assert.Single(read.Records);
    }

    [Fact]
    public async Task A_text_longer_than_a_cell_holds_is_refused_with_its_row()
    {
        var read = await ReadAsync(Header + Row(2, "0", new string('x', 40_000)) + Row(3, "1", "Orin"));
        Assert.Contains("32,767", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
        Assert.Single(read.Records);
    }

    [Fact]
    public async Task A_workbook_with_a_document_type_is_not_followed()
    {
        var sheet = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]>" + XlsxSample.Sheet(Header);
        var read = await Sample.ReadAsync(
            "xlsx",
            People,
            Sample.File("x", XlsxSample.Bytes((XlsxSample.SheetName, sheet)))
        );
        Assert.Contains("damaged", read.End!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_a_gigabyte_of_blanks_is_refused_as_a_bomb()
    {
        var read = await Sample.ReadAsync(
            "xlsx",
            People,
            Sample.File("x", XlsxSample.Bytes((XlsxSample.Texts, new string(' ', 100_000_000))))
        );
        Assert.Contains("200 times larger", read.End!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK\u0003\u0004")]
    [InlineData("NO,NAME\n1,Orin\n")]
    public async Task What_is_no_workbook_says_so(string text)
    {
        var read = await Sample.ReadAsync("xlsx", People, Sample.File("x", text));
        Assert.NotEmpty(read.End!.Reason);
    }

    [Theory]
    [InlineData(1, "1900-01-01")]
    [InlineData(59, "1900-02-28")]
    [InlineData(61, "1900-03-01")]
    [InlineData(45000.5, "2023-03-15T12:00:00")]
    public void Days_are_counted_as_spreadsheets_count_them(double days, string date) =>
        Assert.Equal(date, DateFormats.Read(days, isFrom1904: false));

    [Fact]
    public void Days_are_counted_from_1904_where_the_workbook_does() =>
        Assert.Equal("2023-03-15", DateFormats.Read(45000 - 1462, isFrom1904: true));
}
