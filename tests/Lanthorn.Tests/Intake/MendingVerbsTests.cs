using System.Text.Json;
using Lanthorn.Program;

namespace Lanthorn.Tests.Intake;

/// <summary>Mending, undoing and writing records on the command line.</summary>
public sealed class MendingVerbsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-mending-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refused_rows_are_mended_one_by_one_by_a_file_and_the_import_is_taken_back()
    {
        var table = await FileAsync("tips.csv", "ref,name,born\n1,Ana,1981\n,Bo,1982\n,Cy,1983\n4,Di,some day\n");
        var mapping = await FileAsync(
            "tips.yml",
            "schema: Person\nid: ref\nproperties:\n  name: name\n  birthDate: born\n"
        );
        var corrected = await FileAsync(
            "corrected.csv",
            "quarantine_row,ref,name,born\n2,3,\"Cy, the elder\",1983\n3,4,Di,another day\n"
        );
        await DoAsync(3, "import", table, "--source", "tips", "--mapping", mapping);

        var one = await DoAsync(0, "import", "replay", "tips", "--row", "1", "--set", "ref=2");
        var some = await DoAsync(3, "import", "replay", "tips", "--file", corrected);
        var counted = await DoAsync(0, "import", "undo", "tips", "--preview");
        var undone = await DoAsync(0, "import", "undo", "tips", "--reason", "the wrong file");
        var nothing = await RunAsync("import", "undo", "tips", "--reason", "again");

        Assert.Equal((1, 1), (one.GetProperty("replayed").GetInt32(), one.GetProperty("mended").GetInt32()));
        Assert.Equal((2, 1), (some.GetProperty("replayed").GetInt32(), some.GetProperty("mended").GetInt32()));
        Assert.Equal(3, Assert.Single(some.GetProperty("refused").EnumerateArray()).GetProperty("row").GetInt32());
        Assert.Equal(4, counted.GetProperty("vanishing").GetInt32());
        Assert.Equal(4, undone.GetProperty("vanishing").GetInt32());
        Assert.Equal(1, nothing.Exit);
        Assert.Contains("no such import", nothing.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_is_added_corrected_and_tells_its_history()
    {
        var added = await DoAsync(
            0,
            ["record", "add", "--schema", "Person", "--set", "name=Ana", "--set", "nationality=bg", "--reason", "seen"]
        );
        var id = added.GetProperty("record").GetString()!;

        var corrected = await DoAsync(0, "record", "correct", id, "--set", "name=Anna", "--reason", "misspelt");
        var late = await RunAsync([
            "record",
            "correct",
            id,
            "--set",
            "name=Anne",
            "--reason",
            "late",
            "--version-seen",
            "1",
        ]);
        var wrong = await RunAsync("record", "correct", id, "--set", "birthDate=some day", "--reason", "known");
        var history = await DoAsync(0, "record", "history", id);

        Assert.Equal(2, corrected.GetProperty("version").GetInt32());
        Assert.Equal((1, 1), (late.Exit, wrong.Exit));
        Assert.Contains("version 2 stands", late.Messages, StringComparison.Ordinal);
        Assert.Contains("birthDate", wrong.Messages, StringComparison.Ordinal);
        Assert.Equal("hand-local", history.GetProperty("source").GetString());
        Assert.Equal(
            ["misspelt", "seen"],
            history.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("reason").GetString()!)
        );
        var change = Assert.Single(history.GetProperty("versions")[0].GetProperty("changes").EnumerateArray());
        Assert.Equal("name", change.GetProperty("property").GetString());
    }

    [Theory]
    [InlineData("import", "replay", "tips", "--set", "ref=2")]
    [InlineData("import", "replay", "tips", "--row", "1", "--set", "ref")]
    [InlineData("import", "replay", "tips", "--file", "nowhere.csv")]
    [InlineData("record", "correct", "nobody", "--set", "name=Ana", "--reason", "known")]
    [InlineData("import", "undo", "nowhere", "--preview")]
    public async Task What_cannot_be_done_is_refused_with_a_line(params string[] args)
    {
        var (exit, output, messages) = await RunAsync(args);

        Assert.Equal(1, exit);
        Assert.Empty(output);
        Assert.StartsWith("lanthorn: ", messages, StringComparison.Ordinal);
    }

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text, Stop);
        return path;
    }

    private async Task<JsonElement> DoAsync(int expected, params string[] args)
    {
        var (exit, output, messages) = await RunAsync(args);
        Assert.True(exit == expected, messages);
        return JsonDocument.Parse(output).RootElement;
    }

    private async Task<(int Exit, string Output, string Messages)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var messages = new StringWriter();
        var exit = await new CommandLine(output, messages).RunAsync([.. args, "--data", folder], Stop);
        return (exit, output.ToString(), messages.ToString());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
