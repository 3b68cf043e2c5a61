using System.Net;
using System.Text;
using System.Text.RegularExpressions;

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
public static partial class PropertyCleaning
{
    public static Parsed<string> Clean(Property property, string raw, CleaningContext context)
    {
        if (property.IsStub)
            return Parsed.Refuse($"{property.Name} is the other end of another property and holds no values");
        var clean = property.Type.Name is "text" or "html" or "json" or "address"
            ? CleanText.Prose(raw)
            : CleanText.Line(raw);
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
            "topic" => property.Type.Values.ContainsKey(text.ToLowerInvariant())
                ? Parsed.Accept(text.ToLowerInvariant())
                : Parsed.Refuse($"'{text}' is no topic of the FollowTheMoney model"),
            "address" => Address(text),
            "identifier" => IdentifierFormats.Clean(property, text),
            "ip" => NetAddress(text),
            "checksum" => text.Length == 40 && text.All(char.IsAsciiHexDigit)
                ? Parsed.Accept(text.ToLowerInvariant())
                : Parsed.Refuse("a checksum is a SHA-1 in 40 hexadecimal digits"),
            "mimetype" => MimeType().Match(text) is { Success: true } type
                ? Parsed.Accept(type.Groups["type"].Value.ToLowerInvariant())
                : Parsed.Refuse("a MIME type is written type/subtype"),
            "entity" => text.Contains(' ', StringComparison.Ordinal)
                ? Parsed.Refuse("the id of an entity has no blanks")
                : Parsed.Accept(text),
            _ => Parsed.Accept(text),
        };

    /// <summary>Quotes around a whole name are dropped; one that belongs to the name, as in 'Abd or Rub', stays. Never the case.</summary>
    private static Parsed<string> Name(string text)
    {
        (char Open, char Close)[] quotes = [('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('«', '»'), ('‘', '’')];
        var bare = text.Trim(NameEnds);
        while (
            bare.Length > 2
            && quotes.Any(q =>
                bare[0] == q.Open
                && bare[^1] == q.Close
                && bare.AsSpan(1, bare.Length - 2).IndexOfAny(q.Open, q.Close) < 0
            )
        )
            bare = bare[1..^1].Trim(NameEnds);
        return HasLetter(bare) ? Parsed.Accept(bare) : Parsed.Refuse("a name has at least one letter");
    }

    /// <summary>The lines of an address become one, in the order in which they stand.</summary>
    private static Parsed<string> Address(string text)
    {
        var line = Separators().Replace(text, ", ").Trim(NameEnds);
        return HasLetter(line) ? Parsed.Accept(line) : Parsed.Refuse("an address has at least one letter or digit");
    }

    private static bool HasLetter(string text) => text.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    private static Parsed<string> Gender(string text) =>
        text.ToLowerInvariant() switch
        {
            "male" or "m" or "man" or "masculin" or "masculino" or "männlich" or "мужской" or "ذكر" => Parsed.Accept(
                "male"
            ),
            "female" or "f" or "woman" or "féminin" or "femenino" or "weiblich" or "женский" or "أنثى" => Parsed.Accept(
                "female"
            ),
            "other" or "o" or "x" or "d" or "divers" or "diverse" => Parsed.Accept("other"),
            _ => Parsed.Refuse("a gender is male, female or other"),
        };

    /// <summary>Four decimal groups or version 6; what some programs read as octal, hexadecimal or a single number is none.</summary>
    private static Parsed<string> NetAddress(string text) =>
        IPAddress.TryParse(text, out var ip)
        && (text.Contains(':', StringComparison.Ordinal) ? !text.AsSpan().ContainsAny("[]%") : ip.ToString() == text)
            ? Parsed.Accept(ip.ToString())
            : Parsed.Refuse("not an IP address such as 192.0.2.1 or 2001:db8::1");

    private static Parsed<string> Text<T>(Parsed<T> parsed, Func<T, string> text) =>
        parsed.IsAccepted ? Parsed.Accept(text(parsed.Value)) : Parsed.Refuse(parsed.Reason);

    private static readonly char[] NameEnds = [.. CleanText.Ends, ',', ';'];

    [GeneratedRegex(@"[ ,;]*[\n;][ ,;\n]*| *,[ ,]*")]
    private static partial Regex Separators();

    [GeneratedRegex(
        "^(?<type>[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126})( *;.*)?$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex MimeType();
}
