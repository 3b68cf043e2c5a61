using System.Text;
using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

/// <summary>
/// Files made to hurt, broken on the way, or not what they are taken for: a clear error or a refused row with its place, the
/// good rows go on, and memory stays bounded however long the file is.
/// </summary>
public sealed class HostileInputTests
{
    private const long Gigabyte = 1024L * 1024 * 1024;

    private const string GoodListing =
        "<ENTITY><FIRST_NAME>GOOD</FIRST_NAME><REFERENCE_NUMBER>QDe.001</REFERENCE_NUMBER></ENTITY>";

    private const string GoodEntity = """{"id":"good","schema":"Person","properties":{"name":["Good"]}}""";

    private const string GoodRow = "1,\"GOOD\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n";

    private static readonly ColumnMapping Names = ColumnMapping
        .Parse("schema: Person\nid: NO\nproperties: { name: NAME }")
        .Value;

    private static InputFile Endless(string beginning, char filler, string end, long fillers = Gigabyte) =>
        new(
            "huge",
            () =>
                new EndlessStream(Encoding.UTF8.GetBytes(beginning), (byte)filler, fillers, Encoding.UTF8.GetBytes(end))
        );

    private static string List(string inside, string before = "") =>
        $"<?xml version=\"1.0\"?>{before}<CONSOLIDATED_LIST>{inside}</CONSOLIDATED_LIST>";

