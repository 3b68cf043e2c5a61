using System.Formats.Tar;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>What was backed up.</summary>
/// <param name="Bytes">The length of the backup file.</param>
public sealed record BackedUp(long Records, int Blobs, long Bytes, bool IsEncrypted);

/// <summary>What the backup says of itself, at its end: the SHA-256 of everything in it, by name.</summary>
internal sealed record BackupManifest(
    DateTimeOffset MadeAt,
    string Program,
    long Records,
    IReadOnlyDictionary<string, string> Hashes
)
{
    public const string Name = "manifest.json";
    public const string Database = "lanthorn.db";
    public const string BlobFolder = "blobs";

    /// <summary>What an installation consists of besides its database and its blobs.</summary>
    public static readonly string[] KeyFiles = ["installation.key", SearchTerms.KeyFileName];
    public const string KeyFolder = "keys";
}

/// <summary>
/// Writes a backup of an open store: the database at one moment while others go on writing, its keys, its blobs. The copy
/// is checked before anything is called a backup.
/// </summary>
internal sealed class BackupWriting(Store store)
{
    private readonly Dictionary<string, string> hashes = new(StringComparer.Ordinal);

    public async Task<BackedUp> RunAsync(string path, byte[]? key, CancellationToken cancellation)
    {
        var beside = path + ".part";
        var copy = Path.Combine(store.Folder, Path.GetRandomFileName() + ".backup");
        try
        {
            long records;
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var file = new FileStream(beside, options))
            {
                await using (var archive = BackupFile.ToWrite(file, key))
                await using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
                {
                    // Blobs before the database, and those that came meanwhile after it: what its copy names is in.
                    await WriteBlobsAsync(tar, cancellation);
                    records = await CopyAsync(copy, cancellation);
                    await WriteAsync(tar, BackupManifest.Database, copy, cancellation);
                    await WriteBlobsAsync(tar, cancellation);
                    await WriteKeysAsync(tar, cancellation);
                    await WriteManifestAsync(tar, records, cancellation);
                }
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
            var blobs = hashes.Keys.Count(n => n.StartsWith(BackupManifest.BlobFolder, StringComparison.Ordinal));
            return new(records, blobs, new FileInfo(path).Length, key is not null);
        }
        finally
        {
            File.Delete(beside);
            File.Delete(copy);
        }
    }

    /// <summary>A copy of one moment, checked; how many live records are in it.</summary>
    private async Task<long> CopyAsync(string to, CancellationToken cancellation)
    {
        await using var lease = await store.Readers.RentAsync(cancellation);
        if (lease.Connection is not SqliteConnection source)
            throw new RefusedByStoreException(
                "The database is on a PostgreSQL server: back it up with pg_dump, and keep the key files of the data folder with it"
            );
        var target = new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ToString();
        await using var copy = new SqliteConnection(target);
        await copy.OpenAsync(cancellation);
        source.BackupDatabase(copy);
        // The copy is one file without a log beside it.
        await copy.ExecuteAsync("pragma journal_mode = delete");
        if (await store.Dialect.DamageAsync(copy) is { } damage)
            throw new RefusedByStoreException(
                $"The database is damaged, so there is no backup: {damage}. Restore the last one, and keep this folder"
            );
        if (await new AuditVerification(copy).RunAsync(cancellation) is { } broken)
            throw new RefusedByStoreException(
                $"The audit log is broken at chain {broken.Chain}, entry {broken.Sequence}: {broken.Why}. "
                    + "Find out what happened before it is backed up over"
            );
        return await copy.ExecuteScalarAsync<long>("select coalesce(sum(records), 0) from live_count");
    }

    private async Task WriteBlobsAsync(TarWriter tar, CancellationToken cancellation)
    {
        var folder = new DirectoryInfo(Path.Combine(store.Folder, BackupManifest.BlobFolder));
        if (!folder.Exists)
            return;
        foreach (var blob in folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var name = $"{BackupManifest.BlobFolder}/{blob.Directory!.Name}/{blob.Name}";
            if (blob.Extension.Length == 0 && !hashes.ContainsKey(name))
                await WriteAsync(tar, name, blob.FullName, cancellation);
        }
    }

    private async Task WriteKeysAsync(TarWriter tar, CancellationToken cancellation)
    {
        foreach (var name in BackupManifest.KeyFiles)
            await WriteAsync(tar, name, Path.Combine(store.Folder, name), cancellation);
        var folder = new DirectoryInfo(Path.Combine(store.Folder, BackupManifest.KeyFolder));
        if (folder.Exists)
            foreach (var key in folder.EnumerateFiles())
                await WriteAsync(tar, $"{BackupManifest.KeyFolder}/{key.Name}", key.FullName, cancellation);
    }

    private async Task WriteAsync(TarWriter tar, string name, string path, CancellationToken cancellation)
    {
        FileStream content;
        try
        {
            content = File.OpenRead(path);
        }
        catch (FileNotFoundException) when (name.StartsWith(BackupManifest.BlobFolder, StringComparison.Ordinal))
        {
            // Removed since it was listed.
            return;
        }
        await using (content)
        {
            hashes[name] = BackupFile.HashOf(content);
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content },
                cancellation
            );
        }
    }

    private async Task WriteManifestAsync(TarWriter tar, long records, CancellationToken cancellation)
    {
        var program = typeof(Store).Assembly.GetName().Version?.ToString(3) ?? "";
        var manifest = new BackupManifest(store.Time.GetUtcNow(), program, records, hashes);
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest));
        var entry = new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { DataStream = json };
        await tar.WriteEntryAsync(entry, cancellation);
    }
}
