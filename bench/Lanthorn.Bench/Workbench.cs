using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Lanthorn.Bench;

/// <summary>
/// Fifty people at the pages of the workbench, on the fictional world of the demonstration: each has a session of his own and
/// looks at a page about every second. Pages only: what a browser keeps (styles, letters, scripts) is not fetched.
/// </summary>
internal static class Workbench
{
    private const int Users = 50;
    private const int Seed = 20261126;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    /// <summary>Those who read records, of three organisations, each of whom sees another part of the world.</summary>
    private static readonly string[] Accounts =
    [
        "demo-analyst",
        "demo-analyst-north",
        "demo-liaison-officer",
        "demo-liaison-south",
        "demo-operations-lead",
    ];

    private sealed record Credential(string Name, string Email, string Password, string Token);

    public static async Task RunAsync(Options options, CancellationToken cancellation)
    {
        var data = Directory.CreateTempSubdirectory("lanthorn-bench-").FullName;
        var port = Installed.FreePort();
        var server = new Uri($"http://127.0.0.1:{port}");
        // All sign in from one address within seconds; the limit of requests, 5,000 a second and account, is left as it is.
        Environment.SetEnvironmentVariable("LANTHORN_SIGNINSPERMINUTE", "1000");
        string[] verb = ["demo", "--data", data, "--urls", server.ToString(), "--scale", $"{options.Scale}"];
        using var process = Installed.Start(verb, options.Pack);
        try
        {
            var ready = await Installed.ReadyAsync(port, cancellation);
            process.Refresh();
            var first = $"{ready.TotalSeconds:N1} s, resident {process.WorkingSet64 / 1048576.0:N0} MiB";
            var records = await RecordsAsync(data, cancellation);
            AnsiConsole.MarkupLine(
                $"[bold]workbench[/] on {Environment.ProcessorCount} cores, scale {options.Scale}, pack {(options.Pack is null ? "no" : "yes")}; first start until ready {first}; {records.Length:N0} records in the truth"
            );
            if (options.Has("--start-only"))
                return;
            var users = await UsersAsync(server, data, records, cancellation);
            try
            {
                await MeasureAsync(users, process, TimeSpan.FromSeconds(options.Seconds), cancellation);
            }
            finally
            {
                foreach (var user in users)
                    user.Dispose();
            }
        }
        finally
        {
            await Installed.EndAsync(process);
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>Ids of the world's records, from the file that tells what each is about.</summary>
    private static async Task<string[]> RecordsAsync(string data, CancellationToken cancellation) =>
        [
            .. (await File.ReadAllLinesAsync(Path.Combine(data, "lanthorn-world-truth.csv"), cancellation))
                .Skip(1)
                .Select(line => line.Split(',')[0]),
        ];

    private static async Task<List<WorkbenchUser>> UsersAsync(
        Uri server,
        string data,
        string[] records,
        CancellationToken cancellation
    )
    {
        var json = await File.ReadAllTextAsync(Path.Combine(data, "credentials.json"), cancellation);
        var credentials = JsonSerializer.Deserialize<List<Credential>>(json, JsonSerializerOptions.Web)!;
        new Random(Seed).Shuffle(records);
        var users = new List<WorkbenchUser>();
        foreach (var name in Accounts)
        {
            var who = credentials.First(c => c.Name == name);
            var sights = await WorkbenchUser.SeeAsync(server, who.Token, records, cancellation);
            for (var at = 0; at < Users / Accounts.Length; at++)
                users.Add(await WorkbenchUser.SignInAsync(server, who.Email, who.Password, sights, cancellation));
        }
        return users;
    }

    private static async Task MeasureAsync(
        List<WorkbenchUser> users,
        Process server,
        TimeSpan duration,
        CancellationToken cancellation
    )
    {
        await new WorkbenchLoad(users, Seed).LookAsync(WarmUp, cancellation);
        server.Refresh();
        var (before, load) = (server.TotalProcessorTime, LoadAverage());
        var started = Stopwatch.GetTimestamp();
        var looks = await new WorkbenchLoad(users, Seed + Users).LookAsync(duration, cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        server.Refresh();
        var cpu = (server.TotalProcessorTime - before).TotalSeconds;

        var table = new Table().AddColumn("page");
        foreach (var column in new[] { "looks", "p50 ms", "p95 ms", "p99 ms", "max ms", "failed" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var kind in looks.GroupBy(l => l.Kind).OrderBy(g => g.Key, StringComparer.Ordinal))
            Add(table, kind.Key, [.. kind]);
        Add(table, "all", looks);
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{users.Count} people, {looks.Count / seconds:N1} pages/s for {seconds:N0} s; the server took {cpu:N1} CPU s ({1000 * cpu / looks.Count:N1} ms a page) and {server.WorkingSet64 / 1048576.0:N0} MiB; load before {load}, after {LoadAverage()}"
            )
        );
    }

    private static void Add(Table table, string kind, IReadOnlyList<WorkbenchLoad.Look> looks)
    {
        var sorted = looks.Select(l => l.Milliseconds).Order().ToList();
        string At(double share) =>
            sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))]
                .ToString("N1", CultureInfo.InvariantCulture);
        table.AddRow(kind, $"{sorted.Count}", At(0.5), At(0.95), At(0.99), At(1), $"{looks.Count(l => l.Failed)}");
    }

    private static string LoadAverage() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
