using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Tests.Storage;

namespace Lanthorn.EndToEnd;

/// <summary>
/// An installation whose processes are killed, with a server running beside them, and what was acknowledged of it so far.
/// </summary>
internal sealed class KilledInstallation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();
    private readonly PostgresDatabase? database;
    private readonly int port = DemonstrationServer.FreePort();
    private LanthornProcess? server;
    private string token = "";

    private KilledInstallation(PostgresDatabase? database) => this.database = database;

    /// <summary>Live records by source, as far as they were acknowledged.</summary>
    public Dictionary<string, int> Acknowledged { get; } = new(StringComparer.Ordinal);

    public static async Task<KilledInstallation> StartAsync(Database on, CancellationToken cancellation)
    {
        var database = on == Database.Postgres ? await PostgresDatabase.CreateAsync() : null;
        var made = new KilledInstallation(database);
        made.token = (
            await made.NeedAsync(cancellation, "token", "create", "--user", "operator", "--reason", "kills")
        ).Trim();
        await made.ServeAsync(cancellation);
        return made;
    }

    public string File(string name) => folder.File(name);

    public HttpClient Client()
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public LanthornProcess Begin(params string[] arguments) =>
        LanthornProcess.Start(new Dictionary<string, string?>(), [.. arguments, .. Here]);

    public async Task<(int ExitCode, string Output, string Messages)> RunAsync(
        CancellationToken cancellation,
        params string[] arguments
    )
    {
        await using var run = Begin(arguments);
        return (await run.EndAsync(cancellation), run.Output, run.Messages);
    }

    /// <summary>Runs what must go well, and gives its answer.</summary>
    public async Task<string> NeedAsync(CancellationToken cancellation, params string[] arguments)
    {
        var (exit, output, messages) = await RunAsync(cancellation, arguments);
        Assert.True(exit is 0 or 3, $"{string.Join(' ', arguments)} ended with {exit}: {messages}");
        return output;
    }

    /// <summary>Starts a verb, kills it after a while, and says whether it had ended by itself.</summary>
    public async Task<bool> KillAsync(int milliseconds, CancellationToken cancellation, params string[] arguments)
    {
        await using var run = Begin(arguments);
        await Task.Delay(milliseconds, cancellation);
        var hasEnded = run.HasEnded;
        await run.KillAsync();
        return hasEnded;
    }

    public async Task KillServerAsync() => await server!.KillAsync();

    /// <summary>Starts the server, and waits until it answers.</summary>
    public async Task ServeAsync(CancellationToken cancellation)
    {
        if (server is not null)
            await server.DisposeAsync();
        server = Begin("serve", "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var client = Client();
        while (!await IsReadyAsync(client, patience.Token))
        {
            Assert.False(server.HasEnded, $"the server ended: {server.Messages}");
            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary>
    /// The law after each kill: all that was acknowledged is there, the chains of the log hold, what the tables say of each
    /// other is true, and the index of the running server answers as a fresh one does.
    /// </summary>
    public async Task CheckAsync(string after, CancellationToken cancellation)
    {
        var (verified, _, broken) = await RunAsync(cancellation, "audit", "verify");
        Assert.True(verified == 0, $"{after}: {broken}");
        if (database is null)
        {
            var (healthy, found, messages) = await RunAsync(cancellation, "doctor");
            Assert.True(healthy == 0, $"{after}: {found} {messages}");
        }
        var sources = JsonDocument.Parse(await NeedAsync(cancellation, "sources", "--json")).RootElement;
        var live = sources
            .EnumerateArray()
            .ToDictionary(s => s.GetProperty("code").GetString()!, s => s.GetProperty("records").GetInt32());
        foreach (var (source, records) in Acknowledged)
            Assert.True(
                live.GetValueOrDefault(source) == records,
                $"{after}: {source} has {live.GetValueOrDefault(source)} records instead of {records}"
            );
        await CompareAsync(after, cancellation);
    }

    private async Task CompareAsync(string after, CancellationToken cancellation)
    {
        var queries = Enumerable.Range(0, 12).Select(q => (Id: $"q{q}", Name: $"Made Up {q * 97 % 1_000}")).ToList();
        var file = File("queries.jsonl");
        await System.IO.File.WriteAllLinesAsync(
            file,
            queries.Select(q =>
                JsonSerializer.Serialize(
                    new
                    {
                        id = q.Id,
                        schema = "Person",
                        properties = Name(q.Name),
                    }
                )
            ),
            cancellation
        );
        var lines = await NeedAsync(cancellation, "match", "--queries", file, "--threshold", "0.5", "--limit", "10");
        var fresh = lines
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(l => Results(JsonDocument.Parse(l).RootElement))
            .ToList();
        using var client = Client();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        List<string> running;
        do
        {
            using var answer = await client.PostAsJsonAsync(
                "/match/default?threshold=0.5&cutoff=0.5&limit=10",
                new
                {
                    queries = queries.ToDictionary(
                        q => q.Id,
                        q => new { schema = "Person", properties = Name(q.Name) }
                    ),
                },
                cancellation
            );
            Assert.True(answer.IsSuccessStatusCode, $"{after}: {await answer.Content.ReadAsStringAsync(cancellation)}");
            var responses = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty(
                "responses"
            );
            running = [.. queries.Select(q => Results(responses.GetProperty(q.Id)))];
            if (!fresh.SequenceEqual(running) && patience.IsCancellationRequested)
                break;
            if (!fresh.SequenceEqual(running))
                await Task.Delay(200, cancellation);
        } while (!fresh.SequenceEqual(running));
        Assert.True(
            fresh.SequenceEqual(running),
            $"{after}: a fresh index answers\n{string.Join('\n', fresh)}\nand the running one\n{string.Join('\n', running)}"
        );
    }

    private static object Name(string name) => new { name = new[] { name } };

    private static string Results(JsonElement answer) =>
        string.Join(
            ' ',
            answer
                .GetProperty("results")
                .EnumerateArray()
                .Select(r => $"{r.GetProperty("id").GetString()}:{r.GetProperty("score").GetDouble():0.0000}")
        );

    private string[] Here =>
        database is null ? ["--data", folder.Path] : ["--data", folder.Path, "--database", database.Address];

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync("/readyz", cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
        folder.Dispose();
    }
}
