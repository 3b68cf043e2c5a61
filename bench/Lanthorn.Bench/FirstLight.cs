using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Lanthorn.Bench;

/// <summary>
/// Import rates, start-up, resident memory and the request rate of <c>/match</c> over HTTP with token and JSON, on the
/// official lists where a pack is named and on generated records (seeded) for the import. Talks to loopback only.
/// </summary>
internal static class FirstLight
{
    private const int Seed = 20261124;

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
            $"[bold]first-light[/] on {Environment.ProcessorCount} cores, seed {Seed}, pack {(options.Pack is null ? "no" : "yes")}"
        );
        AnsiConsole.Write(table);
    }

    private static async Task MeasureImportAsync(string data, int records, Table table, CancellationToken cancellation)
    {
        Directory.CreateDirectory(data);
        var file = Path.Combine(data, "people.jsonl");
        await File.WriteAllLinesAsync(file, People(records), cancellation);
        foreach (var kind in new[] { "new", "unchanged" })
        {
            var answer = await VerbAsync(["import", file, "--source", "bench", "--json", "--data", data], cancellation);
            using var counts = JsonDocument.Parse(answer);
            var seconds = counts.RootElement.GetProperty("seconds").GetDouble();
            Add(table, $"import of {records:N0} {kind} records", records / seconds, "records/s");
        }
    }

    private static async Task MeasureServerAsync(
        string data,
        Options options,
        Table table,
        CancellationToken cancellation
    )
    {
        var port = FreePort();
        using (var first = Start(["demo", "--data", data, "--urls", $"http://127.0.0.1:{port}"], options.Pack))
        {
            var elapsed = await ReadyAsync(port, cancellation);
            Add(table, "first start of the demonstration, until ready", elapsed.TotalSeconds, "s");
            await EndAsync(first);
        }
        using var server = Start(["demo", "--data", data, "--urls", $"http://127.0.0.1:{port}"], options.Pack);
        try
        {
            Add(table, "second start, until ready", (await ReadyAsync(port, cancellation)).TotalSeconds, "s");
            server.Refresh();
            Add(table, "resident memory when ready", server.WorkingSet64 / 1048576.0, "MiB");
            await MeasureMatchAsync(port, data, batch: 1, options, table, cancellation);
            await MeasureMatchAsync(port, data, batch: 50, options, table, cancellation);
            server.Refresh();
            Add(table, "resident memory after the load", server.WorkingSet64 / 1048576.0, "MiB");
        }
        finally
        {
            await EndAsync(server);
        }
    }

    /// <summary>Closed loop with four clients: each sends its next request when the last is answered.</summary>
    private static async Task MeasureMatchAsync(
        int port,
        string data,
        int batch,
        Options options,
        Table table,
        CancellationToken cancellation
    )
    {
        var credentials = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(data, "credentials.json"), cancellation)
        );
        var token = credentials
            .RootElement.EnumerateArray()
            .First(c => c.GetProperty("role").GetString() == "analyst")
            .GetProperty("token")
            .GetString();
        using var client = new HttpClient(new SocketsHttpHandler())
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var bodies = Bodies(batch).Take(400).ToArray();
        await SendAsync(client, bodies, TimeSpan.FromSeconds(3), cancellation);
        var started = Stopwatch.GetTimestamp();
        var latencies = await SendAsync(client, bodies, TimeSpan.FromSeconds(options.Seconds), cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        latencies.Sort();
        var name = batch == 1 ? "/match, single queries" : $"/match, batches of {batch}";
        Add(table, name, latencies.Count * batch / seconds, "queries/s");
        Add(table, $"{name}, median", latencies[latencies.Count / 2], "ms");
        Add(table, $"{name}, p99", latencies[(int)(latencies.Count * 0.99)], "ms");
    }

    private static async Task<List<double>> SendAsync(
        HttpClient client,
        byte[][] bodies,
        TimeSpan duration,
        CancellationToken cancellation
    )
    {
        var all = new List<double>();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(SendOneAsync));
        return all;

        async Task SendOneAsync(int worker)
        {
            for (var at = worker * 97; Stopwatch.GetElapsedTime(started) < duration; at++)
            {
                var sent = Stopwatch.GetTimestamp();
                using var content = new ByteArrayContent(bodies[at % bodies.Length]);
                content.Headers.ContentType = new("application/json");
                using var answer = await client.PostAsync("/match/default", content, cancellation);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync(cancellation);
                var took = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                lock (all)
                    all.Add(took);
            }
        }
    }

    private static IEnumerable<byte[]> Bodies(int batch)
    {
        var random = new Random(Seed);
        while (true)
        {
            var queries = Enumerable
                .Range(0, batch)
                .ToDictionary(
                    i => $"q{i}",
                    _ => new { schema = "Person", properties = new { name = new[] { Name(random) } } }
                );
            yield return JsonSerializer.SerializeToUtf8Bytes(new { queries });
        }
    }

    private static IEnumerable<string> People(int count)
    {
        var random = new Random(Seed);
        for (var i = 0; i < count; i++)
            yield return JsonSerializer.Serialize(
                new
                {
                    id = $"bench-{i}",
                    schema = "Person",
                    properties = new
                    {
                        name = new[] { Name(random) },
                        alias = new[] { Name(random) },
                        birthDate = new[]
                        {
                            $"{random.Next(1940, 2005)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
                        },
                        nationality = new[] { Countries[random.Next(Countries.Length)] },
                        passportNumber = new[] { $"X{random.Next(1_000_000, 9_999_999)}" },
                    },
                }
            );
    }

    private static string Name(Random random) =>
        string.Join(
            ' ',
            Enumerable
                .Range(0, random.Next(2, 4))
                .Select(_ => Parts[random.Next(Parts.Length)] + Ends[random.Next(Ends.Length)])
        );

    private static readonly string[] Parts =
    [
        "Mo",
        "Ab",
        "Sal",
        "Kar",
        "Yus",
        "Has",
        "Tek",
        "Ghir",
        "Ber",
        "Ol",
        "Dim",
        "Nik",
        "Fat",
        "Zah",
        "Ibr",
        "Mar",
        "Jo",
        "Al",
        "Far",
        "Tes",
    ];
    private static readonly string[] Ends =
    [
        "hamed",
        "dul",
        "eh",
        "im",
        "ef",
        "an",
        "le",
        "may",
        "hane",
        "eksandr",
        "itri",
        "olai",
        "ima",
        "ra",
        "ahim",
        "ia",
        "seph",
        "i",
        "ouk",
        "fay",
    ];
    private static readonly string[] Countries =
    [
        "ly",
        "er",
        "et",
        "sy",
        "tn",
        "eg",
        "sd",
        "af",
        "pk",
        "bd",
        "ua",
        "gr",
    ];

    private static void Add(Table table, string measure, double value, string unit) =>
        table.AddRow(measure, value.ToString(value >= 100 ? "N0" : "N2", CultureInfo.InvariantCulture), unit);

    private static async Task<string> VerbAsync(string[] arguments, CancellationToken cancellation)
    {
        using var process = Start(arguments, pack: null);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(cancellation));
    }

    private static Process Start(string[] arguments, string? pack)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "lanthorn.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["LANTHORN_PACK"] = pack ?? "";
        return Process.Start(start)!;
    }

    private static async Task<TimeSpan> ReadyAsync(int port, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var client = new HttpClient(new SocketsHttpHandler())
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/readyz", cancellation);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return Stopwatch.GetElapsedTime(started);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(20, cancellation);
        }
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
