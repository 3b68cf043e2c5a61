using System.Reflection;
using System.Text;
using System.Text.Json;
using Dapper;
using Lanthorn.Storage;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

/// <summary>What an earlier version left is opened, read and added to; what a later one left is refused.</summary>
public sealed class UpgradeTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-upgrade-").FullName;
    private PostgresDatabase? server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory, OnEachDatabase]
    public async Task The_tables_of_this_version_are_kept(Database database)
    {
        if (
            !File.Exists(ReleasedSchema.PathOf(ReleasedSchema.Current, database))
            && Environment.GetEnvironmentVariable("LANTHORN_UPDATE") == "1"
        )
            await ReleasedSchema.WriteAsync(database, folder, await AddressAsync(database), Stop);

        Assert.Contains(ReleasedSchema.Current, ReleasedSchema.Versions);
    }

    [Theory, OnEachDatabase]
    public async Task What_each_released_version_left_reads_back_and_goes_on(Database database)
    {
        foreach (var version in ReleasedSchema.Versions)
        {
            var data = Path.Combine(folder, version);
            await using var on = database == Database.Postgres ? await PostgresDatabase.CreateAsync() : null;
            var settings = new StoreSettings(data, TimeProvider.System, TestModules.All, Database: on?.Address ?? "");
            await ReleasedSchema.LoadAsync(version, database, data, settings.Database, Stop);

            await using (var store = await Store.OpenAsync(settings, Stop))
                await ReadsBackAsync(store, settings);
            await GoesOnAsync(settings);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_database_of_a_newer_program_is_refused_with_the_way_out(Database database)
    {
        var settings = new StoreSettings(folder, TimeProvider.System, [], Key, await AddressAsync(database));
        await using (var store = await Store.OpenAsync(settings, Stop))
            await store.WriteAsync(
                (c, t) =>
                    c.ExecuteAsync(
                        "insert into migration (scriptname, applied) values ('Lanthorn.Storage.Sql.9999_later.x.sql', '2030-01-01')",
                        transaction: t
                    ),
                Stop
            );

        var refused = await Assert.ThrowsAsync<RefusedByStoreException>(() => Store.OpenAsync(settings, Stop));

        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
        Assert.Contains("9999_later", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Use the newer program", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task An_upgrade_that_fails_in_the_middle_leaves_the_database_to_the_program_of_before(
        Database database
    )
    {
        var before = new StoreSettings(folder, TimeProvider.System, [], Key, await AddressAsync(database));
        await using (var store = await Store.OpenAsync(before, Stop))
            await ImportAsync(store);
        // The first of its migrations succeeds, and the second does not.
        var failing = before with
        {
            Modules = [new("Trial", Made("create table trial (id bigint)", "create table trial (id bigint)"))],
        };

        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => Store.OpenAsync(failing, Stop));

        Assert.Contains("0002_second", failed.Message, StringComparison.Ordinal);
        await using (var again = await Store.OpenAsync(before, Stop))
        {
            Assert.Equal("Ana Petrova", (await again.For(Analyst, Why).EntityAsync("test-1", "test", Stop))!.Caption);
            var tables = await again.ReadOwnAsync(again.Dialect.TablesAsync, Stop);
            Assert.DoesNotContain("trial", tables.Select(t => t.Name));
        }
        // Mended, the same upgrade goes through.
        var mended = before with
        {
            Modules = [new("Trial", Made("create table trial (id bigint)", "create table trial_2 (id bigint)"))],
        };
        await using var after = await Store.OpenAsync(mended, Stop);
        Assert.Contains("trial_2", (await after.ReadOwnAsync(after.Dialect.TablesAsync, Stop)).Select(t => t.Name));
    }

    private static async Task ReadsBackAsync(Store store, StoreSettings settings)
    {
        var reading = store.For(ReleasedSchema.Reader, Why);
        var ana = (await reading.EntityAsync("rel-1", "test", Stop))!;
        Assert.Equal(["rel-1", "rel-2"], ana.Members.Select(m => m.PublicId).Order(StringComparer.Ordinal));
        Assert.Equal(["ownershipOwner"], (await reading.NeighboursAsync(ana, "test", Stop)).Select(n => n.Property));
        Assert.Equal("same telephone", Assert.Single(await reading.HistoryAsync(ana, Stop)).Reason);
        foreach (var question in new[] { "petrova", "李明", "ana" })
            Assert.NotEmpty((await reading.SearchAsync(new TextQuery(question), "test", Stop)).Entities);
        Assert.Null(await reading.EntityAsync("rel-5", "test", Stop));
        Assert.Null(await store.Audit.VerifyAsync(Stop));
        var known = Migrations.ScriptsOf(settings, store.Dialect).Select(s => Migrations.NameOf(s.Name));
        var run = await store.ReadOwnAsync(store.Dialect.MigrationsAsync, Stop);
        // Those of a module that was there before stand before what a later version added elsewhere.
        Assert.Equal(known.Order(StringComparer.Ordinal), run.Order(StringComparer.Ordinal));
    }

    private static async Task GoesOnAsync(StoreSettings settings)
    {
        var file = Path.Combine(settings.Folder, "again.jsonl");
        await File.WriteAllLinesAsync(
            file,
            [.. ReleasedSchema.Lines, """{"id":"rel-8","schema":"Person","properties":{"name":["Newcomer Person"]}}"""],
            Stop
        );
        var (exit, output, said) = await RunAsync(settings, "import", file, "--source", "rel", "--json");
        Assert.True(exit == 0, said);
        var counts = JsonDocument.Parse(output).RootElement;
        // The erased one does not come back.
        Assert.Equal((1, 5), (counts.GetProperty("imported").GetInt32(), counts.GetProperty("unchanged").GetInt32()));
        var (_, people, _) = await RunAsync(settings, "user", "list");
        Assert.Contains("ana", people, StringComparison.Ordinal);
        var (_, tokens, _) = await RunAsync(settings, "token", "list", "--user", "ana");
        Assert.NotEmpty(tokens.Trim());
        var (doctor, faults, _) = await RunAsync(settings, "doctor");
        Assert.True(doctor == 0, faults);
        var (verified, _, broken) = await RunAsync(settings, "audit", "verify");
        Assert.True(verified == 0, broken);
    }

    private static Task<(int Exit, string Output, string Messages)> RunAsync(
        StoreSettings settings,
        params string[] arguments
    ) => ReleasedSchema.RunAsync(settings.Folder, settings.Database, Stop, arguments);

    private async Task<string> AddressAsync(Database database)
    {
        server = database == Database.Postgres ? await PostgresDatabase.CreateAsync() : null;
        return server?.Address ?? "";
    }

    private static async Task ImportAsync(Store store)
    {
        var start = new ImportStart(Knowledge.SourceCode.Parse("list").Value, Analyst, "", true, []);
        var writer = await store.BeginImportAsync(start, Stop);
        await writer.WriteAsync([Person("1", "Ana Petrova")], Stop);
        await writer.FinishAsync(Stop);
    }

    /// <summary>A module with these migrations.</summary>
    private static Scripts Made(string first, string second) =>
        new(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Lanthorn.Trial.Sql.0001_first"] = first,
                ["Lanthorn.Trial.Sql.0002_second"] = second,
            }
        );

    private sealed class Scripts(IReadOnlyDictionary<string, string> scripts) : Assembly
    {
        public override string[] GetManifestResourceNames() =>
            [.. scripts.Keys.SelectMany(k => new[] { $"{k}.sqlite.sql", $"{k}.postgres.sql" })];

        public override Stream GetManifestResourceStream(string name) =>
            new MemoryStream(Encoding.UTF8.GetBytes(scripts[Migrations.NameOf(name)]));
    }
}
