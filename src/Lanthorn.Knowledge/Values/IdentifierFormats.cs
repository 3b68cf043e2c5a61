using System.Globalization;
using System.Text;

namespace Lanthorn.Knowledge;

/// <summary>
/// The identifiers that the world writes one way. What has a check digit must pass it; every other number is kept as its
/// source writes it, since registers differ.
/// </summary>
internal static class IdentifierFormats
{
    public static Parsed<string> Clean(Property property, string text)
    {
        var compact = CheckDigits.Compact(text);
        return (property.Format ?? property.Name) switch
        {
            "imo" => ImoNumber.Parse(text) is { IsAccepted: true } imo
                ? Parsed.Accept(imo.Value.Text)
                : Parsed.Refuse(ImoNumber.Parse(text).Reason),
            "mmsi" => Take(compact, Digits(compact, 9), "an MMSI has nine digits (ITU-R M.585)"),
            "lei" => Take(
                compact,
                compact.Length == 20 && CheckDigits.Mod97(compact) == 1,
                "an LEI has 20 characters and right check digits (ISO 17442)"
            ),
            "isin" or "isinCode" => Take(
                compact,
                compact.Length == 12 && compact[..2].All(char.IsAsciiLetter) && CheckDigits.Luhn(compact),
                "an ISIN has 12 characters, begins with a country and has a right check digit (ISO 6166)"
            ),
            "bic" => Take(
                compact,
                IsBic(compact),
                "a BIC has 8 or 11 characters with a country in the middle (ISO 9362)"
            ),
            "inn" => Take(compact, IsInn(compact), "an INN has 10 or 12 digits with right check digits"),
            "ogrn" => Take(compact, IsOgrn(compact), "an OGRN has 13 or 15 digits with a right check digit"),
            "npi" => Take(
                compact,
                Digits(compact, 10) && CheckDigits.Luhn($"80840{compact}"),
                "an NPI has ten digits with a right check digit"
            ),
            "uei" => Take(
                compact,
                compact.Length == 12 && compact[0] != '0' && !compact.AsSpan().ContainsAny('O', 'I'),
                "a UEI has 12 letters and digits, neither O nor I, and no leading zero"
            ),
            "figi" => Take(compact, IsFigi(compact), "a FIGI has 12 characters with a right check digit (ANSI X9.145)"),
            "qid" => Take(
                compact,
                compact is ['Q', >= '1' and <= '9', ..] && compact[1..].All(char.IsAsciiDigit),
                "a Wikidata id is Q and a number"
            ),
            _ => text.EnumerateRunes().Any(Rune.IsLetterOrDigit)
                ? Parsed.Accept(text)
                : Parsed.Refuse("an identifier has at least one letter or digit"),
        };
    }

    private static Parsed<string> Take(string compact, bool isRight, string reason) =>
        isRight ? Parsed.Accept(compact) : Parsed.Refuse(reason);

    private static bool Digits(string text, int count) => text.Length == count && text.All(char.IsAsciiDigit);

    /// <summary>Four characters of the party, two of a country, two of the place and perhaps three of a branch.</summary>
    private static bool IsBic(string text) =>
        text.Length is 8 or 11
        && char.IsAsciiLetter(text[0])
        && Model.Types["country"].Values.ContainsKey(text[4..6].ToLowerInvariant());

    /// <summary>The Russian taxpayer number: ten digits for organisations, twelve for people.</summary>
    private static bool IsInn(string text) =>
        Digits(text, 10)
            ? Check(text, [2, 4, 10, 3, 5, 9, 4, 6, 8])
            : Digits(text, 12)
                && Check(text, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
                && Check(text, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]);

    private static bool Check(string text, int[] weights) =>
        CheckDigits.Weighted(text, weights) % 11 % 10 == text[weights.Length] - '0';

    /// <summary>The Russian registration number: thirteen digits for organisations, fifteen for entrepreneurs.</summary>
    private static bool IsOgrn(string text) =>
        (Digits(text, 13) || Digits(text, 15))
        && text[0] != '0'
        && long.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture) % (text.Length - 2) % 10
            == text[^1] - '0';

    private static bool IsFigi(string text)
    {
        if (text.Length != 12 || text[2] != 'G' || !char.IsAsciiDigit(text[11]) || text.AsSpan().ContainsAny("AEIOU"))
            return false;
        if (!char.IsAsciiLetter(text[0]) || !char.IsAsciiLetter(text[1]))
            return false;
        var sum = 0;
        for (var at = 0; at < 11; at++)
        {
            var value = char.IsAsciiDigit(text[at]) ? text[at] - '0' : text[at] - 'A' + 10;
            value *= at % 2 == 0 ? 1 : 2;
            sum += value / 10 + value % 10;
        }
        return (10 - sum % 10) % 10 == text[11] - '0';
    }
}
