using System.Security.Cryptography;
using Geralt;

namespace Lanthorn.Storage;

/// <summary>
/// How a backup is encrypted: libsodium's secretstream (XChaCha20-Poly1305) over chunks of 64 KiB, the last of them marked
/// as the last. A chunk that is changed, moved, left out or cut off is noticed.
/// </summary>
internal static class SealedChunks
{
    public const int Size = 64 * 1024;
    public const int SealedSize = Size + 17;

    public static InvalidDataException Damaged(Exception? inner = null) =>
        new("The backup cannot be read: the key file is another one, or the backup was changed or cut off", inner);
}

/// <summary>Encrypts what is written to it. Disposing writes the last chunk; the stream below stays open.</summary>
internal sealed class SealingStream : Stream
{
    private readonly Stream below;
    private readonly IncrementalXChaCha20Poly1305 cipher;
    private readonly byte[] chunk = new byte[SealedChunks.Size];
    private readonly byte[] sealedChunk = new byte[SealedChunks.SealedSize];
    private int length;
    private bool closed;

    public SealingStream(Stream below, ReadOnlySpan<byte> key)
    {
        this.below = below;
        Span<byte> header = stackalloc byte[IncrementalXChaCha20Poly1305.HeaderSize];
        cipher = new(header, key, encryption: true);
        below.Write(header);
    }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (length == chunk.Length)
                WriteChunk(IncrementalXChaCha20Poly1305.ChunkFlag.Message);
            var taken = Math.Min(buffer.Length, chunk.Length - length);
            buffer[..taken].CopyTo(chunk.AsSpan(length));
            length += taken;
            buffer = buffer[taken..];
        }
    }

    public override void Flush() => below.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed)
        {
            closed = true;
            WriteChunk(IncrementalXChaCha20Poly1305.ChunkFlag.Final);
            cipher.Dispose();
            CryptographicOperations.ZeroMemory(chunk);
        }
        base.Dispose(disposing);
    }

    private void WriteChunk(IncrementalXChaCha20Poly1305.ChunkFlag flag)
    {
        var to = sealedChunk.AsSpan(0, length + IncrementalXChaCha20Poly1305.TagSize);
        cipher.EncryptChunk(to, chunk.AsSpan(0, length), flag);
        below.Write(to);
        length = 0;
    }
}

/// <summary>Decrypts what a <see cref="SealingStream"/> wrote, and gives nothing of a chunk that was changed.</summary>
internal sealed class UnsealingStream : Stream
{
    private readonly Stream below;
    private readonly IncrementalXChaCha20Poly1305 cipher;
    private readonly byte[] chunk = new byte[SealedChunks.Size];
    private readonly byte[] sealedChunk = new byte[SealedChunks.SealedSize];
    private int position;
    private int length;
    private bool isLast;

    public UnsealingStream(Stream below, ReadOnlySpan<byte> key)
    {
        this.below = below;
        Span<byte> header = stackalloc byte[IncrementalXChaCha20Poly1305.HeaderSize];
        if (below.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw SealedChunks.Damaged();
        cipher = new(header, key, encryption: false);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (position == length)
        {
            if (isLast)
                return 0;
            ReadChunk();
        }
        var taken = Math.Min(buffer.Length, length - position);
        chunk.AsSpan(position, taken).CopyTo(buffer);
        position += taken;
        return taken;
    }

    public override void Flush() { }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            cipher.Dispose();
        base.Dispose(disposing);
    }

    private void ReadChunk()
    {
        var read = below.ReadAtLeast(sealedChunk, sealedChunk.Length, throwOnEndOfStream: false);
        if (read < IncrementalXChaCha20Poly1305.TagSize)
            throw SealedChunks.Damaged();
        (position, length) = (0, read - IncrementalXChaCha20Poly1305.TagSize);
        try
        {
            isLast =
                cipher.DecryptChunk(chunk.AsSpan(0, length), sealedChunk.AsSpan(0, read), [])
                == IncrementalXChaCha20Poly1305.ChunkFlag.Final;
        }
        catch (CryptographicException changed)
        {
            throw SealedChunks.Damaged(changed);
        }
        if (isLast && below.ReadByte() >= 0)
            throw SealedChunks.Damaged();
    }
}
