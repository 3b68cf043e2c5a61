using System.Diagnostics;
using System.Text.Json;
using Spectre.Console;

namespace Lanthorn.Bench;

/// <summary>
/// What size costs: generated persons are imported, once more unchanged, and served; how long until the server is ready
/// without and with the file of its index, what it holds in memory, how fast it answers. On SQLite, or on the PostgreSQL
/// database named by --database, which must be empty.
/// </summary>
internal static class Scale
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(Options options, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("lanthorn-bench-").FullName;
        var table = new Table()
            .AddColumn("measure")
            .AddColumn(new TableColumn("value").RightAligned())
            .AddColumn("unit");
        try
        {
            await ImportAsync(folder, options, table, cancellation);
            var token = await TokenAsync(folder, options, cancellation);
            await ServeAsync(folder, token, options, table, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        var where = options.Database is null ? "SQLite" : "PostgreSQL";
        AnsiConsole.MarkupLine(
            $"[bold]scale[/] of {options.Records:N0} on {where}, {Environment.ProcessorCount} cores, seed {GeneratedPeople.Seed}"
        );
        AnsiConsole.Write(table);
    }

    private static async Task ImportAsync(string folder, Options options, Table table, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, "people.jsonl");
        await File.WriteAllLinesAsync(file, GeneratedPeople.Lines(options.Records), cancellation);
        foreach (var kind in new[] { "new", "unchanged" })
        {
            string[] verb = ["import", file, "--source", "bench", "--json", .. Of(folder, options)];
            using var counts = JsonDocument.Parse(await Installed.VerbAsync(verb, cancellation));
            var seconds = counts.RootElement.GetProperty("seconds").GetDouble();
            Installed.Add(table, $"import, {kind}", options.Records / seconds, "records/s");
            await Console.Error.WriteLineAsync($"{kind}: {options.Records / seconds:N0} records/s");
        }
        var size = Directory.EnumerateFiles(folder, "lanthorn.db*").Sum(f => new FileInfo(f).Length);
        if (size > 0)
            Installed.Add(table, "database on disk", size / 1048576.0, "MiB");
    }

    private static async Task<string> TokenAsync(string folder, Options options, CancellationToken cancellation)
    {
        var of = Of(folder, options);
        await Installed.VerbAsync(["user", "add", "bench", "--role", "analyst", .. of], cancellation);
        var token = await Installed.VerbAsync(
            ["token", "create", "--user", "bench", "--reason", "benchmark", "--json", .. of],
            cancellation
        );
        return JsonDocument.Parse(token).RootElement.GetProperty("token").GetString()!;
    }

    private static async Task ServeAsync(
        string folder,
        string token,
        Options options,
        Table table,
        CancellationToken cancellation
    )
    {
        var port = Installed.FreePort();
        string[] verb = ["serve", "--urls", $"http://127.0.0.1:{port}", .. Of(folder, options)];
        using (var first = Installed.Start(verb, pack: null))
            try
            {
                var ready = await Installed.ReadyAsync(port, cancellation);
                Installed.Add(table, "first start, until ready", ready.TotalSeconds, "s");
                var frozen = await FrozenAsync(Path.Combine(folder, "indexes", "candidates.index"), cancellation);
                Installed.Add(table, "its index in a file after", frozen.TotalSeconds, "s");
                AddMemory(table, "resident then", first);
            }
            finally
            {
                await Installed.EndAsync(first);
            }
        using var server = Installed.Start(verb, pack: null);
        try
        {
            var ready = await Installed.ReadyAsync(port, cancellation);
            Installed.Add(table, "second start, until ready", ready.TotalSeconds, "s");
            AddMemory(table, "resident when ready", server);
            using var load = new MatchLoad(port, token);
            await load.MeasureSearchAsync(options, table, cancellation);
            await load.MeasureMatchAsync(batch: 1, options, table, cancellation);
            await load.MeasureMatchAsync(batch: 50, options, table, cancellation);
            AddMemory(table, "resident after the load", server);
        }
        finally
        {
            await Installed.EndAsync(server);
        }
    }

    private static async Task<TimeSpan> FrozenAsync(string file, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (!File.Exists(file) && Stopwatch.GetElapsedTime(started) < Patience)
            await Task.Delay(50, cancellation);
        return Stopwatch.GetElapsedTime(started);
    }

    private static void AddMemory(Table table, string measure, Process process)
    {
        process.Refresh();
        Installed.Add(table, measure, process.WorkingSet64 / 1048576.0, "MiB");
    }

    private static string[] Of(string folder, Options options) =>
        options.Database is { } database ? ["--data", folder, "--database", database] : ["--data", folder];
}
