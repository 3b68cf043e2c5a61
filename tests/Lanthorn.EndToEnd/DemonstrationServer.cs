using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Lanthorn.EndToEnd;

/// <summary>One running demonstration for all tests that only read it, without the fictional world: that takes time.</summary>
public class DemonstrationServer : IAsyncLifetime
{
    /// <summary>Every test signs in anew, all of them from one address.</summary>
    private protected static readonly IReadOnlyDictionary<string, string?> ManySignIns = new Dictionary<string, string?>
    {
        ["LANTHORN_SIGNINSPERMINUTE"] = "1000",
    };

    private readonly TemporaryFolder folder = new();
    private readonly int scale;
    private readonly IReadOnlyDictionary<string, string?> environment;
    private LanthornProcess? process;

    public DemonstrationServer()
        : this(scale: 0, ManySignIns) { }

    private protected DemonstrationServer(int scale, IReadOnlyDictionary<string, string?> environment) =>
        (this.scale, this.environment) = (scale, environment);

    public string Data => folder.Path;

    /// <summary>All that the process has written so far.</summary>
    internal string Said => $"{process?.Output}{process?.Messages}";

    public Uri Address { get; private set; } = new("http://localhost");

    internal IReadOnlyList<Credential> Credentials { get; private set; } = [];

    public static string? Pack =>
        Environment.GetEnvironmentVariable("LANTHORN_PACK") is { Length: > 0 } pack && Directory.Exists(pack)
            ? Path.GetFullPath(pack)
            : null;

    internal sealed record Credential(
        string Name,
        string Email,
        string Role,
        string Organisation,
        string Password,
        string Token
    );

    internal Credential As(string role) => Credentials.First(c => c.Role == role);

    internal HttpClient Client(string? role = "analyst")
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        if (role is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", As(role).Token);
        return client;
    }

    internal async Task<JsonElement> MatchAsync(
        string dataset,
        string schema,
        string name,
        CancellationToken cancellation,
        string options = ""
    )
    {
        using var client = Client();
        var body = new { queries = new { q = new { schema, properties = new { name = new[] { name } } } } };
        using var answer = await client.PostAsJsonAsync($"/match/{dataset}{options}", body, cancellation);
        answer.EnsureSuccessStatusCode();
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return json.GetProperty("responses").GetProperty("q");
    }

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        Address = new Uri($"http://localhost:{port}");
        process = LanthornProcess.Start(
            environment,
            "demo",
            "--data",
            Data,
            "--urls",
            $"http://127.0.0.1:{port}",
            "--scale",
            $"{scale}"
        );
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Address };
        while (!await IsReadyAsync(client, patience.Token))
        {
            Assert.False(process.HasEnded, $"the demonstration ended: {process.Messages}");
            await Task.Delay(200, patience.Token);
        }
        var json = await File.ReadAllTextAsync(Path.Combine(Data, "credentials.json"), patience.Token);
        Credentials = JsonSerializer.Deserialize<List<Credential>>(json, JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

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
}

[CollectionDefinition(nameof(DemonstrationServer))]
public sealed class DemonstrationCollection : ICollectionFixture<DemonstrationServer>;

/// <summary>A running demonstration with the fictional world in it, the same on every machine: without anybody's pack.</summary>
public sealed class WorldServer()
    : DemonstrationServer(scale: 1, new Dictionary<string, string?>(ManySignIns) { ["LANTHORN_PACK"] = "" });

[CollectionDefinition(nameof(WorldServer))]
public sealed class WorldCollection : ICollectionFixture<WorldServer>;
