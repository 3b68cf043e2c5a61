using System.Formats.Tar;
using System.Text.Json;

namespace Lanthorn.Storage;

/// <summary>What was restored.</summary>
public sealed record Restored(DateTimeOffset MadeAt, long Records, int Files);

/// <summary>
/// Reads a backup into a folder that is empty or not there. Everything is checked against the backup's own list before the
/// folder gets its name: a backup that cannot be read leaves nothing behind.
/// </summary>
public static class BackupRestoring
{
    /// <summary>So many files are in a backup at most.</summary>
    public const int MaxFiles = 10_000_000;

    /// <exception cref="RefusedByStoreException">The folder is in use, or the file is no backup for this key.</exception>
    /// <exception cref="InvalidDataException">The backup is damaged.</exception>
    public static async Task<Restored> RunAsync(string path, string folder, byte[]? key, CancellationToken cancellation)
    {
        var target = Path.GetFullPath(folder);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new RefusedByStoreException($"{folder} is not empty: restore into a new folder");
        var beside = target.TrimEnd(Path.DirectorySeparatorChar) + ".restoring";
        if (Directory.Exists(beside))
            Directory.Delete(beside, recursive: true);
        try
        {
            await using var file = File.OpenRead(path);
            var manifest = await UnpackAsync(file, key, beside, cancellation);
            if (Directory.Exists(target))
                Directory.Delete(target);
            Directory.Move(beside, target);
            return new(manifest.MadeAt, manifest.Records, manifest.Hashes.Count);
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }

    private static async Task<BackupManifest> UnpackAsync(
        Stream file,
        byte[]? key,
        string folder,
        CancellationToken cancellation
    )
    {
        CreateFolder(folder);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        BackupManifest? manifest = null;
        await using var archive = BackupFile.ToRead(file, key);
        await using var tar = new TarReader(archive);
        while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (entry.Name == BackupManifest.Name && entry.DataStream is { } json)
                manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(
                    json,
                    (JsonSerializerOptions?)null,
                    cancellation
                );
            else
                found[entry.Name] = await WriteAsync(entry, folder, cancellation);
            if (found.Count > MaxFiles)
                throw SealedChunks.Damaged();
        }
        return manifest is not null && Same(manifest.Hashes, found) ? manifest : throw SealedChunks.Damaged();
    }

    private static async Task<string> WriteAsync(TarEntry entry, string folder, CancellationToken cancellation)
    {
        if (!IsOurs(entry))
            throw SealedChunks.Damaged();
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
