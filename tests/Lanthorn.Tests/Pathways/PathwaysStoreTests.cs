using System.Text;
using Dapper;
using Lanthorn.Pathways;
using Lanthorn.Pathways.Accounts;
using Lanthorn.Pathways.Applicants;
using Lanthorn.Pathways.Audit;
using Lanthorn.Pathways.Store;
using Lanthorn.Tests.Storage;
using Npgsql;

namespace Lanthorn.Tests.Pathways;

/// <summary>What lies behind the wall, as it is stored: encrypted, chained, under a key of its own.</summary>
public sealed class PathwaysStoreTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, KeyFile.Length).Select(i => (byte)(i * 3))];

    private static readonly Cell Place = new("applicant", "a1", "name_sealed");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Safeguard_9_What_is_encrypted_opens_only_in_its_own_place_under_its_own_key()
    {
        var columns = new SealedColumns(Key);
        var made = columns.Seal("Wallproof Marker", Place);

        Assert.Equal("Wallproof Marker", columns.Open(made, Place));
        Assert.False(WalledServer.HasMarker(made));
        Assert.NotEqual(made, columns.Seal("Wallproof Marker", Place));
        Assert.Equal("", columns.Open(columns.Seal("", Place), Place));
        foreach (
            var other in new Cell[]
            {
                Place with
                {
                    Table = "account",
                },
                Place with
                {
                    Row = "a2",
                },
                Place with
                {
                    Column = "note_sealed",
                },
                new("applican", "ta1", "name_sealed"),
            }
        )
            Assert.Throws<InvalidDataException>(() => columns.Open(made, other));
        Assert.Throws<InvalidDataException>(() => new SealedColumns([.. Key.Reverse()]).Open(made, Place));
        for (var at = 0; at < made.Length; at++)
        {
            var changed = made.ToArray();
            changed[at] ^= 1;
            Assert.Throws<InvalidDataException>(() => columns.Open(changed, Place));
            Assert.Throws<InvalidDataException>(() => columns.Open(made[..at], Place));
        }
    }

    [Fact]
    public void The_marker_is_found_in_every_disguise()
    {
        foreach (var shift in new[] { "", "a", "ab" })
        {
            var clear = Encoding.UTF8.GetBytes($"{shift}wallproof marker");
            Assert.True(WalledServer.HasMarker(clear));
            Assert.True(WalledServer.HasMarker(Encoding.Unicode.GetBytes($"{shift}WALLPROOF")));
            Assert.True(
                WalledServer.HasMarker(
                    Encoding.UTF8.GetBytes(Convert.ToHexString(clear).Replace("77", "57", StringComparison.Ordinal))
                )
            );
            var exact = Encoding.UTF8.GetBytes($"{shift}Wallproof Marker");
            Assert.True(WalledServer.HasMarker(Encoding.UTF8.GetBytes(Convert.ToBase64String(exact))));
        }
        Assert.False(WalledServer.HasMarker("Walproof Marker"u8.ToArray()));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Safeguard_9_The_database_behind_the_wall_holds_no_name_and_no_note_in_the_clear(Database database)
    {
        await using var wall = await WalledServer.StartAsync(database);
        using var counsellor = wall.Behind("counsellor");
        (await counsellor.GetAsync("/pathways/api/v1/applicants", Stop)).EnsureSuccessStatusCode();

        var stored = await wall.Store.ReadAsync(
            c => c.QueryAsync<(string, byte[], byte[])>("select id, name_sealed, note_sealed from applicant"),
            Stop
        );

        var (id, name, _) = Assert.Single(stored);
        Assert.Equal(PathwaysDemonstration.Marker, wall.Store.Columns.Open(name, new("applicant", id, "name_sealed")));
        Assert.Empty(await wall.MarkedAsync());
        Assert.Equal(
            database == Database.Sqlite,
            File.Exists(Path.Combine(wall.Server.Folder, "pathways", "pathways.db"))
        );
        var keys = await Task.WhenAll(
            new[] { "installation.key", "audit-terms.key", "pathways/pathways.key" }.Select(f =>
                File.ReadAllBytesAsync(Path.Combine(wall.Server.Folder, f), Stop)
            )
        );
        Assert.Equal(3, keys.Select(Convert.ToHexString).Distinct().Count());
    }

    [Theory]
    [OnEachDatabase]
    public async Task Another_key_is_refused_before_anything_is_written_with_it(Database database)
    {
        await using var wall = await WalledServer.StartAsync(database);
        var settings = wall.Store.Settings;
        var key = Path.Combine(settings.Folder, KeyFile.Name);
        var kept = await File.ReadAllBytesAsync(key, Stop);
        await File.WriteAllBytesAsync(key, Key, Stop);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => PathwaysStore.OpenAsync(settings, Stop));

        Assert.Contains("is not the key of this database", refused.Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(key, Key.AsMemory(1), Stop);
        await Assert.ThrowsAsync<RefusedException>(() => PathwaysStore.OpenAsync(settings, Stop));
        await File.WriteAllBytesAsync(key, kept, Stop);
        await using var again = await PathwaysStore.OpenAsync(settings, Stop);
    }

    [Theory]
    [OnEachDatabase("update audit set what = 'nothing' where sequence = 3", 3)]
    [OnEachDatabase("update audit set applicant = 'x' where sequence = 2", 2)]
    [OnEachDatabase("update audit set at = at + 1 where sequence = 4", 4)]
    [OnEachDatabase("delete from audit where sequence = 3", 3)]
    [OnEachDatabase("delete from audit where sequence = (select max(sequence) from audit)", null)]
    [OnEachDatabase("delete from audit", 1)]
    [OnEachDatabase("update audit_head set sequence = sequence - 1", null)]
    [OnEachDatabase("delete from audit_head", null)]
    [OnEachDatabase("delete from audit; delete from audit_head", 1)]
    public async Task A_log_that_was_touched_names_the_first_broken_link(Database database, string touch, int? at)
    {
        await using var wall = await WalledServer.StartAsync(database);
        var store = wall.Store;
        Assert.Null(await store.ReadAsync(c => store.Audit.VerifyAsync(c), Stop));
        await store.WriteAsync((c, t) => c.ExecuteAsync(touch, transaction: t), Stop);

        var broken = await store.ReadAsync(c => store.Audit.VerifyAsync(c), Stop);

        Assert.NotNull(broken);
        if (at is { } sequence)
            Assert.Equal(sequence, broken.Sequence);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Whoever_reads_an_applicant_stands_in_the_log_before_the_answer_leaves(Database database)
    {
        await using var wall = await WalledServer.StartAsync(database);
        var store = wall.Store;
        var applicants = new KeepApplicants(store);
        var counsellor = await AccountAsync(store, "demo-counsellor");
        var shown = Assert.Single(await applicants.ListAsync(counsellor, Stop));

        await applicants.OpenAsync(counsellor, shown.Id, Stop);
        await applicants.SetStateAsync(counsellor, shown.Id, "counselled", Stop);

        var log = await store.ReadAsync(c => AuditChain.ListAsync(c, 3), Stop);
        Assert.Equal(
            [("applicant now counselled", shown.Id), ("applicant read", shown.Id), ("applicants listed: 1", null)],
            log.Select(e => (e.What, e.Applicant))
        );
        Assert.All(log, e => Assert.Equal("demo-counsellor", e.Account));
        Assert.Equal("counselled", (await applicants.OpenAsync(counsellor, shown.Id, Stop)).State);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Writers_at_the_same_time_keep_the_chain_whole(Database database)
    {
        await using var wall = await WalledServer.StartAsync(database);
        await using var other = await PathwaysStore.OpenAsync(wall.Store.Settings, Stop);
        var counsellor = await AccountAsync(other, "demo-counsellor");

        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    new KeepApplicants(i % 2 == 0 ? wall.Store : other).AddAsync(counsellor, $"Fictional {i}", "", Stop)
                )
        );

        Assert.Null(await other.ReadAsync(c => other.Audit.VerifyAsync(c), Stop));
        Assert.Equal(21, (await new KeepApplicants(other).ListAsync(counsellor, Stop)).Count);
    }

    [Theory]
    [OnPostgres]
    public async Task Safeguard_9_With_a_role_of_its_own_no_other_role_reads_the_schema_behind_the_wall(
        Database database
    )
    {
        Assert.Equal(Database.Postgres, database);
        var own = $"pathways_{Secret.NewId()[..8]}";
        var other = $"other_{Secret.NewId()[..8]}";
        var folder = Directory.CreateTempSubdirectory("lanthorn-role-").FullName;
        var server = await PostgresDatabase.CreateAsync();
        await using var everything = new NpgsqlConnection(server.Address);
        try
        {
            await everything.ExecuteAsync(
                $"create role {own} login password 'own'; create role {other} login password 'other';"
                    + $"create schema pathways authorization {own};"
            );
            var settings = new PathwaysSettings(folder, TimeProvider.System) { Database = As(own, "own") };
            await using (var store = await PathwaysStore.OpenAsync(settings, Stop))
                Assert.Null(await store.ReadAsync(c => store.Audit.VerifyAsync(c), Stop));
            await using var stranger = new NpgsqlConnection(As(other, "other"));

            var denied = await Assert.ThrowsAsync<PostgresException>(() =>
                stranger.QueryAsync("select * from pathways.applicant")
            );

            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, denied.SqlState);
        }
        finally
        {
            await everything.ExecuteAsync($"drop owned by {own}; drop role {own}; drop role {other}");
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
        string As(string role, string password) =>
            new NpgsqlConnectionStringBuilder(server.Address)
            {
                Username = role,
                Password = password,
                Pooling = false,
            }.ToString();
    }

    internal static async Task<Account> AccountAsync(PathwaysStore store, string name) =>
        await store.ReadAsync(c => Account.ByNameOrEmailAsync(c, name), Stop)
        ?? throw new InvalidOperationException($"no account {name}");
}
