using System.Formats.Tar;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>What was restored.</summary>
public sealed record Restored(DateTimeOffset MadeAt, long Records, int Files);

/// <summary>
/// Reads a backup into a folder that is empty or not there, and into an empty database where one on a server is named:
/// whichever kind of database it was made on. Everything is checked against the backup's own list before the folder gets
/// its name: a backup that cannot be read leaves nothing behind.
/// </summary>
public sealed class BackupRestoring
{
    /// <summary>So many files are in a backup at most.</summary>
    public const int MaxFiles = 2_000_000;

    /// <summary>So large are the lists in a backup at most: a line for each file.</summary>
    private const long MaxList = 256L * 1024 * 1024;

    private const long MaxPiece = RowArchive.PieceBytes + RowForm.MaxRow;

    /// <summary>A list that lacks something is no list.</summary>
    private static readonly JsonSerializerOptions Strict = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly StoreSettings into;
    private readonly Dialect dialect;
    private readonly Dictionary<string, string> found = new(StringComparer.Ordinal);
    private BackupManifest? manifest;
    private RowRestoring? rows;

    private BackupRestoring(StoreSettings into) =>
        (this.into, dialect) = (into, into.Database.Length > 0 ? new Postgres(into.Database) : new Sqlite(into.Folder));

    /// <exception cref="RefusedByStoreException">
    /// The folder or the database is in use, or the file is no backup for this key.
    /// </exception>
    /// <exception cref="InvalidDataException">The backup is damaged.</exception>
    public static async Task<Restored> RunAsync(
        string path,
        StoreSettings into,
        byte[]? key,
        CancellationToken cancellation
    )
    {
        var target = Path.GetFullPath(into.Folder);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new RefusedByStoreException($"{into.Folder} is not empty: restore into a new folder");
        var beside = target.TrimEnd(Path.DirectorySeparatorChar) + ".restoring";
        if (Directory.Exists(beside))
            Directory.Delete(beside, recursive: true);
        try
        {
            await using var file = File.OpenRead(path);
            var restoring = new BackupRestoring(into with { Folder = beside });
            return await restoring.RunAsync(file, key, target, cancellation);
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }

    private async Task<Restored> RunAsync(Stream file, byte[]? key, string target, CancellationToken cancellation)
    {
        try
        {
            await UnpackAsync(file, key, cancellation);
            if (manifest is null || !Same(manifest.Hashes, found))
                throw SealedChunks.Damaged();
            if (dialect.IsFar && rows is null)
                await TakeFileAsync(cancellation);
            else if (rows is not null)
                await rows.FinishAsync(manifest.Tables, manifest.LastNumbers, cancellation);
            else if (!found.ContainsKey(BackupManifest.Database))
                throw SealedChunks.Damaged();
            if (!dialect.IsFar)
                // Its connections are closed before the folder gets another name.
                await CloseAsync(keep: true);
            if (Directory.Exists(target))
                Directory.Delete(target);
            Directory.Move(into.Folder, target);
            rows?.Keep();
            return new(manifest.MadeAt, manifest.Records, manifest.Hashes.Count);
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or EndOfStreamException)
        {
            throw SealedChunks.Damaged(malformed);
        }
        finally
        {
            await CloseAsync(keep: false);
        }
    }

    private async Task CloseAsync(bool keep)
    {
        if (keep)
            rows?.Keep();
        if (rows is not null)
            await rows.DisposeAsync();
        rows = null;
        await dialect.DisposeAsync();
    }

    private async Task UnpackAsync(Stream file, byte[]? key, CancellationToken cancellation)
    {
        CreateFolder(into.Folder);
        await using var archive = BackupFile.ToRead(file, key);
        await using var tar = new TarReader(archive);
        while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            // The list ends it, and nothing comes twice.
            if (manifest is not null || found.ContainsKey(entry.Name) || found.Count >= MaxFiles)
                throw SealedChunks.Damaged();
            if (entry.Name == BackupManifest.Name)
                manifest = await ReadAsync<BackupManifest>(entry, cancellation);
            else if (entry.Name == RowSchema.Name || RowsOf(entry) is not null)
                await TakeRowsAsync(entry, cancellation);
            else
                found[entry.Name] = await WriteAsync(entry, into.Folder, cancellation);
        }
    }

