using CsCheck;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

/// <summary>A backup taken on either kind of database is restored on either, and answers as before.</summary>
public sealed class CrossingTests : IDisposable
{
    private const string AnyWorld = "0000KOIKiUo4";

    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-crossing-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [OnEachDatabase(Database.Sqlite, true)]
    [OnEachDatabase(Database.Postgres, false)]
    public async Task What_was_kept_on_one_database_answers_the_same_on_the_other(
        Database from,
        Database to,
        bool isSealed
    )
    {
        Assert.SkipWhen(to == Database.Postgres && PostgresDatabase.WhyAbsent is not null, "no server");
        var world = World.Generated.Single(_ => true, AnyWorld);
        await using var first = await world.BuildAsync(from, _ => true, world.Records);
        await File.WriteAllBytesAsync(Path.Combine(first.Folder, "installation.key"), Key, Stop);
        var blob = await first.Store.Blobs.PutAsync(
            new MemoryStream("abc"u8.ToArray()),
            "text/plain",
            Label.Everyone,
            Stop
        );
        // The highest number is given and erased: it must not be given again.
        await first.ImportAsync("two", false, Person("last", "Last One"));
        await first.Store.EraseAsync(Id("two", "last"), Analyst, "request", Stop);
        var before = await Answers.AllAsync(first.Store, Officer) + await Answers.AllAsync(first.Store, Analyst);
        var last = await LastOrdinalAsync(first.Store);
        var key = isSealed ? await BackupFile.ReadOrMakeKeyAsync(At("backup.key"), Stop) : null;
        await first.Store.BackUpAsync(At("backup"), key, Analyst, Why, Stop);
        await using var server = to == Database.Postgres ? await PostgresDatabase.CreateAsync() : null;
        var into = new StoreSettings(At("second"), new HandTime(), [], Database: server?.Address ?? "");

        await BackupRestoring.RunAsync(At("backup"), into, key, Stop);

        await using var second = await Store.OpenAsync(into, Stop);
        Assert.Equal(before, await Answers.AllAsync(second, Officer) + await Answers.AllAsync(second, Analyst));
        Assert.Null(await second.Audit.VerifyAsync(Stop));
        Assert.DoesNotContain(await new Examination(second).RunAsync(Stop), f => f.IsFault);
        Assert.True(File.Exists(Path.Combine(At("second"), "blobs", blob.Hash[..2], blob.Hash)));
        Assert.Equal(to == Database.Sqlite, File.Exists(Path.Combine(At("second"), "lanthorn.db")));
        await ImportAsync(second, Person("new", "Newcomer Person"), Person("last", "Last One"));
        Assert.True(await LastOrdinalAsync(second) > last);
        var found = await second.For(Analyst, Why).SearchAsync(new TextQuery("newcomer"), "test", Stop);
        Assert.Equal(["test-new"], found.Entities.Select(e => e.Id));
        Assert.Null(await second.For(Analyst, Why).EntityAsync("test-last", "test", Stop));
    }

