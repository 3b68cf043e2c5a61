using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using Lanthorn.Tests.Removal;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Screening;

public sealed class SavedSearchTests
{
    private const string Route = "/api/v1/searches";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task What_is_new_is_what_the_reader_sees_and_what_came_since_his_own_last_look(Database database)
    {
        var time = new HandTime();
        await using var server = await InstalledServer.StartAsync(Stop, time, on: database);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var bob = await server.SignedInAsync("bob", "analyst", "alpha", Stop);
        await WriteAsync(server.Store, TemporaryStore.Person("1", "Mira Old"));
        time.Move(TimeSpan.FromHours(1));
        var id = await SaveAsync(ana, "Mira", "q=mira", shared: true);
        time.Move(TimeSpan.FromHours(1));
        await WriteAsync(
            server.Store,
            TemporaryStore.Person("2", "Mira New"),
            TemporaryStore.Person("3", "Mira Hidden", "org=bravo"),
            TemporaryStore.Person("4", "Somebody Else"),
            TemporaryStore.Person("5", "Mira Carried") with
            {
                Category = SubjectCategory.SmuggledMigrant,
            }
        );

        Assert.Equal([("Mira", 1)], await ListAsync(ana));
        Assert.Equal([("Mira", 1)], await ListAsync(bob));
        Assert.Equal(["Mira: 1 new"], await WatchedAsync(bob));
        time.Move(TimeSpan.FromHours(1));
        (await ana.PostAsync($"{Route}/{id}/look", null, Stop)).EnsureSuccessStatusCode();
        Assert.Equal([("Mira", 0)], await ListAsync(ana));
        Assert.Equal([("Mira", 1)], await ListAsync(bob));
        Assert.Empty(await WatchedAsync(ana));
    }

    [Theory, OnEachDatabase]
    public async Task A_search_is_seen_by_whom_it_is_for_and_deleted_by_its_owner_alone(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        using var bob = await server.SignedInAsync("bob", "analyst", "alpha", Stop);
        using var cy = await server.SignedInAsync("cy", "analyst", "bravo", Stop);
        await SaveAsync(ana, "mine", "q=one", shared: false);
        var shared = await SaveAsync(ana, "ours", "q=two&schema=Person", shared: true);

        Assert.Equal(["mine", "ours"], (await ListAsync(ana)).Select(s => s.Name));
        Assert.Equal(["ours"], (await ListAsync(bob)).Select(s => s.Name));
        Assert.Empty(await ListAsync(cy));
        Assert.Equal(HttpStatusCode.NotFound, (await bob.DeleteAsync($"{Route}/{shared}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await cy.PostAsync($"{Route}/{shared}/look", null, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await ana.DeleteAsync($"{Route}/{shared}", Stop)).StatusCode);
        Assert.Empty(await ListAsync(bob));
    }

    [Theory]
    [InlineData("", "q=a")]
    [InlineData("name", "schema=Person")]
    [InlineData("name", "q=country:Atlantis")]
    public async Task What_is_no_search_is_not_saved_and_the_reader_is_told_why(string name, string query)
    {
        await using var server = await InstalledServer.StartAsync(Stop);
        using var ana = await server.SignedInAsync("ana", "analyst", "alpha", Stop);

        using var answer = await ana.PostAsJsonAsync(
            Route,
            new
            {
                name,
                query,
                shared = false,
            },
            Stop
        );

        Assert.InRange((int)answer.StatusCode, 400, 422);
        Assert.Contains("detail", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Empty(await ListAsync(ana));
    }

    /// <summary>What the home page says of them.</summary>
    private static async Task<string[]> WatchedAsync(HttpClient client)
    {
        var home = await client.GetFromJsonAsync<JsonElement>("/api/v1/home", Stop);
        return
        [
            .. home.GetProperty("watched")
                .EnumerateArray()
                .Select(l => $"{l.GetProperty("text").GetString()}: {l.GetProperty("news")[0].GetString()}"),
        ];
    }

    internal static async Task WriteAsync(Store store, params IncomingRecord[] records)
    {
        var start = new ImportStart(SourceCode.Parse("list").Value, TemporaryStore.Analyst, "test", false, []);
        var writer = await store.BeginImportAsync(start, Stop);
        await writer.WriteAsync(records, Stop);
        await writer.FinishAsync(Stop);
    }

    private static async Task<string> SaveAsync(HttpClient client, string name, string query, bool shared)
    {
        using var answer = await client.PostAsJsonAsync(
            Route,
            new
            {
                name,
                query,
                shared,
            },
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString()!;
    }

    private static async Task<(string Name, int New)[]> ListAsync(HttpClient client)
    {
        var listed = await client.GetFromJsonAsync<JsonElement>(Route, Stop);
        return
        [
            .. listed
                .EnumerateArray()
                .Select(s => (s.GetProperty("name").GetString()!, s.GetProperty("new").GetInt32())),
        ];
    }
}
