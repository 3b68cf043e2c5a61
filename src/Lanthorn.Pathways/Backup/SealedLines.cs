using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Geralt;

namespace Lanthorn.Pathways.Backup;

/// <summary>
/// How a backup of Pathways is written: one line after the other, each encrypted and chained to the one before it
/// (libsodium's secretstream, XChaCha20-Poly1305), the last marked as the last. A line that is changed, moved, left out or cut
/// off is noticed. Form: magic, header, then the length of each encrypted line in four bytes and the line.
/// </summary>
internal static class SealedLines
{
    public static ReadOnlySpan<byte> Magic => "lanthorn-pathways-backup 1\n"u8;

    /// <summary>A row holds no more than a note and some short texts.</summary>
    public const int MaxLineBytes = 1 << 20;

    public static RefusedException Damaged() =>
        new(
            Refusal.BadRequest(
                "backup-refused",
                "The backup cannot be read: it is none of Pathways, the key file is another one, or it was changed or cut off",
                "Take the key file that it was made with, or another backup"
            )
        );
}

/// <summary>Encrypts line after line. Disposing does not finish it: a backup that was broken off is none.</summary>
internal sealed class LineSealer : IDisposable
{
    private readonly Stream below;
    private readonly IncrementalXChaCha20Poly1305 cipher;

    public LineSealer(Stream below, ReadOnlySpan<byte> key)
    {
        this.below = below;
        Span<byte> header = stackalloc byte[IncrementalXChaCha20Poly1305.HeaderSize];
        cipher = new(header, key, encryption: true);
        below.Write(SealedLines.Magic);
        below.Write(header);
    }

    public void Write(string line) => Write(line, IncrementalXChaCha20Poly1305.ChunkFlag.Message);

    public void Finish() => Write("", IncrementalXChaCha20Poly1305.ChunkFlag.Final);

    private void Write(string line, IncrementalXChaCha20Poly1305.ChunkFlag flag)
    {
        var clear = Encoding.UTF8.GetBytes(line);
        if (clear.Length > SealedLines.MaxLineBytes)
            throw new InvalidOperationException("A row is longer than a backup takes");
        var made = new byte[clear.Length + IncrementalXChaCha20Poly1305.TagSize];
        cipher.EncryptChunk(made, clear, flag);
        CryptographicOperations.ZeroMemory(clear);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, made.Length);
        below.Write(length);
        below.Write(made);
    }

    public void Dispose() => cipher.Dispose();
}

/// <summary>Decrypts what a <see cref="LineSealer"/> wrote, and gives nothing of a line that was changed.</summary>
internal sealed class LineOpener : IDisposable
{
    private readonly Stream below;
    private readonly IncrementalXChaCha20Poly1305 cipher;

    /// <exception cref="RefusedException">It does not begin as a backup of Pathways.</exception>
    public LineOpener(Stream below, ReadOnlySpan<byte> key)
    {
        this.below = below;
        Span<byte> begin = stackalloc byte[SealedLines.Magic.Length];
        Span<byte> header = stackalloc byte[IncrementalXChaCha20Poly1305.HeaderSize];
        if (
            below.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) < begin.Length
            || !begin.SequenceEqual(SealedLines.Magic)
            || below.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
        )
            throw SealedLines.Damaged();
        cipher = new(header, key, encryption: false);
    }

    /// <summary>The next line; null after the last.</summary>
    /// <exception cref="RefusedException">It was changed, or the end is missing.</exception>
    public string? Read()
    {
        Span<byte> head = stackalloc byte[sizeof(int)];
        if (below.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            throw SealedLines.Damaged();
        var length = BinaryPrimitives.ReadInt32BigEndian(head) - IncrementalXChaCha20Poly1305.TagSize;
        if (length is < 0 or > SealedLines.MaxLineBytes)
            throw SealedLines.Damaged();
        var made = new byte[length + IncrementalXChaCha20Poly1305.TagSize];
        if (below.ReadAtLeast(made, made.Length, throwOnEndOfStream: false) < made.Length)
            throw SealedLines.Damaged();
        var clear = new byte[length];
        try
        {
            if (cipher.DecryptChunk(clear, made) != IncrementalXChaCha20Poly1305.ChunkFlag.Final)
                return Encoding.UTF8.GetString(clear);
        }
        catch (CryptographicException)
        {
            throw SealedLines.Damaged();
        }
        return below.ReadByte() < 0 ? null : throw SealedLines.Damaged();
    }

    public void Dispose() => cipher.Dispose();
}