    [Theory, OnPostgres]
    public async Task Nothing_is_restored_into_a_database_with_something_in_it(Database database)
    {
        await using var first = await CreateAsync(database);
        await File.WriteAllBytesAsync(Path.Combine(first.Folder, "installation.key"), Key, Stop);
        await first.Store.BackUpAsync(At("backup"), null, Analyst, Why, Stop);

        var refused = await Assert.ThrowsAsync<RefusedByStoreException>(() =>
            BackupRestoring.RunAsync(At("backup"), Into(first.Server!), null, Stop)
        );

        Assert.Contains("createdb", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("second")));
        Assert.Null(await first.Store.Audit.VerifyAsync(Stop));
    }

    [Theory, OnEachDatabase]
    public async Task A_backup_that_is_cut_off_leaves_no_table_behind(Database database)
    {
        await using var first = await CreateAsync(database);
        await File.WriteAllBytesAsync(Path.Combine(first.Folder, "installation.key"), Key, Stop);
        await first.ImportAsync(
            "list",
            true,
            [.. Enumerable.Range(0, 3_000).Select(i => Person($"{i}", $"Person {i}"))]
        );
        await first.Store.BackUpAsync(At("backup"), null, Analyst, Why, Stop);
        var whole = await File.ReadAllBytesAsync(At("backup"), Stop);
        await using var server = PostgresDatabase.WhyAbsent is null ? await PostgresDatabase.CreateAsync() : null;
        var into = server is null ? new(At("second"), TimeProvider.System, []) : Into(server);

        foreach (var length in new[] { whole.Length - 40, whole.Length / 2 })
        {
            await File.WriteAllBytesAsync(At("cut"), whole[..length], Stop);
            await Assert.ThrowsAnyAsync<InvalidDataException>(() =>
                BackupRestoring.RunAsync(At("cut"), into, null, Stop)
            );
            Assert.False(Directory.Exists(At("second")));
        }

        // The same database takes the whole one.
        var restored = await BackupRestoring.RunAsync(At("backup"), into, null, Stop);
        Assert.Equal(3_000, restored.Records);
    }

    [Theory, OnPostgres]
    public async Task Names_that_are_one_to_the_other_database_are_refused_with_the_way_out(Database database)
    {
        var modules = TestModules.All;
        await using (var first = await Store.OpenAsync(new(At("first"), TimeProvider.System, modules), Stop))
        {
            foreach (var name in new[] { "Été", "ÉTÉ" })
                await first.WriteAsync(
                    (c, t) => c.ExecuteAsync("insert into gov_organisation values (@name, @name, 0)", new { name }, t),
                    Stop
                );
            await first.BackUpAsync(At("backup"), null, Analyst, Why, Stop);
        }
        await using var server = await PostgresDatabase.CreateAsync();

        var refused = await Assert.ThrowsAsync<RefusedByStoreException>(() =>
            BackupRestoring.RunAsync(At("backup"), Into(server) with { Modules = modules }, null, Stop)
        );

        Assert.Equal(Database.Postgres, database);
        Assert.Contains("gov_organisation", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnPostgres]
    public async Task A_backup_of_rows_is_of_one_moment_while_others_write(Database database)
    {
        await using var first = await CreateAsync(database);
        await File.WriteAllBytesAsync(Path.Combine(first.Folder, "installation.key"), Key, Stop);
        var writing = Task.Run(
            async () =>
            {
                for (var batch = 0; batch < 20; batch++)
                    await first.ImportAsync(
                        "list",
                        false,
                        [.. Enumerable.Range(0, 50).Select(i => Person($"{batch}-{i}", "Some One"))]
                    );
            },
            Stop
        );
        await first.Store.BackUpAsync(At("backup"), null, Analyst, Why, Stop);
        await writing;

        await using var server = await PostgresDatabase.CreateAsync();
        var restored = await BackupRestoring.RunAsync(At("backup"), Into(server), null, Stop);

        await using var second = await Store.OpenAsync(Into(server), Stop);
        Assert.Equal(restored.Records, (await second.For(Analyst, Why).SourcesAsync(Stop)).Sum(s => s.LiveRecords));
        Assert.DoesNotContain(await new Examination(second).RunAsync(Stop), f => f.IsFault);
    }

    private StoreSettings Into(PostgresDatabase server) =>
        new(At("second"), TimeProvider.System, [], Database: server.Address);

    private string At(string name) => Path.Combine(folder, name);

    private static Task<long> LastOrdinalAsync(Store store) =>
        store.ReadOwnAsync(async c => (await store.Dialect.LastNumbersAsync(c))["record"], Stop);

    private static async Task ImportAsync(Store store, params IReadOnlyList<IncomingRecord> records)
    {
        var writer = await store.BeginImportAsync(new(SourceCode.Parse("two").Value, Analyst, "", false, []), Stop);
        await writer.WriteAsync(records, Stop);
        await writer.FinishAsync(Stop);
    }
}
