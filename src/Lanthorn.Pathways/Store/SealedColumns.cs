using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Geralt;

namespace Lanthorn.Pathways.Store;

/// <summary>
/// What people have told is encrypted before it reaches the database: XChaCha20-Poly1305 with a random nonce of 192 bits. Table,
/// row and column are authenticated with it, so that a value moved to another place does not open.
/// Form: a byte of version, eight of the key's id, nonce, what is encrypted with its tag.
/// </summary>
internal sealed class SealedColumns(byte[] key)
{
    private const byte Version = 1;
    private const int KeyIdBytes = 8;
    private const int HeadBytes = 1 + KeyIdBytes + XChaCha20Poly1305.NonceSize;

    private readonly byte[] key = KeyFile.Drawn(key, "columns");
    private readonly byte[] keyId = KeyFile.Drawn(key, "id of the key of columns")[..KeyIdBytes];

    /// <param name="place">Whose value it is.</param>
    public byte[] Seal(string text, Cell place)
    {
        var clear = Encoding.UTF8.GetBytes(text);
        var made = new byte[HeadBytes + clear.Length + XChaCha20Poly1305.TagSize];
        made[0] = Version;
        keyId.CopyTo(made, 1);
        var nonce = made.AsSpan(1 + KeyIdBytes, XChaCha20Poly1305.NonceSize);
        RandomNumberGenerator.Fill(nonce);
        XChaCha20Poly1305.Encrypt(made.AsSpan(HeadBytes), clear, nonce, key, place.Bytes());
        CryptographicOperations.ZeroMemory(clear);
        return made;
    }

    /// <exception cref="InvalidDataException">It was changed, moved from another place, or sealed under another key.</exception>
    public string Open(byte[] made, Cell place)
    {
        if (made.Length < HeadBytes + XChaCha20Poly1305.TagSize || made[0] != Version)
            throw new InvalidDataException($"{place} is in no form that this version knows");
        if (!made.AsSpan(1, KeyIdBytes).SequenceEqual(keyId))
            throw new InvalidDataException($"{place} was encrypted under another key than {KeyFile.Name}");
        var clear = new byte[made.Length - HeadBytes - XChaCha20Poly1305.TagSize];
        try
        {
            var nonce = made.AsSpan(1 + KeyIdBytes, XChaCha20Poly1305.NonceSize);
            XChaCha20Poly1305.Decrypt(clear, made.AsSpan(HeadBytes), nonce, key, place.Bytes());
            return Encoding.UTF8.GetString(clear);
        }
        catch (CryptographicException changed)
        {
            throw new InvalidDataException($"{place} was changed, or moved there from another place", changed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }
}

/// <summary>The place of an encrypted value.</summary>
internal readonly record struct Cell(string Table, string Row, string Column)
{
    /// <summary>Each part with its length, so that nothing can move from one part to the next.</summary>
    public byte[] Bytes() => Parts.Joined(Table, Row, Column);

    public override string ToString() => $"{Table}.{Column} of row {Row}";
}

/// <summary>Texts as bytes that mean these texts and no others.</summary>
internal static class Parts
{
    public static byte[] Joined(params ReadOnlySpan<string?> parts)
    {
        using var joined = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part ?? "");
            BinaryPrimitives.WriteInt32BigEndian(length, part is null ? -1 : bytes.Length);
            joined.Write(length);
            joined.Write(bytes);
        }
        return joined.ToArray();
    }
}
