using System.Text.Json;
using Lanthorn.Program;

namespace Lanthorn.Tests.Screening;

/// <summary>The verb on tables whose truth is known, and on what is no table.</summary>
[Collection(CommandLineCollection.Name)]
public sealed class DedupeVerbTests : IDisposable
{
    private const string Febrl = """
        schema: Person
        id: rec_id
        properties:
          firstName: given_name
          lastName: surname
          address: [street_number, address_1, address_2, suburb, postcode, state]
          birthDate: date_of_birth
          idNumber: soc_sec_id
        """;

    private const string Historical = """
        schema: Person
        id: unique_id
        properties:
          name: full_name
          firstName: first_name
          lastName: surname
          birthDate: dob
          birthPlace: birth_place
          address: postcode_fake
          gender: gender
          position: occupation
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-dedupe-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("febrl_dataset1.csv", Febrl, "truth", 0.996)]
    [InlineData("febrl_dataset2.csv", Febrl, "truth", 0.99)]
    [InlineData("historical_50k.csv", Historical, "cluster", 0.92)]
    public async Task What_belongs_together_in_a_labelled_table_comes_together(
        string name,
        string mapping,
        string truth,
        double atLeast
    )
    {
        var file = Path.Combine(Pack.Need(), "dedupe", name);
        if (truth == "truth")
            file = await WithTruthAsync(file);

        var (exit, output, _) = await RunAsync(file, mapping, "--truth", truth, "--json");

        Assert.Equal(0, exit);
        using var told = JsonDocument.Parse(output);
        var f1 = told.RootElement.GetProperty("f1").GetDouble();
        Assert.True(f1 >= atLeast, $"F1 {f1:0.0000}");
        var rows = await File.ReadAllLinesAsync(Path.Combine(folder, "clusters.csv"), Stop);
        Assert.Equal("record_id,cluster_id,score", rows[0]);
        Assert.Equal(told.RootElement.GetProperty("records").GetInt32(), rows.Length - 1);
    }

    [Fact]
    public async Task Every_row_has_a_line_also_one_that_cannot_be_read()
    {
        var file = Path.Combine(folder, "people.csv");
        await File.WriteAllLinesAsync(
            file,
            [
                "id,name,born",
                "1,\"Ghermay, Ermias\",1974-05-02",
                "2,Ermias Ghermay,1974-05-02,one,too many",
                "\"a,b\",,",
            ],
            Stop
        );
        var (exit, output, _) = await RunAsync(
            file,
            "schema: Person\nid: id\nproperties: {name: name, birthDate: born}"
        );
        Assert.Equal(3, exit);
        Assert.Contains("1 rows could not be read", output, StringComparison.Ordinal);
        var rows = await File.ReadAllLinesAsync(Path.Combine(folder, "clusters.csv"), Stop);
        Assert.Equal(["1,1,1.0000", "2,2,1.0000", "\"a,b\",\"a,b\",1.0000"], rows[1..]);
    }

    [Theory]
    [InlineData("schema: Person\nid: id\nproperties: {name: nowhere}", "There is no column 'nowhere'")]
    [InlineData("schema: Person\nid: id\nproperties: {name: id}", "The mapping names 0 columns beside the id")]
    [InlineData("schema: Nobody\nid: id\nproperties: {name: name}", "Nobody")]
    public async Task A_mapping_that_does_not_fit_is_refused_and_nothing_is_written(string mapping, string reason)
    {
        var file = Path.Combine(folder, "people.csv");
        await File.WriteAllLinesAsync(file, ["id,name", "1,Ermias"], Stop);
        var (exit, _, messages) = await RunAsync(file, mapping);
        Assert.Equal(1, exit);
        Assert.Contains(reason, messages, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "clusters.csv")));
    }

    /// <summary>rec-223-org and rec-223-dup-0 are one: a column says so.</summary>
    private async Task<string> WithTruthAsync(string file)
    {
        var lines = await File.ReadAllLinesAsync(file, Stop);
        var told = Path.Combine(folder, Path.GetFileName(file));
        await File.WriteAllLinesAsync(
            told,
            lines.Where(l => l.Length > 0).Select((line, at) => $"{line},{(at == 0 ? "truth" : line.Split('-')[1])}"),
            Stop
        );
        return told;
    }

    private async Task<(int Exit, string Output, string Messages)> RunAsync(
        string file,
        string mapping,
        params string[] more
    )
    {
        var yaml = Path.Combine(folder, "mapping.yml");
        await File.WriteAllTextAsync(yaml, mapping, Stop);
        await using var output = new StringWriter();
        await using var messages = new StringWriter();
        string[] arguments =
        [
            "dedupe",
            "--input",
            file,
            "--mapping",
            yaml,
            "--out",
            Path.Combine(folder, "clusters.csv"),
            .. more,
        ];
        var exit = await new CommandLine(output, messages).RunAsync(arguments, Stop);
        return (exit, output.ToString(), messages.ToString());
    }
}
