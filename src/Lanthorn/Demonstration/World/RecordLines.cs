using System.Buffers;
using Lanthorn.Formats;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>Records as a stream of lines, each written when it is asked for: no more of them than one is ever held.</summary>
internal sealed class RecordLines(IEnumerable<WorldRecord> records) : ReadOnlyStream
{
    private readonly IEnumerator<WorldRecord> next = records.GetEnumerator();
    private readonly ArrayBufferWriter<byte> line = new();
    private int taken;

    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length && Fill())
        {
            var part = line.WrittenSpan[taken..];
            part = part[..Math.Min(part.Length, buffer.Length - written)];
            part.CopyTo(buffer[written..]);
            (written, taken) = (written + part.Length, taken + part.Length);
        }
        return written;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            next.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>False at the end.</summary>
    private bool Fill()
    {
        if (taken < line.WrittenCount)
            return true;
        if (!next.MoveNext())
            return false;
        line.ResetWrittenCount();
        taken = 0;
        next.Current.WriteTo(line);
        return true;
    }
}
