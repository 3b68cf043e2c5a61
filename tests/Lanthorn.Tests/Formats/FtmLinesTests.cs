using System.Text;
using Lanthorn.Formats;
using Lanthorn.Knowledge;

namespace Lanthorn.Tests.Formats;

public sealed class FtmLinesTests
{
    private const string Person =
        """{"id":"p-1","schema":"Person","caption":"Anna Lind","properties":{"name":["Anna Lind","A. Lind"],"birthDate":["1980-02-03"]},"referents":["x"],"last_change":"2026-01-05T10:00:00"}""";

    private static Task<Reading> Read(string text) => Sample.ReadAsync("ftm", Sample.File("x.json", text));

    [Fact]
    public async Task An_entity_keeps_its_id_schema_and_values()
    {
        var read = await Read(Person + "\n");
        var record = Assert.Single(read.Records);
        Assert.Empty(read.Rejections);
        Assert.Empty(record.DroppedValues);
        Assert.Equal(("p-1", "p-1", "Person"), (record.ExternalId, record.PublicId, record.Schema.Name));
        Assert.Equal("Anna Lind | A. Lind", record.Of("name"));
        Assert.Equal(new DateOnly(2026, 1, 5), record.PublishedAt);
        Assert.Equal(new Place("x.json", 1, 1), record.Place);
    }

    [Fact]
    public async Task A_mark_at_the_start_windows_line_ends_and_empty_lines_do_no_harm()
    {
        var read = await Read(
            "\uFEFF" + Person + "\r\n\r\n  \r\n" + Person.Replace("p-1", "p-2", StringComparison.Ordinal)
        );
        Assert.Equal(["p-1", "p-2"], read.Records.Select(r => r.ExternalId));
        Assert.Equal(4, read.Records[1].Place.Line);
        Assert.Empty(read.Rejections);
    }

    [Fact]
    public async Task Every_value_that_goes_in_comes_out_or_is_named_among_the_dropped()
    {
        var read = await Read(
            """{"id":"v","schema":"Vessel","properties":{"name":["Sea Star"],"shoeSize":["42","43"],"ownershipAsset":["o-1"],"flag":[null,{"id":"n"},true],"tonnage":[120]}}"""
        );
        var record = Assert.Single(read.Records);
        Assert.Equal(
            ["shoeSize", "shoeSize", "ownershipAsset", "flag", "flag", "flag"],
            record.DroppedValues.Select(d => d.Field)
        );
        Assert.Contains("no property 'shoeSize'", record.DroppedValues[0].Reason, StringComparison.Ordinal);
        Assert.Contains("holds no values", record.DroppedValues[2].Reason, StringComparison.Ordinal);
        Assert.Contains("nested entity", record.DroppedValues[4].Reason, StringComparison.Ordinal);
        Assert.Equal("120", record.Of("tonnage"));
    }

    [Theory]
    [InlineData("""{"id":"a","schema":"Unicorn","properties":{}}""", "schema", "no such schema")]
    [InlineData("""{"id":"a","schema":"Thing","properties":{}}""", "schema", "no such schema")]
    [InlineData("""{"id":"a","properties":{}}""", "schema", "no such schema")]
    [InlineData("""{"schema":"Person","properties":{}}""", "id", "no id")]
    [InlineData("""{"id":"a b","schema":"Person","properties":{}}""", "id", "no blank")]
    [InlineData("""{"id":"a","schema":"Person","properties":[]}""", "", "one JSON object")]
    [InlineData("""{"id":"a","schema":"Person","properties":{},"properties":{}}""", "", "one JSON object")]
    [InlineData("""["id"]""", "", "an entity is a JSON object")]
    [InlineData("""{"id":"a","schema":"Person"} x""", "", "not JSON")]
    [InlineData("""{"id":"a","schema":"Person","properties":{"name":["\ud800"]}}""", "", "half a character")]
    [InlineData("id,name", "", "not JSON")]
    public async Task A_line_that_is_no_entity_is_refused_with_its_number_and_the_next_is_read(
        string line,
        string field,
        string reason
    )
    {
        var read = await Read("\n" + line + "\n" + Person);
        var refused = Assert.Single(read.Rejections);
        Assert.Equal((2, field), (refused.Line, refused.Field));
        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.Single(read.Records);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_and_nul_are_refused_where_they_stand()
    {
        byte[] latin = [.. "{\"id\":\"z\xFC"u8[..8], 0xFC, (byte)'"', (byte)'\n'];
        byte[] nul = [.. "{\"id\":\0"u8, (byte)'\n'];
        var read = await Sample.ReadAsync(
            "ftm",
            Sample.File("x.json", [.. latin, .. nul, .. Encoding.UTF8.GetBytes(Person)])
        );
        Assert.Equal([(1L, 9), (2L, 7)], read.Rejections.Select(r => (r.Line, r.Column)));
        Assert.Single(read.Records);
    }

    [Fact]
    public async Task Deep_nesting_is_refused_and_not_followed()
    {
        var deep = new string('[', 100_000);
        var read = await Read($$$"""{"id":"a","schema":"Person","context":{{{deep}}}""" + "\n" + Person);
        Assert.Contains("depth", Assert.Single(read.Rejections).Reason, StringComparison.Ordinal);
        Assert.Single(read.Records);
    }

    [Fact]
    public async Task A_second_entity_with_the_same_id_is_refused()
    {
        var read = await Read(Person + "\n" + Person);
        Assert.Equal((2, "id", "p-1"), read.Rejections.Select(r => ((int)r.Line, r.Field, r.Value)).Single());
        Assert.Single(read.Records);
    }

    [Theory]
    [InlineData("Person", "SmuggledMigrant", true)]
    [InlineData("Person", "smuggled", false)]
    [InlineData("Person", "8", false)]
    [InlineData("Vessel", "Suspect", false)]
    public async Task A_category_of_a_person_is_kept_and_anything_else_named_among_the_dropped(
        string schema,
        string category,
        bool isKept
    )
    {
        var read = await Read(
            $$$"""{"id":"a","schema":"{{{schema}}}","subject_category":"{{{category}}}","properties":{"name":["A B"]}}"""
        );
        var record = Assert.Single(read.Records);
        Assert.Equal(isKept ? SubjectCategory.SmuggledMigrant : SubjectCategory.None, record.Category);
        Assert.Equal(isKept ? [] : ["subject_category"], record.DroppedValues.Select(d => d.Field));
    }

    [Fact]
    public async Task A_flood_of_bad_values_in_one_entity_is_counted_not_listed()
    {
        var values = string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"{i}\""));
        var read = await Read($$$"""{"id":"a","schema":"Person","properties":{"none":[{{{values}}}]}}""");
        var dropped = Assert.Single(read.Records).DroppedValues;
        Assert.Equal(1_001, dropped.Count);
        Assert.Contains("4,000 more", dropped[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_in_a_message_is_cut_between_characters()
    {
        var read = await Read("x" + string.Concat(Enumerable.Repeat("😀", 300)));
        Assert.True(Assert.Single(read.Rejections).Value.Length <= Rejection.MaxValueLength);
        Assert.Equal(
            199,
            new Rejection("f", 1, 1, "", "x" + string.Concat(Enumerable.Repeat("😀", 300)), "r").Value.Length
        );
    }
}
