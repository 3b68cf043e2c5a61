using System.Collections.Frozen;
using System.Globalization;
using Lanthorn.Knowledge;

namespace Lanthorn.Matching;

/// <summary>Reads what is not a name: dates, countries, identifiers, addresses, gender.</summary>
internal static class PropertyReading
{
    private const int MaxIdentifiers = 100;
    private const int MaxAddressWords = 200;

    private static readonly FrozenSet<string> UniqueIdentifiers = new[]
    {
        "leiCode",
        "imoNumber",
        "isinCode",
        "swiftBic",
        "innCode",
        "ogrnCode",
        "mmsi",
        "wikidataId",
        "uniqueEntityId",
        "npiCode",
        "publicKey",
        "permId",
        "bvdId",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<int> Dates(Properties properties)
    {
        foreach (var name in (string[])["birthDate", "incorporationDate", "buildDate"])
        foreach (var value in properties[name])
            if (Date(value) is > 0 and var date)
                yield return date;
    }

    public static IEnumerable<ushort> Countries(Schema schema, Properties properties)
    {
        foreach (var name in properties.Names)
            if (schema.Find(name) is { Type.Name: "country" })
                foreach (var value in properties[name])
                    if (value is [var a, var b, ..] && char.IsAsciiLetter(a) && char.IsAsciiLetter(b))
                        yield return (ushort)(char.ToLowerInvariant(a) << 8 | char.ToLowerInvariant(b));
    }

    public static IEnumerable<Identifier> Identifiers(Schema schema, Properties properties)
    {
        var count = 0;
        foreach (var name in properties.Names)
        {
            var type = schema.Find(name)?.Type.Name;
            if (type is not ("identifier" or "phone" or "email") || name == "programId")
                continue;
            foreach (var value in properties[name])
                if (Normalise(name, value) is { Length: >= 4 } normal && count++ < MaxIdentifiers)
                    yield return new(normal, name, StrengthOf(name, type));
        }
    }

    public static IEnumerable<uint> AddressWords(Schema schema, Properties properties)
    {
        var count = 0;
        foreach (var name in properties.Names)
            if (schema.Find(name) is { Type.Name: "address" })
                foreach (var value in properties[name])
                foreach (var word in WordSplitter.Split(value, joinsInitials: true))
                    if (word.Text.Length > 1 && !Lexicon.Stops.Contains(word.Text) && count++ < MaxAddressWords)
                        yield return (uint)Hashing.Of(Spellings.Read(word.Sound, word.Script), 5);
    }

    public static char Gender(Properties properties)
    {
        var values = properties["gender"];
        return values.Length == 1
            ? values[0] switch
            {
                "male" => 'm',
                "female" => 'f',
                "other" => 'o',
                _ => '\0',
            }
            : '\0';
    }

    private static IdentifierStrength StrengthOf(string name, string type) =>
        type is "phone" or "email" ? IdentifierStrength.Shared
        : UniqueIdentifiers.Contains(name) ? IdentifierStrength.Unique
        : IdentifierStrength.Issued;

    private static string Normalise(string name, string value)
    {
        var start = name == "imoNumber" && value.StartsWith("IMO", StringComparison.OrdinalIgnoreCase) ? 3 : 0;
        Span<char> normal = stackalloc char[64];
        var count = 0;
        foreach (var c in value.AsSpan(start))
            if (char.IsLetterOrDigit(c) && count < normal.Length)
                normal[count++] = char.ToUpperInvariant(c);
        return new(normal[..count]);
    }

    /// <summary>1980, 1980-05 or 1980-05-07 (a time may follow); 0 for anything else.</summary>
    private static int Date(string value)
    {
        var year = Digits(value, 0, 4);
        if (year is < 1000 or > 3000)
            return 0;
        var month = value.Length >= 7 && value[4] == '-' ? Digits(value, 5, 2) : 0;
        var day = month > 0 && value.Length >= 10 && value[7] == '-' ? Digits(value, 8, 2) : 0;
        return year * 10_000 + Math.Max(0, month) * 100 + Math.Max(0, day);
    }

    private static int Digits(string value, int start, int length) =>
        value.Length >= start + length
        && int.TryParse(value.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : -1;
}
