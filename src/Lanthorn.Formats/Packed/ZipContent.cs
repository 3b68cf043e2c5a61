using System.Buffers.Binary;
using System.IO.Compression;

namespace Lanthorn.Formats;

/// <summary>The files in a zip archive, each opened anew from the archive whenever it is read.</summary>
internal static class ZipContent
{
    public const int MaxFiles = 100;

    /// <summary>Bytes of the archive's directory: names and sizes of what is in it.</summary>
    public const int MaxDirectory = 1024 * 1024;

    private const int EndLength = 22;
    private const int MaxComment = ushort.MaxValue;
    private const int MaxNameLength = 100;

    public static IReadOnlyList<InputFile> List(InputFile file)
    {
        using var archive = Open(file.Open(), file.Name);
        var found = new List<InputFile>();
        var (unpacked, packed) = (0L, 0L);
        foreach (var (index, entry) in archive.Entries.Index())
        {
            if (entry.FullName.EndsWith('/') || entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal))
                continue;
            var name = $"{file.Name} > {Shown(entry.FullName)}";
            if (entry.IsEncrypted)
                throw Refuse(name, "it is encrypted", "Unpack it with its password and import what is in it.");
            if (found.Count == MaxFiles)
                throw Refuse(
                    file.Name,
                    $"more than {MaxFiles} files in one archive",
                    "Unpack it and import some of them."
                );
            PackedFiles.RefuseBomb(file.Name, unpacked += entry.Length, packed += entry.CompressedLength);
            found.Add(new(name, () => OpenEntry(file, index, name)));
        }
        return found.Count > 0
            ? found
            : throw Refuse(file.Name, "the archive is empty", "Fetch it again from its source.");
    }

    /// <summary>
    /// Opens an archive of bounded size in memory: its directory is looked at before anything is made of it.
    /// </summary>
    /// <param name="stream">Closed with the archive, or here when it is refused.</param>
    /// <exception cref="UnreadableFileException">It is damaged, too large or of the 64-bit form.</exception>
    public static ZipArchive Open(Stream stream, string file)
    {
        try
        {
            RefuseDirectory(stream, file);
            stream.Position = 0;
            var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            // Read here, so that a directory that is damaged is met here and not later.
            _ = archive.Entries;
            return archive;
        }
        catch (InvalidDataException e)
        {
            stream.Dispose();
            throw UnpackedStream.Damaged(file, e);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The unpacked bytes of an entry; <paramref name="owned"/> is closed with them.</summary>
    public static UnpackedStream Read(ZipArchiveEntry entry, string name, IDisposable? owned = null)
    {
        try
        {
            return new(entry.Open(), name)
            {
                Packed = () => entry.CompressedLength,
                IsWhole = count => count == entry.Length,
                Owned = owned,
            };
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            owned?.Dispose();
            throw Refuse(
                name,
                "it is damaged or packed by a method other than deflate",
                "Pack it anew, or unpack it first.",
                e
            );
        }
    }

    private static UnpackedStream OpenEntry(InputFile file, int index, string name)
    {
        var archive = Open(file.Open(), file.Name);
        var entries = archive.Entries;
        if (index < entries.Count)
            return Read(entries[index], name, archive);
        archive.Dispose();
        throw Refuse(name, "the archive changed while it was read", "Import it again.");
    }

    /// <summary>
    /// The directory must stand at the end, where the end record says, and be small: the number in it is not believed, since
    /// a lie there costs memory for every entry.
    /// </summary>
    private static void RefuseDirectory(Stream stream, string file)
    {
        if (!stream.CanSeek)
            throw Refuse(
                file,
                "a zip archive is read from its end, and this stream has none",
                "Store it as a file first."
            );
        var tail = new byte[Math.Min(stream.Length, EndLength + MaxComment)];
        stream.Seek(-tail.Length, SeekOrigin.End);
        stream.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndLength)
            throw UnpackedStream.Damaged(file);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 12));
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (size == uint.MaxValue || offset == uint.MaxValue)
            throw Refuse(file, "a zip archive of the 64-bit form", "Unpack it and import what is in it.");
        if (size > MaxDirectory)
            throw Refuse(file, "far more files than an archive of lists has", "Unpack it and import some of them.");
        if (offset + (long)size != stream.Length - tail.Length + end)
            throw UnpackedStream.Damaged(file);
    }

    /// <summary>The last part of the name in the archive, for people to read.</summary>
    private static string Shown(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = string.Concat(last.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)));
        return clean.Length > MaxNameLength ? clean[..MaxNameLength] : clean;
    }

    private static UnreadableFileException Refuse(string file, string reason, string wayOut, Exception? e = null) =>
        new(new(file, 1, 1), reason, wayOut, e);
}
