using System.Globalization;

namespace Lanthorn.Matching;

/// <summary>Numbers in names, written in digits, words or Roman numerals: Brigade Forty-Four is Brigade 44.</summary>
internal static class Numbers
{
    private const int LargestRoman = 40;

    public static (string Text, int Length) Read(List<Word> words, int i, SubjectKind subject)
    {
        var text = words[i].Text;
        if (char.IsAsciiDigit(text[0]) && IsDigits(text))
            return (text.TrimStart('0') is { Length: > 0 } digits ? digits : "0", 1);
        if (subject == SubjectKind.Person)
            return default;
        if (Lexicon.NumberWords.TryGetValue(text, out var value))
        {
            var hasUnits =
                value is >= 20 and < 100
                && i + 1 < words.Count
                && Lexicon.NumberWords.TryGetValue(words[i + 1].Text, out var units)
                && units is > 0 and < 10;
            if (hasUnits)
                return (Number(value + Lexicon.NumberWords[words[i + 1].Text]), 2);
            return (Number(value), 1);
        }
        // A single letter is a numeral only at the end of something longer: Partners V.
        var roman = Roman(text);
        var isNumeral = roman is > 0 and <= LargestRoman && i > 0 && (text.Length > 1 || i > 1);
        return isNumeral ? (Number(roman), 1) : default;
    }

    private static bool IsDigits(string text)
    {
        foreach (var c in text)
            if (!char.IsAsciiDigit(c))
                return false;
        return true;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Roman(string text)
    {
        var total = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var value = ValueOf(text[i]);
            if (value == 0)
                return 0;
            total += i + 1 < text.Length && ValueOf(text[i + 1]) > value ? -value : value;
        }
        return total;
    }

    private static int ValueOf(char c) =>
        c switch
        {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            _ => 0,
        };
}
