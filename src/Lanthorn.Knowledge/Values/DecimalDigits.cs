using System.Globalization;
using System.Text;

namespace Lanthorn.Knowledge;

/// <summary>Digits of every script: Arabic-Indic, Persian, Bengali, Adlam and other decimal digits mean the same numbers.</summary>
internal static class DecimalDigits
{
    /// <summary>The text with its decimal digits as 0 to 9; superscripts and circled numbers are no digits.</summary>
    public static string ToLatin(string text)
    {
        if (System.Text.Ascii.IsValid(text))
            return text;
        var latin = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
                latin.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            else
                latin.Append(rune.ToString());
        return latin.ToString();
    }
}
