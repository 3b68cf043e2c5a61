using System.Text.Json;
using Lanthorn.Program;

namespace Lanthorn.Tests.Intake;

/// <summary>The verb that proposes a mapping.</summary>
[Collection(CommandLineCollection.Name)]
public sealed class SuggestVerbTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_line_prints_a_mapping_that_it_takes_itself()
    {
        var folder = Directory.CreateTempSubdirectory("lanthorn-suggest-").FullName;
        var table = Path.Combine(folder, "tips.csv");
        await File.WriteAllTextAsync(table, "Ref;Name;Né le\n1;Zoé;1985\n", Stop);
        var mapping = Path.Combine(folder, "m.yml");

        var suggested = await RunAsync("import", "suggest", table, "--schema", "Person");
        await File.WriteAllTextAsync(mapping, suggested.Output, Stop);
        var imported = await RunAsync("import", table, "--source", "tips", "--mapping", mapping);
        var json = await RunAsync("import", "suggest", table, "--json");
        var nobody = await RunAsync("import", "suggest", table, "--schema", "Unicorn");
        var sheet = await RunAsync("import", "suggest", Path.Combine(folder, "none.csv"), "--sheet", "A");

        Assert.Equal((0, 0, 0, 1, 1), (suggested.Exit, imported.Exit, json.Exit, nobody.Exit, sheet.Exit));
        Assert.Contains("\"imported\":1", imported.Output, StringComparison.Ordinal);
        Assert.Equal("Person", JsonDocument.Parse(json.Output).RootElement.GetProperty("schema").GetString());
        Directory.Delete(folder, recursive: true);

        async Task<(int Exit, string Output)> RunAsync(params string[] args)
        {
            await using var output = new StringWriter();
            await using var messages = new StringWriter();
            var exit = await new CommandLine(output, messages).RunAsync(
                [.. args, "--data", Path.Combine(folder, "data")],
                Stop
            );
            return (exit, output.ToString());
        }
    }
}
