using System.Data.Common;
using System.Formats.Tar;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>What was backed up.</summary>
/// <param name="Bytes">The length of the backup file.</param>
public sealed record BackedUp(long Records, int Blobs, long Bytes, bool IsEncrypted);

/// <summary>What the backup says of itself, at its end: the SHA-256 of everything in it, by name.</summary>
/// <param name="Tables">What the rows add up to, where the database is in it as rows.</param>
/// <param name="LastNumbers">The last number that each table gave, so that it does not give it again.</param>
internal sealed record BackupManifest(
    DateTimeOffset MadeAt,
    string Program,
    long Records,
    IReadOnlyDictionary<string, string> Hashes,
    IReadOnlyList<TableCount>? Tables = null,
    IReadOnlyDictionary<string, long>? LastNumbers = null
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
/// Writes a backup of an open store: the database at one moment while others go on writing, its keys, its blobs. A SQLite
/// file goes in as it is, and of a database on a server the rows: either can be restored into either. What goes in is
/// checked before anything is called a backup.
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
                await using (var archive = BackupFile.ToWrite(file, key, hasRows: store.Dialect.IsFar))
                await using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
                {
                    // Blobs before the database, and those that came meanwhile after it: what its copy names is in.
                    await WriteBlobsAsync(tar, cancellation);
                    var manifest = store.Dialect.IsFar
                        ? await WriteRowsAsync(tar, cancellation)
                        : await WriteCopyAsync(tar, copy, cancellation);
                    records = manifest.Records;
                    await WriteBlobsAsync(tar, cancellation);
                    await WriteKeysAsync(tar, cancellation);
                    await WriteManifestAsync(tar, manifest, cancellation);
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

    /// <summary>The rows of every table at one moment, the audit log of that moment checked.</summary>
    private async Task<BackupManifest> WriteRowsAsync(TarWriter tar, CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.OpenAsync(store, cancellation);
        var connection = snapshot.Connection;
        await EnsureAuditAsync(connection, cancellation);
        var schema = await RowSchema.OfAsync(store.Dialect, connection);
        var tables = await new RowArchive(tar, hashes).WriteAsync(schema, connection, cancellation);
        return await ManifestAsync(connection) with
        {
            Tables = tables,
            LastNumbers = await store.Dialect.LastNumbersAsync(connection),
        };
    }

    /// <summary>A copy of one moment, checked.</summary>
    private async Task<BackupManifest> WriteCopyAsync(TarWriter tar, string to, CancellationToken cancellation)
    {
        await using var lease = await store.Readers.RentAsync(cancellation);
        var target = new SqliteConnectionStringBuilder { DataSource = to, Pooling = false }.ToString();
        BackupManifest manifest;
        await using (var copy = new SqliteConnection(target))
        {
            await copy.OpenAsync(cancellation);
            ((SqliteConnection)lease.Connection).BackupDatabase(copy);
            // The copy is one file without a log beside it.
            await copy.ExecuteAsync("pragma journal_mode = delete");
            if (await store.Dialect.DamageAsync(copy, cancellation) is { } damage)
                throw new RefusedByStoreException(
                    $"{damage}. So there is no backup: restore the last one, and keep this folder"
                );
            await EnsureAuditAsync(copy, cancellation);
            manifest = await ManifestAsync(copy);
        }
        await WriteAsync(tar, BackupManifest.Database, to, cancellation);
        return manifest;
    }

    private static async Task EnsureAuditAsync(DbConnection connection, CancellationToken cancellation)
    {
        if (await new AuditVerification(connection).RunAsync(cancellation) is { } broken)
            throw new RefusedByStoreException(
                $"The audit log is broken at chain {broken.Chain}, entry {broken.Sequence}: {broken.Why}. "
                    + "Find out what happened before it is backed up over"
            );
    }

    private async Task<BackupManifest> ManifestAsync(DbConnection connection)
    {
        var program = typeof(Store).Assembly.GetName().Version?.ToString(3) ?? "";
        var records = await connection.ExecuteScalarAsync<long>(
            "select cast(coalesce(sum(records), 0) as bigint) from live_count"
        );
        return new(store.Time.GetUtcNow(), program, records, hashes);
    }

    private async Task WriteBlobsAsync(TarWriter tar, CancellationToken cancellation)
    {
        var folder = new DirectoryInfo(Path.Combine(store.Folder, BackupManifest.BlobFolder));
        if (!folder.Exists)
            return;
        foreach (var blob in folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var name = $"{BackupManifest.BlobFolder}/{blob.Directory!.Name}/{blob.Name}";
            if (hashes.Count >= BackupRestoring.MaxFiles)
                throw new RefusedByStoreException(
                    $"There are more than {BackupRestoring.MaxFiles} files: back the folder up with tools for files"
                );
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

    private static async Task WriteManifestAsync(TarWriter tar, BackupManifest manifest, CancellationToken cancellation)
    {
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest));
        var entry = new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { DataStream = json };
        await tar.WriteEntryAsync(entry, cancellation);
    }
}
