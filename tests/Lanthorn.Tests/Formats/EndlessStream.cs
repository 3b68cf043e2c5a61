namespace Lanthorn.Tests.Formats;

/// <summary>A file too large to keep: a beginning, one byte again and again, an end.</summary>
internal sealed class EndlessStream(byte[] beginning, byte filler, long fillers, byte[] end) : Stream
{
    private long position;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => beginning.Length + fillers + end.Length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var (behind, whole) = (position - beginning.Length - fillers, Length);
        var read = 0;
        if (position < beginning.Length)
            read = Copy(beginning.AsSpan((int)position), buffer);
        else if (behind < 0)
        {
            read = (int)Math.Min(buffer.Length, -behind);
            buffer[..read].Fill(filler);
        }
        else if (position < whole)
            read = Copy(end.AsSpan((int)behind), buffer);
        position += read;
        return read;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        var length = Math.Min(from.Length, to.Length);
        from[..length].CopyTo(to);
        return length;
    }
}
