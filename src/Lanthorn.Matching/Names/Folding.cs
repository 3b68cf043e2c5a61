using System.Globalization;
using System.Text;

namespace Lanthorn.Matching;

/// <summary>Makes the ways of writing one letter the same, each script by its own rules.</summary>
internal static class Folding
{
    /// <summary>Letters that decompose to nothing useful, and what they are written as without them.</summary>
    private static readonly Dictionary<char, string> PlainLatin = new()
    {
        ['ß'] = "ss",
        ['ø'] = "o",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ł'] = "l",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ı'] = "i",
        ['ə'] = "a",
        ['ħ'] = "h",
        ['ŋ'] = "ng",
        ['ŧ'] = "t",
    };

    /// <summary>Letters whose mark changes the consonant.</summary>
    private static readonly Dictionary<char, string> SoundingLatin = new()
    {
        ['š'] = "sh",
        ['ş'] = "sh",
        ['ș'] = "sh",
        ['ś'] = "sh",
        ['ž'] = "zh",
        ['ż'] = "zh",
        ['ź'] = "zh",
        ['č'] = "ch",
        ['ć'] = "ch",
        ['ç'] = "s",
        ['ţ'] = "ts",
        ['ț'] = "ts",
        ['ğ'] = "gh",
        ['đ'] = "dj",
        ['ð'] = "dh",
        ['ł'] = "l",
        ['ḏ'] = "dh",
        ['ṯ'] = "th",
        ['ẖ'] = "kh",
        ['ḫ'] = "kh",
        ['ġ'] = "gh",
    };

    private static readonly Dictionary<char, char> ArabicVariants = Variants(
        "اآأإٱى",
        "كک",
        "يیئې",
        "هہةۀ",
        "وؤ",
        "گګ"
    );

    public static (string Text, string Sound) Fold(ReadOnlySpan<char> raw, Script script)
    {
        var lower = raw.ToString().ToLowerInvariant();
        return script switch
        {
            Script.Latin => Latin(lower),
            Script.Arabic => Same(Arabic(lower)),
            Script.Hebrew => Same(WithoutMarks(lower)),
            Script.Greek or Script.Cyrillic => (WithoutMarks(lower, script), KeepLetters(lower, script)),
            Script.Indic => Same(lower.Normalize(NormalizationForm.FormC)),
            _ => Same(lower.Normalize(NormalizationForm.FormKC)),
        };
    }

    private static (string, string) Same(string text) => (text, text);

    private static (string, string) Latin(string lower)
    {
        var isPlain = true;
        foreach (var c in lower)
            isPlain &= char.IsAscii(c);
        if (isPlain)
            return (lower, lower);
        lower = lower.Normalize(NormalizationForm.FormKC);
        var text = new StringBuilder();
        var sound = new StringBuilder();
        foreach (var c in lower)
        {
            var plain = PlainLatin.GetValueOrDefault(c) ?? BaseLetters(c);
            text.Append(plain);
            sound.Append(SoundingLatin.GetValueOrDefault(c) ?? plain);
        }
        return (text.ToString(), sound.ToString());
    }

    private static string BaseLetters(char c)
    {
        if (char.IsAscii(c))
            return c.ToString();
        var plain = new StringBuilder();
        foreach (var part in c.ToString().Normalize(NormalizationForm.FormKD))
            if (char.IsAsciiLetterOrDigit(part))
                plain.Append(part);
        return plain.ToString();
    }

    private static string Arabic(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            // Short vowels, doubling signs and the lengthening stroke are written or not at will.
            if (c is (>= '\u064B' and <= '\u065F') or '\u0670' or '\u0640')
                continue;
            folded.Append(
                c is (>= '\u0660' and <= '\u0669') ? (char)(c - '\u0660' + '0')
                : c is (>= '\u06F0' and <= '\u06F9') ? (char)(c - '\u06F0' + '0')
                : ArabicVariants.GetValueOrDefault(c, c)
            );
        }
        return folded.ToString();
    }

    /// <summary>й and ї keep their marks in what is sounded; in what is compared letter by letter all marks go.</summary>
    private static string KeepLetters(string text, Script script) =>
        script == Script.Cyrillic ? text.Normalize(NormalizationForm.FormC) : WithoutMarks(text);

    private static string WithoutMarks(string text, Script script = Script.Other)
    {
        var plain = new StringBuilder(text.Length);
        foreach (
            var c in text.Normalize(script == Script.Cyrillic ? NormalizationForm.FormC : NormalizationForm.FormKD)
        )
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                plain.Append(c == 'ё' ? 'е' : c);
        return plain.ToString();
    }

    private static Dictionary<char, char> Variants(params string[] groups)
    {
        var variants = new Dictionary<char, char>();
        foreach (var group in groups)
        foreach (var letter in group)
            variants[letter] = group[0];
        return variants;
    }
}
