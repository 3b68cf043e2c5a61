using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lanthorn.Formats;

/// <summary>
/// The ids of one import, to refuse the second record with an id. Merging it would hide the usual cause, an id column
/// that is not one, and the last one winning would let the order of rows decide. Kept as 64-bit hashes, about 20 bytes
/// a record; by chance two ids of ten million fall together once in 400,000 imports, and then a row is refused, not lost.
/// </summary>
internal sealed class SeenIds
{
    public const int MaxIds = 20_000_000;

    private readonly HashSet<ulong> seen = [];

    public bool Add(string id, Place place)
    {
        if (seen.Count >= MaxIds)
            throw new UnreadableFileException(
                place,
                $"more than {MaxIds:N0} records in one import",
                "Split the file and import the parts one after the other."
            );
        return seen.Add(Hash(id));
    }

    public bool Has(string id) => seen.Contains(Hash(id));

    private static ulong Hash(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
