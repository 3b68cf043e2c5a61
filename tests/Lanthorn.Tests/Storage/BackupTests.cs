using System.Text;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using static Lanthorn.Tests.Storage.TemporaryStore;

namespace Lanthorn.Tests.Storage;

public sealed class BackupTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lanthorn-backup-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_backed_up_is_there_when_it_is_restored_elsewhere(bool isSealed)
    {
        var key = isSealed ? await BackupFile.ReadOrMakeKeyAsync(At("backup.key"), Stop) : null;
        await using (var store = await OpenAsync("first"))
        {
            await ImportAsync(store, Person("1", "Ana Petrova"));
            await store.Blobs.PutAsync(new MemoryStream("abc"u8.ToArray()), "text/plain", Label.Everyone, Stop);
            var done = await store.BackUpAsync(At("backup"), key, Analyst, Why, Stop);
            Assert.Equal((1, 1, isSealed), ((int)done.Records, done.Blobs, done.IsEncrypted));
            await ImportAsync(store, Person("2", "Later Comer"));
        }
        Assert.Equal(isSealed, Contains(await File.ReadAllBytesAsync(At("backup"), Stop), "sealed"));

        await BackupRestoring.RunAsync(At("backup"), Into("second"), key, Stop);

        await using var restored = await OpenAsync("second");
        var reading = restored.For(Analyst, Why);
        Assert.Equal("Ana Petrova", (await reading.EntityAsync("test-1", "test", Stop))!.Caption);
        Assert.Null(await reading.EntityAsync("test-2", "test", Stop));
        Assert.Null(await restored.Audit.VerifyAsync(Stop));
        Assert.DoesNotContain(await new Examination(restored).RunAsync(Stop), f => f.IsFault);
    }

    [Fact]
    public async Task A_backup_is_of_one_moment_while_others_write()
    {
        await using (var store = await OpenAsync("first"))
        {
            var writing = Task.Run(
                async () =>
                {
                    for (var batch = 0; batch < 20; batch++)
                        await ImportAsync(
                            store,
                            [.. Enumerable.Range(0, 50).Select(i => Person($"{batch}-{i}", "Some One"))]
                        );
                },
                Stop
            );
            await store.BackUpAsync(At("backup"), null, Analyst, Why, Stop);
            await writing;
        }

        var restored = await BackupRestoring.RunAsync(At("backup"), Into("second"), null, Stop);

        await using var second = await OpenAsync("second");
        Assert.Equal(restored.Records, (await second.For(Analyst, Why).SourcesAsync(Stop)).Sum(s => s.LiveRecords));
        Assert.DoesNotContain(await new Examination(second).RunAsync(Stop), f => f.IsFault);
    }

    [Fact]
    public async Task A_backup_with_another_key_or_changed_or_cut_off_leaves_nothing_behind()
    {
        var key = await BackupFile.ReadOrMakeKeyAsync(At("backup.key"), Stop);
        var other = await BackupFile.ReadOrMakeKeyAsync(At("other.key"), Stop);
        await using (var store = await OpenAsync("first"))
            await store.BackUpAsync(At("backup"), key, Analyst, Why, Stop);
        var whole = await File.ReadAllBytesAsync(At("backup"), Stop);
        byte[] changed = [.. whole];
        changed[whole.Length / 2] ^= 1;

        await RefusedAsync(whole, other);
        await RefusedAsync(changed, key);
        await RefusedAsync(whole[..^100], key);
        await RefusedAsync(whole[..20], key);
        await RefusedAsync(whole, null);
        await RefusedAsync(Encoding.ASCII.GetBytes("something else\n"), key);
        Assert.False(Directory.Exists(At("second")));
    }

    [Theory]
    [InlineData("installation.key")]
    [InlineData("audit-terms.key")]
    public async Task A_damaged_key_is_refused_by_its_name(string name)
    {
        await (await OpenAsync("first")).DisposeAsync();
        await File.WriteAllBytesAsync(Path.Combine(At("first"), name), new byte[31], Stop);

        var refused = await Assert.ThrowsAsync<RefusedByStoreException>(() => OpenAsync("first"));

        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Contains("restore it from the backup", refused.Message, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_broken_audit_log_is_not_backed_up_over(Database database)
    {
        await using var at = await CreateAsync(database);
        await at.ImportAsync("list", true, Person("1", "Ana Petrova"));
        await at.Store.WriteAsync((c, t) => c.ExecuteAsync("update audit_entry set body = '{}'", transaction: t), Stop);

        var refused = await Assert.ThrowsAsync<RefusedByStoreException>(() =>
            at.Store.BackUpAsync(At("backup"), null, Analyst, Why, Stop)
        );

        Assert.Contains("audit log is broken", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(At("backup")));
        Assert.False(File.Exists(At("backup.part")));
    }

    [Fact]
    public async Task Nothing_is_restored_over_what_is_there()
    {
        await using var store = await OpenAsync("first");
        await store.BackUpAsync(At("backup"), null, Analyst, Why, Stop);

        await Assert.ThrowsAsync<RefusedByStoreException>(() =>
            BackupRestoring.RunAsync(At("backup"), Into("first"), null, Stop)
        );
    }

    [Fact]
    public async Task The_examination_says_what_does_not_fit()
    {
        await using var store = await OpenAsync("first");
        await ImportAsync(store, Person("1", "Ana Petrova"));
        var blob = await store.Blobs.PutAsync(new MemoryStream("abc"u8.ToArray()), "text/plain", Label.Everyone, Stop);
        Assert.DoesNotContain(await new Examination(store).RunAsync(Stop), f => f.IsFault);

        File.Delete(Path.Combine(At("first"), "blobs", blob.Hash[..2], blob.Hash));

        Assert.Contains(
            await new Examination(store).RunAsync(Stop),
            f => f.IsFault && f.What.Contains("not there", StringComparison.Ordinal)
        );
    }

    private async Task RefusedAsync(byte[] backup, byte[]? key)
    {
        await File.WriteAllBytesAsync(At("tampered"), backup, Stop);
        var refused = await Xunit.Record.ExceptionAsync(() =>
            BackupRestoring.RunAsync(At("tampered"), Into("second"), key, Stop)
        );
        Assert.True(refused is RefusedByStoreException or InvalidDataException, $"{refused}");
    }

    private static bool Contains(byte[] bytes, string text) =>
        bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    private StoreSettings Into(string name) => new(At(name), TimeProvider.System, []);

    private string At(string name) => Path.Combine(folder, name);

    private Task<Store> OpenAsync(string name) => Store.OpenAsync(new(At(name), TimeProvider.System, []), Stop);

    private static async Task ImportAsync(Store store, params IReadOnlyList<IncomingRecord> records)
    {
        var start = new ImportStart(SourceCode.Parse("test").Value, Analyst, "test", false, []);
        var writer = await store.BeginImportAsync(start, Stop);
        await writer.WriteAsync(records, Stop);
        await writer.FinishAsync(Stop);
    }
}
