using System.Buffers.Binary;

namespace Lanthorn.Matching;

/// <summary>
/// What is known of well-known parts of names: how little sharing one says, and how it is written in Arabic and Russian.
/// A frozen table of hashes, made by the benchmark program (<c>train-names</c>) from published spelling pairs; it holds no name.
/// </summary>
internal static class NameParts
{
    /// <summary>Grows when the layout or the content of the table changes.</summary>
    public const int Version = 1;

    /// <summary>Weights are kept in parts of so many.</summary>
    public const float WeightUnit = 200;

    private const int EntrySize = sizeof(uint) + sizeof(byte) + sizeof(ulong);

    private static readonly (uint[] Keys, float[] Weights, ulong[] Natives) Table = Load();

    /// <summary>How much a part weighs and its forms in other scripts, four hashes of 16 bits; 1 and none for the unknown.</summary>
    public static (float Weight, ulong NativeForms) Find(string text)
    {
        var at = Array.BinarySearch(Table.Keys, KeyOf(text));
        return at < 0 ? (1, 0) : (Table.Weights[at], Table.Natives[at]);
    }

    public static uint KeyOf(ReadOnlySpan<char> text) => (uint)Hashing.Of(text, 21);

    /// <summary>Never 0, which stands for no form.</summary>
    public static ushort FormOf(ReadOnlySpan<char> native) => (ushort)(Hashing.Of(native, 22) % ushort.MaxValue + 1);

    /// <summary>Two well-known names that no script writes alike: each other's spelling they are not.</summary>
    public static bool AreDifferent(ulong a, ulong b)
    {
        if (a == 0 || b == 0)
            return false;
        for (var i = 0; i < 64; i += 16)
        for (var j = 0; j < 64; j += 16)
            if ((ushort)(a >> i) is > 0 and var form && form == (ushort)(b >> j))
                return false;
        return true;
    }

    private static (uint[], float[], ulong[]) Load()
    {
        using var stream = typeof(NameParts).Assembly.GetManifestResourceStream("name-parts.bin")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        if (bytes.Length == 0 || bytes[0] != Version)
            return ([], [], []);
        var count = (bytes.Length - 1) / EntrySize;
        var (keys, weights, natives) = (new uint[count], new float[count], new ulong[count]);
        for (var i = 0; i < count; i++)
        {
            var entry = bytes.AsSpan(1 + i * EntrySize, EntrySize);
            keys[i] = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            weights[i] = entry[4] / WeightUnit;
            natives[i] = BinaryPrimitives.ReadUInt64LittleEndian(entry[5..]);
        }
        return (keys, weights, natives);
    }
}
