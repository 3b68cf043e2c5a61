using System.Net;

namespace Lanthorn.Knowledge;

/// <summary>What else is known when a value is cleaned.</summary>
/// <param name="Countries">Codes of countries that the same record names: a telephone number without prefix is read by them.</param>
public readonly record struct CleaningContext(IReadOnlyList<string> Countries)
{
    public static readonly CleaningContext None = new([]);
}

/// <summary>
/// Cleans a raw value as its property's type asks: the canonical text, or the reason why it is refused. Cleaning twice is
/// cleaning once.
/// </summary>
public static class PropertyCleaning
{
    public static Parsed<string> Clean(Property property, string raw, CleaningContext context)
    {
        if (property.IsStub)
            return Parsed.Refuse($"{property.Name} is the other end of another property and holds no values");
        var clean = property.Type.Name is "text" or "html" or "json" ? CleanText.Prose(raw) : CleanText.Line(raw);
        if (!clean.IsAccepted)
            return clean;
        var value = Typed(property, clean.Value, context);
        return value.IsAccepted && value.Value.Length > property.MaxLength
            ? Parsed.Refuse($"longer than {property.MaxLength} characters")
            : value;
    }

    private static Parsed<string> Typed(Property property, string text, CleaningContext context) =>
        property.Type.Name switch
        {
            "name" => Name(text),
            "date" => Text(PartialDate.Parse(text), d => d.Text),
            "country" => Text(CountryCode.Parse(text), c => c.Code),
            "phone" => Text(PhoneNumber.Parse(text, context.Countries ?? []), p => p.Text),
            "email" => Text(EmailAddress.Parse(text), e => e.Text),
            "url" => Text(WebAddress.Parse(text), u => u.Text),
            "iban" => Text(Iban.Parse(text), i => i.Text),
            "language" => Text(LanguageCode.Parse(text), l => l.Code),
            "gender" => Gender(text),
            "topic" => property.Type.Values.ContainsKey(text)
                ? Parsed.Accept(text)
                : Parsed.Refuse($"'{text}' is no topic of the FollowTheMoney model"),
            "identifier" => Identifier(property.Name, text),
            "ip" => IPAddress.TryParse(text, out var ip)
                ? Parsed.Accept(ip.ToString())
                : Parsed.Refuse("not an IP address"),
            "checksum" => text.Length == 40 && text.All(char.IsAsciiHexDigit)
                ? Parsed.Accept(text.ToLowerInvariant())
                : Parsed.Refuse("a checksum is a SHA-1 in 40 hexadecimal digits"),
            "mimetype" => text.Count(c => c == '/') == 1 && !text.Contains(' ', StringComparison.Ordinal)
                ? Parsed.Accept(text.ToLowerInvariant())
                : Parsed.Refuse("a MIME type is written type/subtype"),
            "entity" => text.Contains(' ', StringComparison.Ordinal)
                ? Parsed.Refuse("the id of an entity has no blanks")
                : Parsed.Accept(text),
            _ => Parsed.Accept(text),
        };

    private static Parsed<string> Name(string text)
    {
        var bare = text.Trim('"', '\'', '“', '”', '«', '»', ' ', ',', ';');
        return bare.Any(char.IsLetterOrDigit) ? Parsed.Accept(bare) : Parsed.Refuse("a name has at least one letter");
    }

    private static Parsed<string> Gender(string text) =>
        text.ToLowerInvariant() switch
        {
            "male" or "m" or "man" => Parsed.Accept("male"),
            "female" or "f" or "woman" => Parsed.Accept("female"),
            "other" or "o" or "x" or "divers" => Parsed.Accept("other"),
            _ => Parsed.Refuse("a gender is male, female or other"),
        };

    /// <summary>Identifiers that have check digits must pass them; others are kept as they are written.</summary>
    private static Parsed<string> Identifier(string property, string text) =>
        property switch
        {
            "imoNumber" => Text(ImoNumber.Parse(text), i => i.Text),
            "leiCode" => CheckDigits.Compact(text) is { Length: 20 } lei && CheckDigits.Mod97(lei) == 1
                ? Parsed.Accept(lei)
                : Parsed.Refuse("an LEI has 20 characters and right check digits (ISO 17442)"),
            "isinCode" => CheckDigits.Compact(text) is { Length: 12 } isin && CheckDigits.Luhn(isin)
                ? Parsed.Accept(isin)
                : Parsed.Refuse("an ISIN has 12 characters and a right check digit (ISO 6166)"),
            "swiftBic" => CheckDigits.Compact(text) is { Length: 8 or 11 } bic && bic[..6].All(char.IsAsciiLetter)
                ? Parsed.Accept(bic)
                : Parsed.Refuse("a BIC has 8 or 11 characters (ISO 9362)"),
            _ => text.Any(char.IsLetterOrDigit)
                ? Parsed.Accept(text)
                : Parsed.Refuse("an identifier has at least one letter or digit"),
        };

    private static Parsed<string> Text<T>(Parsed<T> parsed, Func<T, string> text) =>
        parsed.IsAccepted ? Parsed.Accept(text(parsed.Value)) : Parsed.Refuse(parsed.Reason);
}
