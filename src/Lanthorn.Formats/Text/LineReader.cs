namespace Lanthorn.Formats;

/// <summary>
/// Lines of bytes from a stream. A line longer than the limit is passed over without being kept, and reading goes on
/// behind its end. Not safe for several threads.
/// </summary>
internal sealed class LineReader(Stream stream, int maxLineLength)
{
    private const int FirstBuffer = 64 * 1024;
    private const byte NewLine = (byte)'\n';

    private byte[] buffer = new byte[FirstBuffer];
    private int start;
    private int end;
    private int lineLength;
    private int taken;

    /// <summary>Counts from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>True when the line was longer than the limit; <see cref="Line"/> then holds its beginning only.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The line without its end, valid until the next read.</summary>
    public ReadOnlySpan<byte> Line
    {
        get
        {
            var line = buffer.AsSpan(start, lineLength);
            return line is [.., (byte)'\r'] ? line[..^1] : line;
        }
    }

    /// <summary>Goes to the next line; false at the end of the stream.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        start += taken;
        (taken, lineLength, IsTooLong) = (0, 0, false);
        for (var searched = start; ; )
        {
            var found = buffer.AsSpan(searched, end - searched).IndexOf(NewLine);
            if (found >= 0)
                return Take(searched + found - start, searched + found + 1 - start);
            searched = end;
            if (end - start > maxLineLength)
                return await PassOverAsync(cancellation);
            searched -= MakeRoom();
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellation);
            end += read;
            if (read == 0)
                return end > start && Take(end - start, end - start);
        }
    }

    private bool Take(int length, int withEnd)
    {
        LineNumber++;
        (lineLength, taken) = (length, withEnd);
        IsTooLong = length > maxLineLength;
        return true;
    }

    /// <summary>Moves what is unread to the front, and grows when it fills the buffer; returns by how much it moved.</summary>
    private int MakeRoom()
    {
        if (end < buffer.Length)
            return 0;
        var (moved, kept) = (start, end - start);
        var target =
            kept > buffer.Length / 2
                ? new byte[(int)Math.Min(buffer.Length * 2L, Math.Max(FirstBuffer, maxLineLength + 2L))]
                : buffer;
        buffer.AsSpan(start, kept).CopyTo(target);
        (buffer, start, end) = (target, 0, kept);
        return moved;
    }

    /// <summary>Keeps the beginning of the line for the message and reads on to its end.</summary>
    private async ValueTask<bool> PassOverAsync(CancellationToken cancellation)
    {
        var room = Math.Min(end - start, Rejection.MaxValueLength);
        buffer.AsSpan(start, room).CopyTo(buffer);
        start = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(room), cancellation);
            var found = buffer.AsSpan(room, read).IndexOf(NewLine);
            if (read > 0 && found < 0)
                continue;
            end = room + read;
            Take(room, read == 0 ? room : room + found + 1);
            return IsTooLong = true;
        }
    }
}
