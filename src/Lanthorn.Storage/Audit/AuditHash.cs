using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lanthorn.Storage;

/// <summary>How entries and seals are chained: each hash takes in the one before it.</summary>
internal static class AuditHash
{
    /// <summary>What a chain begins with.</summary>
    public static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    public static byte[] OfEntry(byte[] previous, int chain, long sequence, string at, string body, byte[] versions) =>
        Of(previous, chain, sequence, [Encoding.UTF8.GetBytes(at), Encoding.UTF8.GetBytes(body), versions]);

    /// <param name="covers">The last entry that the seal covers.</param>
    public static byte[] OfSeal(byte[] previous, long covers, string at, string heads) =>
        Of(previous, 0, covers, [Encoding.UTF8.GetBytes(at), Encoding.UTF8.GetBytes(heads)]);

    /// <summary>The head of a chain as a seal names it.</summary>
    public static string Head(long sequence, byte[] hash) => $"{sequence}:{Convert.ToHexStringLower(hash)}";

    /// <summary>Each part goes in with its length, so that nothing can move from one part to the next.</summary>
    private static byte[] Of(byte[] previous, int chain, long sequence, ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[12];
        BinaryPrimitives.WriteInt32BigEndian(numbers, chain);
        BinaryPrimitives.WriteInt64BigEndian(numbers[4..], sequence);
        hash.AppendData(previous);
        hash.AppendData(numbers);
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt32BigEndian(numbers, part.Length);
            hash.AppendData(numbers[..4]);
            hash.AppendData(part);
        }
        return hash.GetHashAndReset();
    }
}
