using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using Lanthorn.Tests.Removal;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

/// <summary>A database that goes away or is full is said to be so, and served again when it is back, without a restart.</summary>
public sealed class GoneAndBackTests
{
    private static readonly SourceCode List = SourceCode.Parse("list").Value;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static List<IncomingRecord> People { get; } =
    [.. Enumerable.Range(1, 3_000).Select(i => Person($"{i}", $"Ana Petrova {i}"))];

    [Fact]
    public async Task A_full_disk_is_said_to_be_one_and_nothing_acknowledged_is_lost()
    {
        await using var at = await CreateAsync(Database.Sqlite);
        await at.ImportAsync("list", false, Person("0", "Ana"));
        await LimitPagesAsync(at, "(select page_count + 60 from pragma_page_count)");
        var writer = await at.Store.BeginImportAsync(new(List, Analyst, "", true, []), Stop);

        var failed = await Assert.ThrowsAnyAsync<DbException>(() => writer.WriteAsync(People, Stop));

        Assert.Equal("The disk of the database is full", StoreFailure.Why(failed));
        Assert.Null(await at.Store.WhyUnreachableAsync(Stop));
        await LimitPagesAsync(at, "1073741823");
        await HasEverythingAsync(at);
    }

    [Theory, OnPostgres]
    public async Task An_import_that_lost_its_database_is_begun_again_and_ends_with_everything(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", false, Person("0", "Ana"));
        var writer = await at.Store.BeginImportAsync(new(List, Analyst, "", true, []), Stop);
        await writer.WriteAsync([.. People.Take(100)], Stop);

        await at.Server!.AllowAsync(connections: false);
        var failed = await Assert.ThrowsAnyAsync<DbException>(() => writer.WriteAsync(People, Stop));
        Assert.NotNull(StoreFailure.Why(failed));
        Assert.NotNull(await at.Store.WhyUnreachableAsync(Stop));
        await at.Server.AllowAsync(connections: true);

        await BackAsync(at.Store);
        await HasEverythingAsync(at);
    }

    [Theory, OnPostgres]
    public async Task The_server_answers_503_while_its_database_is_gone_and_finds_what_came_in_after(Database database)
    {
        await using var server = await InstalledServer.StartAsync(Stop, on: database);
        using var client = await server.SignedInAsync("ana", "analyst", "alpha", Stop);
        await server.CaughtUpAsync(client, Stop);

        await server.Database!.AllowAsync(connections: false);
        using var ready = await client.GetAsync("/readyz", Stop);
        using var search = await client.GetAsync("/search/default?q=petrova", Stop);
        Assert.Equal((503, 503), ((int)ready.StatusCode, (int)search.StatusCode));
        Assert.NotNull(ready.Headers.RetryAfter);
        Assert.Contains("store-unavailable", await ready.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

        await server.Database.AllowAsync(connections: true);
        await BackAsync(server.Store);
        var writer = await server.Store.BeginImportAsync(new(List, Analyst, "", true, []), Stop);
        await writer.WriteAsync([Person("1", "Ana Petrova")], Stop);
        await writer.FinishAsync(Stop);
        await server.CaughtUpAsync(client, Stop);
        var found = await client.GetStringAsync("/search/default?q=petrova", Stop);
        Assert.Contains("test-1", found, StringComparison.Ordinal);
    }

    private static async Task BackAsync(Store store)
    {
        while (await store.WhyUnreachableAsync(Stop) is not null)
            await Task.Delay(10, Stop);
    }

    private static async Task HasEverythingAsync(TemporaryStore at)
    {
        var counts = await at.ImportAsync("list", true, People);
        Assert.Equal(People.Count, counts.New + counts.Unchanged);
        Assert.Equal(People.Count, (await at.Store.For(Analyst, Why).SourcesAsync(Stop)).Single().LiveRecords);
        Assert.Null(await at.Store.Audit.VerifyAsync(Stop));
    }

    private static Task LimitPagesAsync(TemporaryStore at, string pages) =>
        at.Store.WriteAsync(
            async (connection, transaction) =>
            {
                var most = await connection.ExecuteScalarAsync<long>($"select {pages}", null, transaction);
                await connection.ExecuteAsync($"pragma max_page_count = {most}", null, transaction);
            },
            Stop
        );
}
