using System.Globalization;
using PhoneNumbers;

namespace Lanthorn.Knowledge;

/// <summary>A telephone number in E.164 (ITU-T), such as <c>+218910000471</c>.</summary>
public readonly record struct PhoneNumber
{
    private const int MaxLength = 64;

    private readonly string? text;

    private PhoneNumber(string text) => this.text = text;

    public string Text => text ?? throw new InvalidOperationException("An empty telephone number");

    /// <param name="countries">Where a number without prefix may be from, in the order of preference.</param>
    public static Parsed<PhoneNumber> Parse(string? raw, IEnumerable<string> countries)
    {
        if (string.IsNullOrWhiteSpace(raw) || raw.Length > MaxLength)
            return Parsed.Refuse($"a telephone number has 1 to {MaxLength} characters");
        var digits = WithLatinDigits(raw.Trim());
        if (digits.StartsWith("00", StringComparison.Ordinal))
            digits = $"+{digits[2..]}";
        // Without a plus a number needs a country; ZZ reads those that carry their prefix.
        foreach (var country in digits.StartsWith('+') ? ["ZZ"] : countries.Select(c => c.ToUpperInvariant()))
            if (Read(digits, country) is { } read)
                return Parsed.Accept(new PhoneNumber(read));
        return Parsed.Refuse("not a telephone number with its country prefix, such as +218910000471");
    }

    public override string ToString() => text ?? "";

    private static string? Read(string digits, string country)
    {
        var reader = PhoneNumberUtil.GetInstance();
        try
        {
            var number = reader.Parse(digits, country);
            return reader.IsPossibleNumber(number) ? reader.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>Arabic-Indic, Persian, Bengali and other decimal digits mean the same numbers.</summary>
    private static string WithLatinDigits(string text) =>
        string.Create(
            text.Length,
            text,
            static (span, source) =>
            {
                for (var at = 0; at < source.Length; at++)
                    span[at] = CharUnicodeInfo.GetDecimalDigitValue(source[at]) is >= 0 and var digit
                        ? (char)('0' + digit)
                        : source[at];
            }
        );
}
