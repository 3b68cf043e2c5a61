using System.Text;

namespace Lanthorn.Knowledge;

/// <summary>When two clean values of a property say the same. How alike two names are is Matching's question, not this one.</summary>
public static class ValueComparison
{
    private const int LeastCharacters = 5;

    /// <summary>True when two clean values of one type say the same in different writing.</summary>
    public static bool SaySame(PropertyType type, string a, string b) => Key(type, a) == Key(type, b);

    /// <summary>What is left of a clean value without the accidents of writing: equal for values that say the same.</summary>
    public static string Key(PropertyType type, string value) =>
        type.Name switch
        {
            "identifier" or "phone" or "iban" or "address" => LettersAndDigits(value, type.Name == "address"),
            "name" or "email" => value.ToLowerInvariant(),
            "url" => value[(value.IndexOf("://", StringComparison.Ordinal) + 1)..].TrimEnd('/'),
            _ => value,
        };

    /// <summary>
    /// The key under which equal identifiers meet. Null where the property tells nobody apart, as a programme under which
    /// hundreds are listed, or the value is too short to.
    /// </summary>
    public static string? PivotKey(Property property, string value)
    {
        var type = property.Type;
        if (type.Name is not ("identifier" or "phone" or "email" or "iban") || property.Name == "programId")
            return null;
        var key = Key(type, value);
        return key.Length < LeastCharacters ? null : $"{type.Name}:{key}";
    }

    /// <summary>Capitals and digits of every script, digits as 0 to 9; words apart where an address has them apart.</summary>
    private static string LettersAndDigits(string value, bool keepWords)
    {
        var key = new StringBuilder(value.Length);
        foreach (var rune in DecimalDigits.ToLatin(value).EnumerateRunes())
            if (
                Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune)
                    is System.Globalization.UnicodeCategory.NonSpacingMark
                        or System.Globalization.UnicodeCategory.SpacingCombiningMark
            )
                key.Append(Rune.ToUpperInvariant(rune).ToString());
            else if (keepWords && key.Length > 0 && key[^1] != ' ')
                key.Append(' ');
        return key.ToString().TrimEnd();
    }
}
