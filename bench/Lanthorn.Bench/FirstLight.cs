using System.Text.Json;
using Spectre.Console;

namespace Lanthorn.Bench;

/// <summary>
/// Import rates, start-up, resident memory and the request rate of <c>/match</c> over HTTP with token and JSON, on the
/// official lists where a pack is named and on generated records (seeded) for the import. Talks to loopback only.
/// </summary>
internal static class FirstLight
{
    public static async Task RunAsync(Options options, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("lanthorn-bench-").FullName;
        var table = new Table()
            .AddColumn("measure")
            .AddColumn(new TableColumn("value").RightAligned())
            .AddColumn("unit");
        try
        {
            await MeasureImportAsync(Path.Combine(folder, "import"), options.Records, table, cancellation);
            await MeasureServerAsync(Path.Combine(folder, "server"), options, table, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        AnsiConsole.MarkupLine(
            $"[bold]first-light[/] on {Environment.ProcessorCount} cores, seed {GeneratedPeople.Seed}, pack {(options.Pack is null ? "no" : "yes")}"
        );
        AnsiConsole.Write(table);
    }

    private static async Task MeasureImportAsync(string data, int records, Table table, CancellationToken cancellation)
    {
        Directory.CreateDirectory(data);
        var file = Path.Combine(data, "people.jsonl");
        await File.WriteAllLinesAsync(file, GeneratedPeople.Lines(records), cancellation);
        foreach (var kind in new[] { "new", "unchanged" })
        {
            var answer = await Installed.VerbAsync(
                ["import", file, "--source", "bench", "--json", "--data", data],
                cancellation
            );
            using var counts = JsonDocument.Parse(answer);
            var seconds = counts.RootElement.GetProperty("seconds").GetDouble();
            Installed.Add(table, $"import of {records:N0} {kind} records", records / seconds, "records/s");
        }
    }

    private static async Task MeasureServerAsync(
        string data,
        Options options,
        Table table,
        CancellationToken cancellation
    )
    {
        var port = Installed.FreePort();
        using (
            var first = Installed.Start(["demo", "--data", data, "--urls", $"http://127.0.0.1:{port}"], options.Pack)
        )
        {
            var elapsed = await Installed.ReadyAsync(port, cancellation);
            Installed.Add(table, "first start of the demonstration, until ready", elapsed.TotalSeconds, "s");
            await Installed.EndAsync(first);
        }
        using var server = Installed.Start(
            ["demo", "--data", data, "--urls", $"http://127.0.0.1:{port}"],
            options.Pack
        );
        try
        {
            Installed.Add(
                table,
                "second start, until ready",
                (await Installed.ReadyAsync(port, cancellation)).TotalSeconds,
                "s"
            );
            server.Refresh();
            Installed.Add(table, "resident memory when ready", server.WorkingSet64 / 1048576.0, "MiB");
            using var load = new MatchLoad(port, await AnalystAsync(data, cancellation));
            await load.MeasureMatchAsync(batch: 1, options, table, cancellation);
            await load.MeasureMatchAsync(batch: 50, options, table, cancellation);
            server.Refresh();
            Installed.Add(table, "resident memory after the load", server.WorkingSet64 / 1048576.0, "MiB");
        }
        finally
        {
            await Installed.EndAsync(server);
        }
    }

    private static async Task<string> AnalystAsync(string data, CancellationToken cancellation)
    {
        using var credentials = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(data, "credentials.json"), cancellation)
        );
        return credentials
            .RootElement.EnumerateArray()
            .First(c => c.GetProperty("role").GetString() == "analyst")
            .GetProperty("token")
            .GetString()!;
    }
}
