namespace Lanthorn.Formats;

/// <summary>
/// Bytes of marked-up text, refused where too many follow each other without a <c>&lt;</c> or <c>&gt;</c>: a reader of XML
/// keeps a whole tag in memory, however long its attributes are.
/// </summary>
internal sealed class MarkupStream(Stream inner, string file) : ReadOnlyStream
{
    public const int MaxRun = 4 * 1024 * 1024;

    private long run;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Check(buffer[..read]);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Check(buffer.Span[..read]);
        return read;
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        var last = bytes.LastIndexOfAny((byte)'<', (byte)'>');
        run = last < 0 ? run + bytes.Length : bytes.Length - last - 1;
        if (run > MaxRun)
            throw new UnreadableFileException(
                new(file, 1, 1),
                $"a text or a tag of more than {MaxRun / 1024 / 1024} MiB",
                "No official list has one; check where the file comes from."
            );
    }
}
