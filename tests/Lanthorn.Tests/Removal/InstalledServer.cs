using System.Net;
using System.Net.Http.Headers;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Program;
using Lanthorn.Storage;
using Lanthorn.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Tests.Removal;

/// <summary>
/// The whole program in the test's process, on a folder of its own, listening on loopback, with a clock that stands still
/// and a given key, so that two of them differ only in what is in them.
/// </summary>
internal sealed class InstalledServer : IAsyncDisposable
{
    /// <summary>Its key, so that ids can be told beforehand.</summary>
    public static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 7))];

    private const string Reason = "test";

    private readonly string folder;
    private readonly PostgresDatabase? database;
    private readonly Installation installation;
    private readonly WebApplication app;

    private InstalledServer(string folder, PostgresDatabase? database, Installation installation, WebApplication app) =>
        (this.folder, this.database, this.installation, this.app) = (folder, database, installation, app);

    /// <summary>The database on a server; null where it is a file in the folder.</summary>
    public PostgresDatabase? Database => database;

    public Store Store => installation.Store;

    /// <summary>Where its files are.</summary>
    public string Folder => folder;

    public IServiceProvider Services => app.Services;

    public Accounts Accounts => app.Services.GetRequiredService<Accounts>();

    public IEnumerable<RouteEndpoint> Routes =>
        app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <param name="time">Null is a clock that stands still.</param>
    public static async Task<InstalledServer> StartAsync(
        CancellationToken cancellation,
        TimeProvider? time = null,
        int requestsPerSecond = 1_000_000,
        Database on = Storage.Database.Sqlite,
        string mailServer = "",
        Func<Settings, Settings>? with = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("lanthorn-removal-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "installation.key"), Key, cancellation);
        var database = on == Storage.Database.Postgres ? await PostgresTables.CopyAsync(TestModules.All) : null;
        var settings = new Settings
        {
            Data = folder,
            Database = database?.Address ?? "",
            Urls = "http://127.0.0.1:0",
            RequestsPerSecond = requestsPerSecond,
            SmtpServer = mailServer,
            SmtpSender = mailServer.Length > 0 ? "lanthorn@agency.example" : "",
        };
        settings = with?.Invoke(settings) ?? settings;
        var installation = await Installation.OpenAsync(settings, time ?? new StandingClock(), cancellation);
        return new(folder, database, installation, await Server.StartAsync(installation, notice: [], cancellation));
    }

    /// <summary>A client with the token of a new account.</summary>
    public async Task<HttpClient> SignedInAsync(
        string name,
        string role,
        string organisation,
        CancellationToken cancellation
    )
    {
        await Accounts.AddOrganisationAsync(organisation, cancellation);
        await Accounts.AddPersonAsync(
            new(name, $"{name}@lanthorn.example", role, organisation, null, Reason),
            cancellation
        );
        var token = await Accounts.AddTokenAsync(name, "test", TimeSpan.FromDays(1), Reason, cancellation);
        return WithToken(token);
    }

    /// <summary>A client with somebody's token.</summary>
    public HttpClient WithToken(string token)
    {
        var client = Anybody();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/html;q=0.9");
        return client;
    }

    /// <summary>A client that nobody knows yet, and that follows no redirect.</summary>
    /// <param name="cookies">Where it keeps cookies, as a browser does; null for a program that keeps none.</param>
    public HttpClient Anybody(CookieContainer? cookies = null) =>
        new(
            new HttpClientHandler
            {
                AllowAutoRedirect = false,
                UseCookies = cookies is not null,
                CookieContainer = cookies ?? new CookieContainer(),
            }
        )
        {
            BaseAddress = new Uri(app.Urls.First()),
        };

    public async Task<Viewer> ViewerOfAsync(string name, CancellationToken cancellation) =>
        (await Accounts.WorkOfAsync(name, null, cancellation))!.Viewer;

    /// <summary>Waits until the index in memory has followed what was written.</summary>
    public async Task CaughtUpAsync(HttpClient client, CancellationToken cancellation)
    {
        var last = await Store.Changes.LastSequenceAsync(cancellation);
        var candidates = app.Services.GetRequiredService<Lanthorn.Screening.Candidates>();
        while (candidates.LoadedTo < last)
            await Task.Delay(10, cancellation);
        (await client.GetAsync("/readyz", cancellation)).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await installation.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class StandingClock : TimeProvider
    {
        private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
