using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;

namespace Lanthorn.Storage;

/// <summary>
/// A file in the address space, read only. It is let go when nobody holds a piece of it any more: readers may be in the
/// middle of a piece when its place in the index is taken by another.
/// </summary>
internal sealed unsafe class MappedFile
{
    /// <summary>Pieces of this length are hashed one after the other.</summary>
    private const int PieceLength = 1 << 26;

    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;

    private MappedFile(MemoryMappedViewAccessor view, long length)
    {
        (this.view, Length) = (view, length);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    ~MappedFile() => view.SafeMemoryMappedViewHandle.ReleasePointer();

    public long Length { get; }

    /// <summary>Null for a file that is shorter than its head or was taken away.</summary>
    public static MappedFile? Open(string path, int leastLength)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (file.Length < leastLength)
                return null;
            using var mapping = MemoryMappedFile.CreateFromFile(
                file,
                null,
                file.Length,
                MemoryMappedFileAccess.Read,
                HandleInheritability.None,
                leaveOpen: true
            );
            return new(mapping.CreateViewAccessor(0, file.Length, MemoryMappedFileAccess.Read), file.Length);
        }
        catch (IOException gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public Memory<byte> Slice(long from, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from + length, Length);
        return new Piece(this, from, length).Memory;
    }

    public byte[] Sha256From(long from)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (; from < Length; from += PieceLength)
            hash.AppendData(new ReadOnlySpan<byte>(start + from, (int)Math.Min(PieceLength, Length - from)));
        GC.KeepAlive(this);
        return hash.GetHashAndReset();
    }

    /// <summary>Keeps the file mapped for as long as it is held.</summary>
    private sealed class Piece(MappedFile file, long from, int length) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() => new(file.start + from, length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(file.start + from + elementIndex);

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }
}
