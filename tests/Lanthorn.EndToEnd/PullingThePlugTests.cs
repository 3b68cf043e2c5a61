using System.Text.Json;
using Lanthorn.Tests.Storage;

namespace Lanthorn.EndToEnd;

/// <summary>kill -9 at any moment loses nothing that was acknowledged; starting again continues.</summary>
public sealed class PullingThePlugTests
{
    private const int Records = 10_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_import_that_was_killed_is_continued_without_loss_or_duplicate(Database database)
    {
        using var folder = new TemporaryFolder();
        await using var server = database == Database.Postgres ? await PostgresDatabase.CreateAsync() : null;
        string[] on = server is null ? [] : ["--database", server.Address];
        var file = folder.File("people.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Records).Select(Line), Stop);
        var (first, _, said) = await LanthornProcess.RunAsync(folder.Path, Stop, ["sources", "--json", .. on]);
        Assert.True(first == 0, said);

        await using (
            var killed = LanthornProcess.Start(
                new Dictionary<string, string?>(),
                ["import", file, "--source", "made-up", "--data", folder.Path, .. on]
            )
        )
        {
            await Task.Delay(1_200, Stop);
            await killed.KillAsync();
        }
        var (exit, output, messages) = await LanthornProcess.RunAsync(
            folder.Path,
            Stop,
            ["import", file, "--source", "made-up", "--json", .. on]
        );
        var (verified, _, broken) = await LanthornProcess.RunAsync(folder.Path, Stop, ["audit", "verify", .. on]);
        var (_, sources, _) = await LanthornProcess.RunAsync(folder.Path, Stop, ["sources", "--json", .. on]);

        Assert.True(exit == 0, messages);
        var counts = JsonDocument.Parse(output).RootElement;
        Assert.Equal(Records, counts.GetProperty("read").GetInt32());
        Assert.Equal(Records, counts.GetProperty("imported").GetInt32() + counts.GetProperty("unchanged").GetInt32());
        Assert.Equal(0, counts.GetProperty("quarantined").GetInt32());
        Assert.True(verified == 0, broken);
        var listed = JsonDocument
            .Parse(sources)
            .RootElement.EnumerateArray()
            .Single(s => s.GetProperty("code").GetString() == "made-up");
        Assert.Equal(Records, listed.GetProperty("records").GetInt32());
    }

    private static string Line(int number) =>
        JsonSerializer.Serialize(
            new
            {
                id = $"p{number}",
                schema = "Person",
                properties = new
                {
                    name = new[] { $"Made Up {number}" },
                    birthDate = new[] { $"{1950 + (number % 50)}" },
                },
            }
        );
}
