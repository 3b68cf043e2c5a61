using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Pathways;
using Lanthorn.Pathways.Applicants;
using Lanthorn.Pathways.Backup;
using Lanthorn.Pathways.Store;
using Lanthorn.Storage;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Pathways;

/// <summary>Each side has its own backup, and neither holds anything of the other.</summary>
public sealed class PathwaysBackupTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-pathways-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string BackupPath => Path.Combine(folder, "pathways.backup");

    private string KeyPath => Path.Combine(folder, "backup.key");

    [Theory]
    [OnEachDatabase]
    public async Task Safeguard_9_A_backup_of_the_enforcement_side_holds_no_byte_of_what_is_behind_the_wall(
        Database database
    )
    {
        await using var wall = await WalledServer.StartAsync(database);
        var who = new Viewer { Name = "adi", Organisation = "alpha" };
        var clear = Path.Combine(folder, "enforcement.backup");
        await wall.Server.Store.BackUpAsync(clear, key: null, who, new Justification("test"), Stop);
        var restored = Path.Combine(folder, "restored");

        await BackupRestoring.RunAsync(
            clear,
            new StoreSettings(restored, TimeProvider.System, TestModules.All),
            key: null,
            Stop
        );

        var secrets = await SecretsAsync(wall.Store);
        Assert.InRange(secrets.Count, 6, int.MaxValue);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, Stop);
            Assert.False(WalledServer.HasMarker(bytes), file);
            Assert.All(secrets, s => Assert.True(bytes.AsSpan().IndexOf(s) < 0, file));
        }
        Assert.False(Directory.Exists(Path.Combine(restored, "pathways")));
    }

    [Theory]
    [OnEachDatabase(Database.Sqlite)]
    [OnEachDatabase(Database.Postgres)]
    public async Task A_backup_of_pathways_is_restored_on_either_database_with_its_key_accounts_and_log(
        Database from,
        Database to
    )
    {
        Assert.SkipWhen(to == Database.Postgres && PostgresDatabase.WhyAbsent is not null, "no PostgreSQL server");
        await using var wall = await WalledServer.StartAsync(from);
        var made = await BackUpAsync(wall.Store);
        Assert.Equal(1, made.Applicants);
        Assert.Empty(WalledServer.FilesWithMarker(folder));
        await using var server = to == Database.Postgres ? await PostgresDatabase.CreateAsync() : null;
        var there = new PathwaysSettings(Path.Combine(folder, "there"), TimeProvider.System)
        {
            Database = server?.Address ?? "",
        };

        await Restore.HandleAsync(there, BackupPath, KeyPath, Stop);

        await using (var restored = await PathwaysStore.OpenAsync(there, Stop))
        {
            var counsellor = await PathwaysStoreTests.AccountAsync(restored, "demo-counsellor");
            var shown = Assert.Single(await new KeepApplicants(restored).ListAsync(counsellor, Stop));
            Assert.Equal(PathwaysDemonstration.Marker, shown.Name);
            Assert.Null(await restored.ReadAsync(c => restored.Audit.VerifyAsync(c), Stop));
            Assert.Equal(wall.Store.Key, restored.Key);
        }
        var again = await Assert.ThrowsAsync<RefusedException>(() =>
            Restore.HandleAsync(there, BackupPath, KeyPath, Stop)
        );
        Assert.Contains("already holds Pathways", again.Message, StringComparison.Ordinal);
        Assert.Empty(WalledServer.FilesWithMarker(folder));
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_leaves_no_store_that_opens()
    {
        await using var wall = await WalledServer.StartAsync();
        await BackUpAsync(wall.Store);
        var whole = await File.ReadAllBytesAsync(BackupPath, Stop);
        var chance = new Random(9);
        for (var run = 0; run < 40; run++)
        {
            var damaged = whole.ToArray();
            if (run % 2 == 0)
                damaged[chance.Next(damaged.Length)] ^= (byte)(1 << chance.Next(8));
            else
                damaged = damaged[..chance.Next(damaged.Length)];
            var path = Path.Combine(folder, $"damaged-{run}");
            await File.WriteAllBytesAsync(path, damaged, Stop);
            var there = new PathwaysSettings(Path.Combine(folder, $"there-{run}"), TimeProvider.System);
            var refused = await Assert.ThrowsAsync<RefusedException>(() =>
                Restore.HandleAsync(there, path, KeyPath, Stop)
            );
            Assert.Equal("backup-refused", refused.Refusal.Code);
            Assert.False(File.Exists(Path.Combine(there.Folder, Lanthorn.Pathways.Store.KeyFile.Name)));
        }
        var otherKey = Path.Combine(folder, "other.key");
        await File.WriteAllBytesAsync(otherKey, new byte[Lanthorn.Pathways.Store.KeyFile.Length], Stop);
        var nowhere = new PathwaysSettings(Path.Combine(folder, "nowhere"), TimeProvider.System);
        await Assert.ThrowsAsync<RefusedException>(() => Restore.HandleAsync(nowhere, BackupPath, otherKey, Stop));
    }

    private async Task<Lanthorn.Pathways.Backup.BackedUp> BackUpAsync(PathwaysStore store)
    {
        var administrator = await PathwaysStoreTests.AccountAsync(store, "demo-pathways-administrator");
        return await new BackUp(store).HandleAsync(administrator, BackupPath, KeyPath, Stop);
    }

    /// <summary>The bytes that are behind the wall and nowhere else: keys, encrypted columns, links of the chain, ids.</summary>
    private static async Task<IReadOnlyList<byte[]>> SecretsAsync(PathwaysStore store)
    {
        var columns = await store.ReadAsync(
            async c =>
                (await c.QueryAsync<byte[]>("select name_sealed from applicant"))
                    .Concat(await c.QueryAsync<byte[]>("select note_sealed from applicant"))
                    .Concat(await c.QueryAsync<byte[]>("select hash from token"))
                    .Concat(await c.QueryAsync<byte[]>("select hash from audit"))
                    .ToList(),
            Stop
        );
        var texts = await store.ReadAsync(
            c => c.QueryAsync<string>("select id from applicant union all select name from account"),
            Stop
        );
        return [store.Key, .. columns, .. texts.Select(System.Text.Encoding.UTF8.GetBytes)];
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
