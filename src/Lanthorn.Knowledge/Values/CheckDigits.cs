namespace Lanthorn.Knowledge;

/// <summary>The arithmetic of check digits.</summary>
internal static class CheckDigits
{
    private const int MaxLength = 64;

    /// <summary>Capitals and digits without separators; empty for what is too long or holds anything else.</summary>
    public static string Compact(string? raw)
    {
        if (raw is null || raw.Length > MaxLength)
            return "";
        var latin = DecimalDigits.ToLatin(raw);
        var compact = string.Concat(latin.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return latin.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '.' or '/' or ':' or '–')
            ? compact
            : "";
    }

    /// <summary>ISO 7064 modulo 97, letters as 10 to 35; -1 for other characters.</summary>
    public static int Mod97(ReadOnlySpan<char> text)
    {
        var rest = 0;
        foreach (var c in text)
            if (char.IsAsciiDigit(c))
                rest = (rest * 10 + (c - '0')) % 97;
            else if (char.IsAsciiLetterUpper(c))
                rest = (rest * 100 + (c - 'A' + 10)) % 97;
            else
                return -1;
        return rest;
    }

    /// <summary>Luhn over the digits, letters as 10 to 35 (ISO 6166 for securities).</summary>
    public static bool Luhn(ReadOnlySpan<char> text)
    {
        var digits = new List<int>();
        foreach (var c in text)
            if (char.IsAsciiDigit(c))
                digits.Add(c - '0');
            else
                digits.AddRange([(c - 'A' + 10) / 10, (c - 'A' + 10) % 10]);
        var sum = 0;
        for (var at = 0; at < digits.Count; at++)
        {
            var digit = digits[^(at + 1)] * (at % 2 == 0 ? 1 : 2);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }

    /// <summary>The sum of the leading digits times their weights.</summary>
    public static int Weighted(ReadOnlySpan<char> digits, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var at = 0; at < weights.Length; at++)
            sum += weights[at] * (digits[at] - '0');
        return sum;
    }
}
