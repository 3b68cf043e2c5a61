using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Lanthorn.Matching;

/// <summary>
/// A prepared subject as bytes, its words by their numbers in a vocabulary. Dates and countries come first and unpacked,
/// because the search looks at them for every row it ranks.
/// </summary>
internal static class SubjectCoding
{
    private const int HeadLength = 4;

    public static void Write(
        PreparedSubject subject,
        Func<Token, int> numberOf,
        Func<string, int> propertyOf,
        ArrayBufferWriter<byte> into
    )
    {
        var (dates, countries) = (subject.Dates, subject.Countries);
        Span<byte> head = stackalloc byte[HeadLength];
        BinaryPrimitives.WriteUInt16LittleEndian(head, checked((ushort)dates.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], checked((ushort)countries.Length));
        into.Write(head);
        into.Write(MemoryMarshal.AsBytes<int>(dates));
        into.Write(MemoryMarshal.AsBytes<ushort>(countries));
        into.Write([(byte)subject.Kind, (byte)subject.Gender]);
        WriteNumber(subject.Identifiers.Length, into);
        foreach (var identifier in subject.Identifiers)
        {
            WriteNumber(propertyOf(identifier.Property), into);
            into.Write([(byte)identifier.Strength]);
            WriteText(identifier.Value, into);
        }
        WriteNumber(subject.AddressWords.Length, into);
        into.Write(MemoryMarshal.AsBytes<uint>(subject.AddressWords));
        WriteNumber(subject.PreparedNames.Length, into);
        foreach (var name in subject.PreparedNames)
        {
            into.Write([(byte)name.Kind]);
            WriteText(name.Written, into);
            WriteNumber(name.Tokens.Length, into);
            foreach (var token in name.Tokens)
                WriteNumber(numberOf(token), into);
        }
    }

    public static void ReadSupport(
        ReadOnlySpan<byte> bytes,
        out ReadOnlySpan<int> dates,
        out ReadOnlySpan<ushort> countries
    )
    {
        var dateBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes) * sizeof(int);
        var countryBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]) * sizeof(ushort);
        dates = MemoryMarshal.Cast<byte, int>(bytes.Slice(HeadLength, dateBytes));
        countries = MemoryMarshal.Cast<byte, ushort>(bytes.Slice(HeadLength + dateBytes, countryBytes));
    }

    public static PreparedSubject Read(ReadOnlySpan<byte> bytes, Vocabulary words, string[] properties)
    {
        ReadSupport(bytes, out var dates, out var countries);
        var rest = bytes[(HeadLength + dates.Length * sizeof(int) + countries.Length * sizeof(ushort))..];
        var (kind, gender) = ((SubjectKind)rest[0], (char)rest[1]);
        rest = rest[2..];
        var identifiers = new Identifier[ReadNumber(ref rest)];
        for (var at = 0; at < identifiers.Length; at++)
        {
            var property = properties[ReadNumber(ref rest)];
            var strength = (IdentifierStrength)rest[0];
            rest = rest[1..];
            identifiers[at] = new(ReadText(ref rest), property, strength);
        }
        var addressBytes = ReadNumber(ref rest) * sizeof(uint);
        var address = MemoryMarshal.Cast<byte, uint>(rest[..addressBytes]).ToArray();
        rest = rest[addressBytes..];
        var names = new PreparedName[ReadNumber(ref rest)];
        for (var at = 0; at < names.Length; at++)
        {
            var nameKind = (NameKind)rest[0];
            rest = rest[1..];
            var written = ReadText(ref rest);
            var tokens = new Token[ReadNumber(ref rest)];
            for (var token = 0; token < tokens.Length; token++)
                tokens[token] = words[ReadNumber(ref rest)];
            names[at] = new(written, nameKind, tokens);
        }
        return PreparedSubject.Restore(kind, names, dates.ToArray(), countries.ToArray(), identifiers, address, gender);
    }

    private static void WriteText(string text, ArrayBufferWriter<byte> into)
    {
        WriteNumber(Encoding.UTF8.GetByteCount(text), into);
        Encoding.UTF8.GetBytes(text, into);
    }

    private static string ReadText(ref ReadOnlySpan<byte> rest)
    {
        var length = ReadNumber(ref rest);
        var text = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return text;
    }

    /// <summary>Seven bits a byte, lowest first.</summary>
    private static void WriteNumber(int number, ArrayBufferWriter<byte> into)
    {
        var left = (uint)number;
        for (; left >= 0x80; left >>= 7)
            into.Write([(byte)(left | 0x80)]);
        into.Write([(byte)left]);
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> rest)
    {
        var (number, shift, at) = (0u, 0, 0);
        for (; rest[at] >= 0x80; at++, shift += 7)
            number |= (uint)(rest[at] & 0x7F) << shift;
        number |= (uint)rest[at] << shift;
        rest = rest[(at + 1)..];
        return (int)number;
    }
}
