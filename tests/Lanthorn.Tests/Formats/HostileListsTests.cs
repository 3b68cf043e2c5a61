using System.Text;

namespace Lanthorn.Tests.Formats;

/// <summary>The lists of the Union, of the United Kingdom and lines of others, cut, mistaken and made to hurt.</summary>
public sealed class HostileListsTests
{
    [Theory]
    [InlineData("eu-fsf", ListSamples.EuXml, "</sanctionEntity>")]
    [InlineData("uk", ListSamples.UkXml, "</Designation>")]
    public async Task A_list_that_broke_off_keeps_what_came_before_and_says_so(string format, string xml, string end)
    {
        var cut = xml[..(xml.IndexOf(end, StringComparison.Ordinal) + end.Length + 60)];
        var read = await Sample.ReadAsync(format, Sample.File("x", cut));
        Assert.Single(read.Records);
        Assert.NotEmpty(read.End!.WayOut);
    }

    [Fact]
    public async Task A_table_that_broke_off_refuses_the_row_so_that_nothing_is_ended()
    {
        var read = await Sample.ReadAsync("eu-fsf", Sample.File("x", ListSamples.EuCsv[..^120]));
        Assert.Contains("columns and the header", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
        Assert.Equal(2, read.Records.Count);
    }

    [Theory]
    [InlineData("eu-fsf")]
    [InlineData("uk")]
    public async Task A_table_in_another_encoding_loses_the_rows_that_it_damages(string format)
    {
        var text = (format == "uk" ? ListSamples.UkCsv : ListSamples.EuCsv.TrimStart('\uFEFF')).Replace(
            "Captain",
            "Kapit\u00E4n",
            StringComparison.Ordinal
        );
        var read = await Sample.ReadAsync(format, Sample.File("x", Encoding.Latin1.GetBytes(text)));
        Assert.Contains("not in the file's encoding", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
        Assert.Equal(2, read.Records.Count);
    }

    [Theory]
    [InlineData("eu-fsf", "a;b\n1;2\n", "no column 'Entity_LogicalId'")]
    [InlineData("eu-fsf", "<export/>", null)]
    [InlineData("eu-fsf", "<html/>", "does not begin with export")]
    [InlineData("uk", "a,b\n1,2\n", "there is no header")]
    [InlineData("uk", "", "there is no header")]
    [InlineData("uk", "<html/>", "does not begin with Designations")]
    public async Task A_file_that_is_something_else_says_so(string format, string text, string? reason)
    {
        var read = await Sample.ReadAsync(format, Sample.File("x", text));
        Assert.Empty(read.Records);
        if (reason is null)
            Assert.Null(read.End);
        else
            Assert.Contains(reason, read.End!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_entity_with_the_same_number_is_refused()
    {
        var twice = ListSamples.EuXml.Replace(
            "euReferenceNumber=\"\" logicalId=\"9002\"",
            "euReferenceNumber=\"EU.9001.11\" logicalId=\"9002\"",
            StringComparison.Ordinal
        );
        var read = await Sample.ReadAsync("eu-fsf", Sample.File("x", twice));
        Assert.Equal("EU.9001.11", Assert.Single(read.Rejections).Value);
        Assert.Single(read.Records);
    }

    [Fact]
    public async Task A_listing_of_a_million_attributes_is_refused_and_the_next_is_read()
    {
        var many = string.Concat(Enumerable.Range(0, 300_000).Select(i => $" a{i}=\"1\""));
        var xml = ListSamples.EuXml.Replace(
            "<sanctionEntity designationDetails=\"\" unitedNationId=\"\"",
            $"<sanctionEntity{many}",
            StringComparison.Ordinal
        );
        var read = await Sample.ReadAsync("eu-fsf", Sample.File("x", xml));
        Assert.Contains("longer than", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
        Assert.Equal("9002", Assert.Single(read.Records).ExternalId);
    }

    [Fact]
    public async Task A_hundred_thousand_columns_are_no_header()
    {
        var wide = string.Join(';', Enumerable.Range(0, 100_000).Select(i => $"c{i}"));
        var read = await Sample.ReadAsync("eu-fsf", Sample.File("x", wide + "\n"));
        Assert.Contains("more than 1,024 columns", read.End!.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "a record is a JSON object")]
    [InlineData("""{"DATA_SOURCE":"A"}""", "a record has an id")]
    [InlineData("""{"RECORD_ID":"1"} x""", "not JSON")]
    [InlineData("""{"RECORD_ID":"\ud800"}""", "half a character")]
    public async Task A_line_that_is_no_record_is_refused_and_the_next_is_read(string line, string reason)
    {
        var read = await Sample.ReadAsync("senzing", Sample.File("x", line + "\n" + """{"RECORD_ID":"2"}"""));
        Assert.Contains(reason, Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(read.Records).ExternalId);
    }

    [Fact]
    public async Task A_web_address_with_a_letter_that_no_host_has_is_refused_by_itself()
    {
        var line =
            """{"id":"a","schema":"Company","properties":{"website":["https://sea\ud7ff.example/x"],"name":["A"]}}""";
        var record = Assert.Single((await Sample.ReadAsync("ftm", Sample.File("x", line))).Records);
        Assert.Equal("website", Assert.Single(record.DroppedValues).Field);
        Assert.Equal("A", record.Of("name"));
    }

    [Fact]
    public async Task Entities_nested_beyond_the_limit_are_refused_with_their_line()
    {
        var deep = string.Concat(
            Enumerable
                .Range(0, 40)
                .Select(i => $$$"""{"id":"n{{{i}}}","schema":"Person","properties":{"familyPerson":[""")
        );
        var read = await Sample.ReadAsync("ftm", Sample.File("x", deep + "\n" + ListSamples.Lines));
        Assert.Single(read.Rejections);
        Assert.Equal(2, read.Records.Count);
    }

    [Fact]
    public async Task A_line_of_its_own_counts_before_what_another_holds_of_the_same_entity()
    {
        var read = await Sample.ReadAsync("ftm", Sample.File("x", ListSamples.Nested));
        Assert.Equal("Blue Shore Shipping Ltd", read["x-firm"].Of("name"));
        Assert.Equal("x-orin", read["x-sanc"].Of("entity"));
        Assert.Equal("x-addr", read["x-orin"].Of("addressEntity"));
        Assert.Single(read.Records, r => r.ExternalId == "x-addr");
        Assert.Empty(read.Rejections);
    }
}
