using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

/// <summary>What a database server brings with it: an address, a network, and other servers on the same database.</summary>
public sealed class PostgresTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Host=localhost;Database=d", "Prefer")]
    [InlineData("Host=127.0.0.1;Database=d;SSL Mode=Disable", "Disable")]
    [InlineData("Host=/var/run/postgresql;Database=d", "Prefer")]
    [InlineData("Host=db.example;Database=d", "VerifyFull")]
    [InlineData("Host=db.example;Database=d;SSL Mode=Require", "Require")]
    [InlineData("Host=db.example;Database=d;SSL Mode=Disable", null)]
    [InlineData("Host=db.example;Database=d;sslmode=prefer", null)]
    [InlineData("Host=localhost,db.example;Database=d;SSL Mode=Allow", null)]
    [InlineData("Host=localhost.db.example;Database=d;SSL Mode=Disable", null)]
    [InlineData("Host=db.example", null)]
    [InlineData("Database=d", null)]
    [InlineData("Host=db.example;Database=d;Password=a;secret", null)]
    public void Beyond_this_machine_nothing_goes_in_the_clear(string address, string? mode)
    {
        string? taken = null;
        try
        {
            taken = PostgresAddress.Parse(address).SslMode.ToString();
        }
        catch (RefusedByStoreException refused)
        {
            Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(mode, taken);
    }

    [Theory, OnEachDatabase]
    public async Task A_folder_with_another_key_does_not_open_the_database(Database database)
    {
        await using var at = await CreateAsync(database);
        var other = new StoreSettings(at.Folder, TimeProvider.System, [], new byte[32], at.Server?.Address ?? "");

        var refused = await Assert.ThrowsAsync<RefusedByStoreException>(() => Store.OpenAsync(other, Stop));

        Assert.Contains("copy installation.key", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnPostgres]
    public async Task A_database_that_is_not_there_is_refused_with_the_way_out(Database database)
    {
        await using var at = await CreateAsync(database);
        var missing = new StoreSettings(at.Folder, TimeProvider.System, [], Key, $"{at.Server!.Address};Database=none");

        var refused = await Assert.ThrowsAsync<RefusedByStoreException>(() => Store.OpenAsync(missing, Stop));

        Assert.Contains("createdb", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnPostgres]
    public async Task Who_follows_is_told_at_once_what_another_server_wrote(Database database)
    {
        // Time stands still, so nobody looks by himself.
        await using var at = await CreateAsync(database, new HandTime());
        await using var other = await at.OpenOtherAsync();
        var told = other.Changes.FollowAsync(0, Stop).FirstAsync(Stop);

        await at.ImportAsync("list", true, Person("1", "Ana"));

        Assert.Single((await told).Ordinals);
    }

    [Theory, OnEachDatabase]
    public async Task Two_servers_that_write_at_once_lose_nothing_and_tell_everything(Database database)
    {
        await using var at = await CreateAsync(database);
        await using var other = await at.OpenOtherAsync();

        await Task.WhenAll(ImportAsync(at.Store, "one"), ImportAsync(other, "two"));

        var told = new HashSet<int>();
        var last = await at.Store.Changes.LastSequenceAsync(Stop);
        await foreach (var batch in other.Changes.FollowAsync(0, Stop))
        {
            told.UnionWith(batch.Ordinals);
            if (batch.LastSequence >= last)
                break;
        }
        Assert.Equal(1_600, told.Count);
        Assert.Equal([800, 800], (await at.Store.For(Analyst, Why).SourcesAsync(Stop)).Select(s => s.LiveRecords));
        Assert.Null(await other.Audit.VerifyAsync(Stop));
    }

    [Theory, OnEachDatabase]
    public async Task Erasing_leaves_the_values_in_no_table(Database database)
    {
        await using var at = await CreateAsync(database);
        foreach (var name in new[] { "Zyxwora Quintabel", "Zyxwora Quintabella" })
            await at.ImportAsync(
                "list",
                false,
                Person("1", name, "", ("phone", "+99555123456"), ("notes", "Kvarnholm"))
            );
        Assert.NotEmpty(await TablesWithAsync(at, "zyxwora"));

        await at.Store.EraseAsync(Id("list", "1"), Analyst, "request", Stop);
        await at.Store.CheckpointAsync(Stop);

        foreach (var word in new[] { "zyxwora", "99555123456", "kvarnholm" })
            Assert.Empty(await TablesWithAsync(at, word));
    }

    private static async Task ImportAsync(Store store, string source)
    {
        var start = new ImportStart(SourceCode.Parse(source).Value, Analyst, "", true, []);
        var writer = await store.BeginImportAsync(start, Stop);
        foreach (var some in Enumerable.Range(0, 800).Chunk(100))
            await writer.WriteAsync(
                [.. some.Select(i => Person($"{i}", $"Person {i}", i % 2 == 0 ? "" : $"org=alpha|{source}"))],
                Stop
            );
        await writer.FinishAsync(Stop);
    }

    private static Task<List<string>> TablesWithAsync(TemporaryStore at, string word) =>
        at.Store.ReadOwnAsync(
            async connection =>
            {
                var list = at.Server is null
                    ? "select name from sqlite_schema where type = 'table' and name not like 'search_text%'"
                    : "select table_name::text from information_schema.tables where table_schema = 'public'";
                var found = new List<string>();
                foreach (var table in await connection.QueryAsync<string>(list))
                foreach (IDictionary<string, object> row in await connection.QueryAsync($"select * from {table}"))
                    if (row.Values.Any(v => $"{v}".Contains(word, StringComparison.OrdinalIgnoreCase)))
                        found.Add(table);
                return found;
            },
            Stop
        );
}
