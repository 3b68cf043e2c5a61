using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Bytes that were kept: the hash is their SHA-256 in lower case.</summary>
public sealed record KeptBlob(string Hash, long Length, string MediaType);

/// <summary>Bytes to be read, and then disposed of.</summary>
public sealed record OpenedBlob(Stream Content, long Length, string MediaType) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>
/// Files that came in, each once under its SHA-256 below <c>blobs</c>, with the labels under which it came in. Whoever shows
/// a blob logs the reading: what is in it only the caller knows.
/// </summary>
public sealed class Blobs
{
    /// <summary>A longer file is refused.</summary>
    public const long MaxLength = 256L * 1024 * 1024;

    private const int HashLength = 64;
    private const string Beside = ".part";

    /// <summary>What a crash left half written is swept away when the store opens so long after.</summary>
    private static readonly TimeSpan OldestPart = TimeSpan.FromDays(1);

    private readonly Store store;
    private readonly string folder;

    internal Blobs(Store store) => (this.store, folder) = (store, Path.Combine(store.Folder, "blobs"));

    /// <summary>Keeps the bytes; the same bytes once more are kept once, and seen under either label.</summary>
    /// <exception cref="RefusedByStoreException">More than <see cref="MaxLength"/> bytes.</exception>
    public async Task<KeptBlob> PutAsync(Stream content, string mediaType, Label label, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, Path.GetRandomFileName() + Beside);
        try
        {
            var kept = await WriteAsync(content, part, mediaType, cancellation);
            await store.WriteAsync((c, t) => KeepAsync(c, t, part, kept, label), cancellation);
            return kept;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>The bytes with this hash; null when there are none that the viewer sees.</summary>
    public async Task<OpenedBlob?> OpenAsync(Viewer viewer, string hash, CancellationToken cancellation)
    {
        if (!IsHash(hash))
            return null;
        await using var snapshot = await Snapshot.OpenAsync(store, cancellation);
        using var row = snapshot
            .Prepared(
                $"""
                select length, media_type from blob b
                where {store.Dialect.IsOneOf("b.label_id", "$1")} and hash = $2 order by media_type limit 1
                """
            )
            .Read(store.Labels.For(viewer).List, Convert.FromHexString(hash));
        if (!row.Read())
            return null;
        try
        {
            return new(File.OpenRead(PathOf(hash)), row.GetInt64(0), row.GetString(1));
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            // Somebody is just removing it: the file goes first.
            return null;
        }
    }

    /// <summary>
    /// Removes what the viewer sees of it, and the file when nobody sees it any more. False when there was nothing for him.
    /// </summary>
    public async Task<bool> RemoveAsync(Viewer viewer, string hash, CancellationToken cancellation)
    {
        if (!IsHash(hash))
            return false;
        await store.Labels.LoadAsync(cancellation);
        return await store.WriteAsync(
            (connection, transaction) =>
            {
                var key = Convert.FromHexString(hash);
                using var remove = new Statement(
                    connection,
                    transaction,
                    $"delete from blob where hash = $1 and {store.Dialect.IsOneOf("label_id", "$2")}"
                );
                var removed = remove.Run(key, store.Labels.For(viewer).List) > 0;
                using var remaining = new Statement(connection, transaction, "select 1 from blob where hash = $1");
                if (removed && remaining.Scalar(key) is null)
                    File.Delete(PathOf(hash));
                return Task.FromResult(removed);
            },
            cancellation
        );
    }

    /// <summary>Deletes what a crash left half written.</summary>
    internal void Sweep()
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var part in new DirectoryInfo(folder).EnumerateFiles($"*{Beside}"))
            if (store.Time.GetUtcNow() - part.LastWriteTimeUtc > OldestPart)
                part.Delete();
    }

    private static async Task<KeptBlob> WriteAsync(
        Stream content,
        string path,
        string mediaType,
        CancellationToken cancellation
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var (buffer, length) = (new byte[81_920], 0L);
        for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0; )
        {
            length += read;
            if (length > MaxLength)
                throw new RefusedByStoreException(
                    $"The file is longer than {MaxLength} bytes: split it, or give only the part that matters"
                );
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
        file.Flush(flushToDisk: true);
        return new(Convert.ToHexStringLower(hash.GetHashAndReset()), length, mediaType);
    }

    /// <summary>Files are moved and deleted only inside write transactions, of which there is one at a time.</summary>
    private async Task KeepAsync(
        DbConnection connection,
        DbTransaction transaction,
        string part,
        KeptBlob kept,
        Label label
    )
    {
        var path = PathOf(kept.Hash);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(part, path, overwrite: true);
        var row = new
        {
            hash = Convert.FromHexString(kept.Hash),
            label = (long)store.Labels.InternIn(connection, transaction, label),
            kept.Length,
            kept.MediaType,
            now = Times.Text(store.Time.GetUtcNow()),
        };
        await connection.ExecuteAsync(
            """
            insert into blob (hash, label_id, length, media_type, added_at)
            values (@hash, @label, @Length, @MediaType, @now) on conflict do nothing
            """,
            row,
            transaction
        );
    }

    private string PathOf(string hash) => Path.Combine(folder, hash[..2], hash);

    /// <summary>What is asked for comes from outside and becomes part of a path.</summary>
    private static bool IsHash(string hash) => hash.Length == HashLength && hash.All(char.IsAsciiHexDigitLower);
}
