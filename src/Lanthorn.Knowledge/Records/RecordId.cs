using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lanthorn.Knowledge;

/// <summary>
/// Identifies what one source says about one thing, over all its versions: 128 bits of HMAC-SHA256 under the key of the
/// installation, over source and external id. Importing again finds the same record; outsiders cannot enumerate ids.
/// It is not the public id (see <see cref="Record.PublicId"/>) and means nothing in another installation.
/// </summary>
public readonly record struct RecordId(UInt128 Value) : IComparable<RecordId>
{
    public static RecordId Of(ReadOnlySpan<byte> installationKey, SourceCode source, string externalId)
    {
        var text = $"{source.Value}\n{externalId}";
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(installationKey, Encoding.UTF8.GetBytes(text), hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    public static bool TryParse(string? text, out RecordId id)
    {
        var ok =
            UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && text!.Length == 32;
        id = ok ? new(value) : default;
        return ok;
    }

    public static RecordId FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public byte[] ToBytes()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }

    public int CompareTo(RecordId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    public static bool operator <(RecordId left, RecordId right) => left.CompareTo(right) < 0;

    public static bool operator >(RecordId left, RecordId right) => left.CompareTo(right) > 0;

    public static bool operator <=(RecordId left, RecordId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RecordId left, RecordId right) => left.CompareTo(right) >= 0;
}
