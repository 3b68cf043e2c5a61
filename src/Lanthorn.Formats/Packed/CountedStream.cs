namespace Lanthorn.Formats;

/// <summary>Counts the bytes that are read from another stream, which it closes with itself, and knows the last.</summary>
internal sealed class CountedStream(Stream inner) : ReadOnlyStream
{
    private uint last;

    public long Count { get; private set; }

    /// <summary>The last four bytes that were read as a number, the first of them the smallest; null before there are four.</summary>
    public uint? LastFour => Count >= sizeof(uint) ? last : null;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Take(buffer[..read]);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Take(buffer.Span[..read]);
        return read;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        Count += bytes.Length;
        foreach (var b in bytes[Math.Max(0, bytes.Length - sizeof(uint))..])
            last = (last >> 8) | ((uint)b << 24);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
