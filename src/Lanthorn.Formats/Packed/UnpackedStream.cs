namespace Lanthorn.Formats;

/// <summary>
/// What comes out of a decompressor, held to the limits of <see cref="PackedFiles"/>; damaged and cut data end in an
/// <see cref="UnreadableFileException"/>, wherever they are met.
/// </summary>
internal sealed class UnpackedStream(Stream inner, string file) : ReadOnlyStream
{
    private long count;

    /// <summary>Bytes of packed data read so far, or in all where that is known.</summary>
    public required Func<long> Packed { get; init; }

    /// <summary>Whether so many bytes are all of them, asked at the end: decompressors take a cut for an end.</summary>
    public required Func<long, bool> IsWhole { get; init; }

    /// <summary>Closed with this stream, behind the decompressor.</summary>
    public IDisposable? Owned { get; init; }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Counted(inner.Read(buffer), buffer.Length);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(file, e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Counted(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(file, e);
        }
    }

    public static UnreadableFileException Damaged(string file, Exception? inner = null) =>
        new(
            new(file, 1, 1),
            "the compressed data are damaged or cut short",
            "What came before is read; fetch the file again from its source.",
            inner
        );

    private int Counted(int read, int wanted)
    {
        count += read;
        PackedFiles.RefuseBomb(file, count, Packed());
        if (read == 0 && wanted > 0 && !IsWhole(count))
            throw Damaged(file);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            Owned?.Dispose();
        }
        base.Dispose(disposing);
    }
}
