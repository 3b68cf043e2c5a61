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
        var digits = DecimalDigits.ToLatin(raw.Trim()).Replace('＋', '+');
        if (digits.StartsWith("00", StringComparison.Ordinal))
            digits = $"+{digits[2..]}";
        // Without a plus a number needs a country; ZZ reads those that carry their prefix.
        List<string> from = digits.StartsWith('+') ? ["ZZ"] : [.. countries.Select(Region)];
        // A number that is in use somewhere wins over one that merely has a possible length elsewhere.
        var read = from.Select(c => Read(digits, c, (reader, n) => reader.IsValidNumber(n)))
            .Concat(from.Select(c => Read(digits, c, (reader, n) => reader.IsPossibleNumber(n))));
        if (read.FirstOrDefault(text => text is not null) is { } found)
            return Parsed.Accept(new PhoneNumber(found));
        return Parsed.Refuse("not a telephone number with its country prefix, such as +218910000471");
    }

    public override string ToString() => text ?? "";

    /// <summary>Scotland and Crimea number as the country that their code begins with.</summary>
    private static string Region(string country) =>
        (country.Length > 3 && country[2] == '-' ? country[..2] : country).ToUpperInvariant();

    private static string? Read(
        string digits,
        string country,
        Func<PhoneNumberUtil, PhoneNumbers.PhoneNumber, bool> isAccepted
    )
    {
        var reader = PhoneNumberUtil.GetInstance();
        try
        {
            var number = reader.Parse(digits, country);
            if (!isAccepted(reader, number))
                return null;
            var text = reader.Format(number, PhoneNumberFormat.E164);
            // +49 00198… would be read as +49 0198… the next time: such a number is none.
            return reader.Format(reader.Parse(text, "ZZ"), PhoneNumberFormat.E164) == text ? text : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
