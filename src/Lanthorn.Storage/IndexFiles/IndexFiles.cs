using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lanthorn.Storage;

/// <summary>Takes the bytes of a column; more under one name follow those before, with no other column between.</summary>
public delegate void AppendColumn(string name, ReadOnlySpan<byte> bytes);

/// <summary>An index in memory as it was when the change feed stood at <paramref name="Sequence"/>.</summary>
/// <param name="Columns">Mapped from the file for as long as somebody holds them.</param>
public sealed record IndexFile(long Sequence, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Columns);

/// <summary>
/// Files below <c>indexes</c> that spare a server the reading of every record at its start. They can be made again from the
/// database at any time: one that is damaged, was made by another build or belongs to another database is not used. They
/// hold names in the clear, as the database does, and none of them outlives the erasure of something in it.
/// </summary>
public sealed class IndexFiles
{
    /// <summary>In front of everything: what it is, in this version; where the directory begins; the hash of all that follows.</summary>
    private static ReadOnlySpan<byte> Magic => "LANTIDX1"u8;

    private const int HashAt = 16;
    private const int HeadLength = HashAt + SHA256.HashSizeInBytes + 16;
    private const int Alignment = 64;
    private const string Extension = ".index";
    private const string Beside = ".part";

    private readonly Store store;
    private readonly string folder;

    internal IndexFiles(Store store) => (this.store, folder) = (store, Path.Combine(store.Folder, "indexes"));

    private sealed record Directory(string Maker, long Sequence, string Mark, IReadOnlyList<Column> Columns);

    private sealed record Column(string Name, long Start, int Length);

    /// <summary>Writes a file in place of the one before; a crash leaves one or the other.</summary>
    /// <param name="maker">The build that can read it again.</param>
    /// <param name="sequence">Everything up to this change is in it, later ones may be.</param>
    public async Task SaveAsync(
        string name,
        string maker,
        long sequence,
        Action<AppendColumn> write,
        CancellationToken cancellation
    )
    {
        var mark = await store.Changes.MarkAsync(sequence, cancellation);
        System.IO.Directory.CreateDirectory(folder);
        var part = PathOf(name) + Beside;
        try
        {
            await using (var file = CreatePrivate(part))
                Write(file, maker, sequence, mark, write);
            File.Move(part, PathOf(name), overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>
    /// The file of this name; null when there is none that can be used: it is damaged, of another build, of a database with
    /// another past, or something was erased since.
    /// </summary>
    public async Task<IndexFile?> OpenAsync(string name, string maker, CancellationToken cancellation)
    {
        if (Read(PathOf(name)) is not var (directory, mapped) || directory.Maker != maker)
            return null;
        if (
            directory.Mark != await store.Changes.MarkAsync(directory.Sequence, cancellation)
            || await store.Changes.HasErasedSinceAsync(directory.Sequence, cancellation)
        )
            return null;
        return new(
            directory.Sequence,
            directory.Columns.ToDictionary(
                c => c.Name,
                c => (ReadOnlyMemory<byte>)mapped.Slice(c.Start, c.Length),
                StringComparer.Ordinal
            )
        );
    }

    /// <summary>Takes all files away. Who has one mapped goes on reading it until he lets go.</summary>
    public void Drop()
    {
        if (!System.IO.Directory.Exists(folder))
            return;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles($"*{Extension}*"))
            file.Delete();
    }

    private string PathOf(string name) => Path.Combine(folder, name + Extension);

    private static FileStream CreatePrivate(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            BufferSize = 1 << 20,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }

    private static void Write(FileStream file, string maker, long sequence, string mark, Action<AppendColumn> write)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var columns = new List<Column>();
        file.Write(new byte[HeadLength]);
        write(Append);
        var directoryAt = file.Position;
        Put(JsonSerializer.SerializeToUtf8Bytes(new Directory(maker, sequence, mark, columns)));
        Span<byte> head = stackalloc byte[HeadLength];
        head.Clear();
        Magic.CopyTo(head);
        BinaryPrimitives.WriteInt64LittleEndian(head[Magic.Length..], directoryAt);
        hash.TryGetHashAndReset(head[HashAt..], out _);
        file.Position = 0;
        file.Write(head);
        file.Flush(flushToDisk: true);

        void Append(string name, ReadOnlySpan<byte> bytes)
        {
            if (columns is [.., var last] && last.Name == name)
                columns[^1] = last with { Length = checked(last.Length + bytes.Length) };
            else
            {
                Put(new byte[(Alignment - file.Position % Alignment) % Alignment]);
                columns.Add(new(name, file.Position, bytes.Length));
            }
            Put(bytes);
        }

        void Put(ReadOnlySpan<byte> bytes)
        {
            file.Write(bytes);
            hash.AppendData(bytes);
        }
    }

    private static (Directory, MappedFile)? Read(string path)
    {
        if (!File.Exists(path) || MappedFile.Open(path, HeadLength) is not { } mapped)
            return null;
        var head = mapped.Slice(0, HeadLength).Span;
        var directoryAt = BinaryPrimitives.ReadInt64LittleEndian(head[Magic.Length..]);
        if (!head[..Magic.Length].SequenceEqual(Magic) || directoryAt < HeadLength || directoryAt > mapped.Length)
            return null;
        if (!mapped.Sha256From(HeadLength).AsSpan().SequenceEqual(head.Slice(HashAt, SHA256.HashSizeInBytes)))
            return null;
        var directory = mapped.Slice(directoryAt, checked((int)(mapped.Length - directoryAt)));
        return (JsonSerializer.Deserialize<Directory>(directory.Span)!, mapped);
    }
}
