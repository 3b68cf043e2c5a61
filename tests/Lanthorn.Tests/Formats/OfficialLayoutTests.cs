using Lanthorn.Formats;

namespace Lanthorn.Tests.Formats;

/// <summary>The layouts of the European and British lists, of exchange formats and workbooks, against golden records.</summary>
public sealed class OfficialLayoutTests
{
    private static string Told(Reading read) =>
        string.Join(
            "\n\n",
            read.Items.Select(i =>
                i switch
                {
                    ReadRecord record => record.Told(),
                    EditionDate date => $"edition of {date.AsOf:yyyy-MM-dd}",
                    Rejection refused => $"refused {refused.Line}:{refused.Column} {refused.Field}: {refused.Reason}",
                    _ => "",
                }
            )
        );

    private static async Task<string> ReadAsync(string format, string text, ColumnMapping? mapping = null)
    {
        var read = await Sample.ReadAsync(format, mapping, Sample.File("sample", text));
        Assert.Null(read.End);
        Assert.Empty(read.Rejections);
        return Told(read);
    }

    private static void Check(string name, string told) =>
        GoldenFile.Check($"tests/Lanthorn.Tests/Formats/Golden/{name}.txt", told);

    [Fact]
    public async Task The_list_of_the_european_union() => Check("eu-fsf", await ReadAsync("eu-fsf", ListSamples.EuXml));

    [Fact]
    public async Task The_list_of_the_european_union_says_the_same_as_table_and_as_xml()
    {
        var table = await ReadAsync("eu-fsf", ListSamples.EuCsv);
        Check("eu-fsf", table);
    }

    [Fact]
    public async Task The_list_of_the_united_kingdom() => Check("uk", await ReadAsync("uk", ListSamples.UkXml));

    [Fact]
    public async Task The_list_of_the_united_kingdom_says_the_same_as_table_and_as_xml()
    {
        var table = await Sample.ReadAsync("uk", Sample.File("t", ListSamples.UkCsv));
        var xml = await Sample.ReadAsync("uk", Sample.File("x", ListSamples.UkXml));
        Assert.Empty(table.Rejections);
        Assert.Equal(xml.Items.OfType<EditionDate>().Single(), table.Items.OfType<EditionDate>().Single());
        foreach (var (one, other) in xml.Records.Zip(table.Records))
        {
            Assert.Equal(
                (one.ExternalId, one.Schema, one.PublishedAt),
                (other.ExternalId, other.Schema, other.PublishedAt)
            );
            Assert.Equal(one.Properties.Names, other.Properties.Names);
            // The table has a row to a combination, so its values come in another order.
            foreach (var name in one.Properties.Names)
                Assert.Equal(one.Properties[name].Order(), other.Properties[name].Order());
        }
    }

    [Fact]
    public async Task The_consolidated_list_of_the_british_treasury() =>
        Check("conlist", await ReadAsync("uk", ListSamples.ConList));

    [Fact]
    public async Task Senzing_lines() => Check("senzing", await ReadAsync("senzing", ListSamples.Senzing));

    [Fact]
    public async Task Entities_as_opensanctions_exports_them() =>
        Check("ftm-lines", await ReadAsync("ftm", ListSamples.Lines));

    [Fact]
    public async Task Entities_nested_in_entities() => Check("ftm-nested", await ReadAsync("ftm", ListSamples.Nested));

    [Fact]
    public async Task A_workbook()
    {
        var read = await Sample.ReadAsync("xlsx", XlsxSample.Mapping, Sample.File("x", XlsxSample.Bytes()));
        Assert.Null(read.End);
        Check("xlsx", Told(read));
    }

    [Fact]
    public async Task The_type_of_a_subject_is_never_its_name()
    {
        var read = await Sample.ReadAsync("eu-fsf", Sample.File("t", ListSamples.EuCsv));
        foreach (var record in read.Records)
        foreach (var property in record.Properties.Names)
            Assert.DoesNotContain(
                record.Properties[property],
                v => v is "person" or "enterprise" or "P" or "E" or "UNKNOWN"
            );
    }

    public static TheoryData<string, string, string> Recognised =>
        new()
        {
            { "eu-fsf", "xml", ListSamples.EuXml },
            { "eu-fsf", "table", ListSamples.EuCsv },
            { "uk", "xml", ListSamples.UkXml },
            { "uk", "table", ListSamples.UkCsv },
            { "uk", "consolidated", ListSamples.ConList },
            { "senzing", "lines", ListSamples.Senzing },
            { "ftm", "lines", ListSamples.Lines },
            { "ftm", "nested", ListSamples.Nested },
        };

    [Theory]
    [MemberData(nameof(Recognised))]
    public async Task A_layout_is_recognised_by_what_is_in_it_compressed_or_not(string format, string name, string text)
    {
        var plain = ListSamples.Utf8(text);
        foreach (var bytes in new[] { plain, ListSamples.Gzip(plain), ListSamples.Zip(($"folder/{name}.txt", plain)) })
        {
            var file = Sample.File("x", bytes);
            var found = await FormatDetection.DetectAsync(
                [file],
                ReadOptions.Default,
                TestContext.Current.CancellationToken
            );
            Assert.True(found.IsAccepted, found.Reason);
            Assert.Equal(format, found.Value.Format);
            var read = await Sample.ReadAsync(format, file);
            Assert.Null(read.End);
            Assert.NotEmpty(read.Records);
            Assert.Empty(read.Rejections);
        }
    }

    [Fact]
    public async Task A_workbook_is_recognised_with_a_mapping_and_asks_for_one_without()
    {
        var file = Sample.File("x", XlsxSample.Bytes());
        var token = TestContext.Current.CancellationToken;
        var with = await FormatDetection.DetectAsync([file], new() { Mapping = XlsxSample.Mapping }, token);
        var without = await FormatDetection.DetectAsync([file], ReadOptions.Default, token);
        Assert.Equal("xlsx", with.Value.Format);
        Assert.Contains("a mapping file", without.Reason, StringComparison.Ordinal);
    }
}
