using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Spectre.Console;

namespace Lanthorn.Bench;

/// <summary>Clients that ask a running server over HTTP with a token, as a desk's own program would.</summary>
internal sealed class MatchLoad : IDisposable
{
    private const int Clients = 4;

    private readonly HttpClient client;

    public MatchLoad(int port, string token)
    {
        client = new(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public void Dispose() => client.Dispose();

    /// <summary>Closed loop: each client sends its next request when the last is answered.</summary>
    public async Task MeasureMatchAsync(int batch, Options options, Table table, CancellationToken cancellation)
    {
        var bodies = Bodies(batch).Take(400).ToArray();
        await MeasureAsync(
            batch == 1 ? "/match, single queries" : $"/match, batches of {batch}",
            batch,
            at => client.PostAsync("/match/default", JsonOf(bodies[at % bodies.Length]), cancellation),
            options,
            table
        );
    }

    /// <summary>Closed loop of text searches by one name, counts and facets among them.</summary>
    public async Task MeasureSearchAsync(Options options, Table table, CancellationToken cancellation)
    {
        var random = new Random(GeneratedPeople.Seed + 1);
        var names = Enumerable.Range(0, 400).Select(_ => Uri.EscapeDataString(GeneratedPeople.Name(random))).ToArray();
        await MeasureAsync(
            "/search",
            1,
            at => client.GetAsync($"/search/default?q={names[at % names.Length]}", cancellation),
            options,
            table
        );
    }

    private static async Task MeasureAsync(
        string name,
        int batch,
        Func<int, Task<HttpResponseMessage>> ask,
        Options options,
        Table table
    )
    {
        // The just-in-time compiler takes two fifths of the first ten seconds.
        await AskAsync(ask, TimeSpan.FromSeconds(15));
        var started = Stopwatch.GetTimestamp();
        var latencies = await AskAsync(ask, TimeSpan.FromSeconds(options.Seconds));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        latencies.Sort();
        Installed.Add(table, name, latencies.Count * batch / seconds, batch == 1 ? "requests/s" : "queries/s");
        Installed.Add(table, $"{name}, median", latencies[latencies.Count / 2], "ms");
        Installed.Add(table, $"{name}, p95", latencies[(int)(latencies.Count * 0.95)], "ms");
        Installed.Add(table, $"{name}, p99", latencies[(int)(latencies.Count * 0.99)], "ms");
    }

    private static async Task<List<double>> AskAsync(Func<int, Task<HttpResponseMessage>> ask, TimeSpan duration)
    {
        var all = new List<double>();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(AskOneAsync));
        return all;

        async Task AskOneAsync(int worker)
        {
            for (var at = worker * 97; Stopwatch.GetElapsedTime(started) < duration; at++)
            {
                var sent = Stopwatch.GetTimestamp();
                using var answer = await ask(at);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                var took = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                lock (all)
                    all.Add(took);
            }
        }
    }

    private static IEnumerable<byte[]> Bodies(int batch)
    {
        var random = new Random(GeneratedPeople.Seed);
        while (true)
        {
            var queries = Enumerable
                .Range(0, batch)
                .ToDictionary(
                    i => $"q{i}",
                    _ => new { schema = "Person", properties = new { name = new[] { GeneratedPeople.Name(random) } } }
                );
            yield return JsonSerializer.SerializeToUtf8Bytes(new { queries });
        }
    }

    private static ByteArrayContent JsonOf(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return content;
    }
}