    /// <summary>Reads and says how much was allocated meanwhile: the streams answer at once, so the thread stays.</summary>
    private static async Task<(Reading Read, long Bytes)> Measured(Func<Task<Reading>> read)
    {
        var (thread, before) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
        var result = await read();
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        return (result, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_line_of_a_gigabyte_in_json_costs_its_row_and_little_memory()
    {
        var file = Endless("{\"id\":\"", 'x', "\"}\n" + GoodEntity);

        var (read, bytes) = await Measured(() => Sample.ReadAsync("ftm", file));

        Assert.Equal("good", Assert.Single(read.Records).ExternalId);
        var refused = Assert.Single(read.Rejections);
        Assert.Equal(("huge", 1L), (refused.File, refused.Line));
        Assert.Contains("longer than 16 MiB", refused.Reason, StringComparison.Ordinal);
        Assert.InRange(bytes, 0, 80 * 1024 * 1024);
    }

    [Theory]
    [InlineData('x')]
    [InlineData(',')]
    public async Task A_row_of_a_gigabyte_in_a_table_costs_its_row_and_little_memory(char filler)
    {
        var file = Endless("NO,NAME\n1,", filler, "\n2,Good\n");

        var (read, bytes) = await Measured(() => Sample.ReadAsync("csv", Names, file));

        Assert.Equal("2", Assert.Single(read.Records).ExternalId);
        Assert.Equal(2, Assert.Single(read.Rejections).Line);
        Assert.InRange(bytes, 0, 80 * 1024 * 1024);
    }

    [Fact]
    public async Task A_row_of_a_gigabyte_in_ofacs_list_costs_its_row_and_little_memory()
    {
        var file = Endless(GoodRow + "2,\"", 'x', "\n" + GoodRow.Replace("1,", "3,", StringComparison.Ordinal));

        var (read, bytes) = await Measured(() => Sample.ReadAsync("ofac", file));

        Assert.Equal(["1", "3"], read.Records.Select(r => r.ExternalId));
        Assert.Equal(2, Assert.Single(read.Rejections).Line);
        Assert.InRange(bytes, 0, 80 * 1024 * 1024);
    }

    [Theory]
    [InlineData("<ENTITY>", "</ENTITY>")]
    [InlineData("<ENTITY A=\"", "\"/>")]
    [InlineData("<", "/>")]
    [InlineData("<!-- ", " -->")]
    public async Task A_gigabyte_without_an_end_in_xml_ends_the_file_and_little_memory(string beginning, string end)
    {
        var file = Endless(
            List(GoodListing).Replace("</CONSOLIDATED_LIST>", beginning, StringComparison.Ordinal),
            'x',
            end + "</CONSOLIDATED_LIST>"
        );

        var (read, bytes) = await Measured(() => Sample.ReadAsync("un", file));

        Assert.Equal("QDe.001", Assert.Single(read.Records).ExternalId);
        Assert.Contains("4 MiB", read.End!.Message, StringComparison.Ordinal);
        Assert.InRange(bytes, 0, 80 * 1024 * 1024);
    }

    [Fact]
    public async Task Entities_that_multiply_are_not_expanded()
    {
        const string laughs =
            "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>";

        var read = await Sample.ReadAsync("un", Sample.File("un.xml", List(GoodListing + "&c;", laughs)));

        Assert.Empty(read.Items);
        Assert.Equal(("un.xml", 1L), (read.End!.File, read.End.Line));
        Assert.Contains("DTD", read.End.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entities_that_fetch_a_file_are_not_followed()
    {
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, "the secret", TestContext.Current.CancellationToken);
        var listing = GoodListing.Replace("GOOD", "&x;", StringComparison.Ordinal);

        var read = await Sample.ReadAsync(
            "un",
            Sample.File("un.xml", List(listing, $"<!DOCTYPE l [<!ENTITY x SYSTEM \"file://{secret}\">]>"))
        );
        File.Delete(secret);

        Assert.Empty(read.Items);
        Assert.DoesNotContain("the secret", read.End!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Elements_nested_without_end_are_not_followed()
    {
        var deep = string.Concat(Enumerable.Repeat("<ENTITY>", 100_000));

        var read = await Sample.ReadAsync("un", Sample.File("un.xml", List(GoodListing + deep)));

        Assert.Single(read.Records);
        Assert.Contains("nested more than 32 deep", read.End!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_with_a_flood_of_elements_is_refused_and_the_next_is_read()
    {
        var flood =
            $"<ENTITY><REFERENCE_NUMBER>QDe.002</REFERENCE_NUMBER>{string.Concat(Enumerable.Repeat("<A/>", 200_000))}</ENTITY>";

        var (read, bytes) = await Measured(() =>
            Sample.ReadAsync("un", Sample.File("un.xml", List(flood + GoodListing)))
        );

        Assert.Equal("QDe.001", Assert.Single(read.Records).ExternalId);
        var refused = Assert.Single(read.Rejections);
        Assert.Equal(("ENTITY", "QDe.002"), (refused.Field, refused.Value));
        Assert.InRange(bytes, 0, 120 * 1024 * 1024);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(130)]
    [InlineData(170)]
    public async Task A_list_that_is_cut_off_says_so_and_keeps_what_came_before(int length)
    {
        var whole = List(GoodListing + GoodListing.Replace("001", "002", StringComparison.Ordinal));

        var read = await Sample.ReadAsync("un", Sample.File("un.xml", whole[..length]));

        Assert.NotNull(read.End);
        Assert.NotEmpty(read.End.WayOut);
        Assert.Equal(length >= 130 ? 1 : 0, read.Records.Count);
    }

    [Theory]
    [InlineData("un")]
    [InlineData("ofac")]
    [InlineData("csv")]
    public async Task An_empty_file_says_so(string format)
    {
        var read = await Sample.ReadAsync(format, Names, Sample.File("none", ""));

        Assert.Equal("none", read.End!.File);
        Assert.NotEmpty(read.End.WayOut);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("   \n ", "the file is empty")]
    [InlineData("<html></html>", "no list known here")]
    [InlineData("\u001F\u008B\u0008", "compressed")]
    [InlineData("a,b\n1,2\n", "a mapping file")]
    [InlineData("\0\0\0\0", "a mapping file")]
    public async Task What_cannot_be_recognised_says_what_would_help(string text, string reason)
    {
        var file = Sample.File("x", Encoding.Latin1.GetBytes(text));

        var found = await FormatDetection.DetectAsync(
            [file],
            ReadOptions.Default,
            TestContext.Current.CancellationToken
        );

        Assert.False(found.IsAccepted);
        Assert.Contains(reason, found.Reason, StringComparison.Ordinal);
        Assert.StartsWith("x: ", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_thousand_columns_are_refused_with_their_row()
    {
        var wide = string.Join(',', Enumerable.Range(0, 100_000));

        var header = await Sample.ReadAsync("csv", Names, Sample.File("t", wide + "\n1,2\n"));
        var row = await Sample.ReadAsync("csv", Names, Sample.File("t", $"NO,NAME\n{wide}\n2,Good\n"));

        Assert.Contains("1,024 columns", header.End!.Reason, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(row.Rejections).Line);
        Assert.Contains("1,024 columns", row.Rejections[0].Reason, StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(row.Records).ExternalId);
    }

    [Theory]
    [InlineData("un")]
    [InlineData("ofac")]
    [InlineData("ftm")]
    public async Task Random_bytes_never_do_more_than_end_the_file(string format)
    {
        const int seed = 7;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var bytes = new byte[random.Next(1, 3_000)];
            random.NextBytes(bytes);
            var read = await Sample.ReadAsync(format, Sample.File("noise", bytes));
            Assert.Empty(read.Records);
        }
    }

    [Theory]
    [InlineData("utf-16", "UTF-16")]
    [InlineData("utf-16BE", "UTF-16")]
    public async Task Utf16_where_utf8_is_read_is_named(string encoding, string named)
    {
        var bytes = Encoding.GetEncoding(encoding).GetBytes("NO,NAME\n1,Good\n");

        var read = await Sample.ReadAsync("csv", Names, Sample.File("t", bytes));
        var lines = await Sample.ReadAsync(
            "ftm",
            Sample.File("t", Encoding.GetEncoding(encoding).GetBytes(GoodEntity))
        );

        Assert.Contains(named, read.End!.Reason, StringComparison.Ordinal);
        Assert.Contains(named, lines.End!.Reason, StringComparison.Ordinal);
    }
}