    private async Task TakeRowsAsync(TarEntry entry, CancellationToken cancellation)
    {
        var content = await ContentAsync(entry, MaxPiece, cancellation);
        found[entry.Name] = BackupFile.HashOf(content);
        if (RowsOf(entry) is { } table)
        {
            if (rows is null)
                throw SealedChunks.Damaged();
            await rows.AddAsync(table, content.GetBuffer().AsMemory(0, (int)content.Length), cancellation);
            return;
        }
        if (found.ContainsKey(BackupManifest.Database))
            throw SealedChunks.Damaged();
        var schema = await JsonSerializer.DeserializeAsync<RowSchema>(content, Strict, cancellation);
        rows = await RowRestoring.BeginAsync(into, dialect, schema ?? throw SealedChunks.Damaged(), cancellation);
    }

    /// <summary>The rows of a SQLite file that came in the backup go to the server, and the file goes.</summary>
    private async Task TakeFileAsync(CancellationToken cancellation)
    {
        if (!found.ContainsKey(BackupManifest.Database))
            throw SealedChunks.Damaged();
        var path = Path.Combine(into.Folder, BackupManifest.Database);
        await using (var file = new Sqlite(into.Folder))
        await using (var reader = (SqliteConnection)await file.OpenReaderAsync(cancellation))
        {
            if (await file.DamageAsync(reader, cancellation) is not null)
                throw SealedChunks.Damaged();
            var schema = await RowSchema.OfAsync(file, reader);
            rows = await RowRestoring.BeginAsync(into, dialect, schema, cancellation);
            await rows.AddAllAsync(reader, schema, cancellation);
            await rows.FinishAsync(null, await file.LastNumbersAsync(reader), cancellation);
        }
        foreach (var left in Directory.EnumerateFiles(into.Folder, BackupManifest.Database + "*"))
            File.Delete(left);
    }

    private static async Task<string> WriteAsync(TarEntry entry, string folder, CancellationToken cancellation)
    {
        if (!IsOurs(entry))
            throw SealedChunks.Damaged();
        if (entry.Length > new DriveInfo(folder).AvailableFreeSpace)
            throw new RefusedByStoreException(
                $"There is no room for {entry.Name} of {entry.Length / (1024 * 1024)} MiB: make room, or restore elsewhere"
            );
        var path = Path.Combine(folder, entry.Name);
        CreateFolder(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        if (entry.DataStream is { } content)
            await content.CopyToAsync(file, cancellation);
        file.Flush(flushToDisk: true);
        file.Position = 0;
        return BackupFile.HashOf(file);
    }

    private static async Task<T?> ReadAsync<T>(TarEntry entry, CancellationToken cancellation) =>
        await JsonSerializer.DeserializeAsync<T>(
            await ContentAsync(entry, MaxList, cancellation),
            Strict,
            cancellation
        );

    /// <summary>What a part says of its length is not believed before it has come.</summary>
    private static async Task<MemoryStream> ContentAsync(TarEntry entry, long most, CancellationToken cancellation)
    {
        if (entry.Length > most)
            throw SealedChunks.Damaged();
        var content = new MemoryStream();
        if (entry.DataStream is { } data)
            await data.CopyToAsync(content, cancellation);
        content.Position = 0;
        return content;
    }

    /// <summary>The table of which a part holds rows; null where it is another part.</summary>
    private static string? RowsOf(TarEntry entry) =>
        entry.EntryType == TarEntryType.RegularFile && entry.Name.Split('/') is [RowSchema.Folder, var table, _]
            ? table
            : null;

    /// <summary>Names come from a file that somebody may have made: only those of an installation become paths.</summary>
    private static bool IsOurs(TarEntry entry)
    {
        var parts = entry.Name.Split('/');
        return entry.EntryType == TarEntryType.RegularFile
            && parts.All(p => p.Length > 0 && p[0] != '.' && !p.Any(c => c is '\\' or ':' or '\0'))
            && parts switch
            {
                [var name] => name == BackupManifest.Database || BackupManifest.KeyFiles.Contains(name),
                [BackupManifest.KeyFolder, _] => true,
                [BackupManifest.BlobFolder, _, _] => true,
                _ => false,
            };
    }

    private static bool Same(IReadOnlyDictionary<string, string> wanted, Dictionary<string, string> found) =>
        wanted.Count == found.Count && wanted.All(w => found.GetValueOrDefault(w.Key) == w.Value);

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
