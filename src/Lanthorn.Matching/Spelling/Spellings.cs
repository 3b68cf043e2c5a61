using AnyAscii;

namespace Lanthorn.Matching;

/// <summary>Reads a word of any script as sounds.</summary>
internal static class Spellings
{
    /// <summary>Longer words are read up to here; no name part comes near.</summary>
    public const int MaxPhones = 48;

    /// <param name="word">One word, lower case, of one script.</param>
    public static byte[] Read(string word, Script script)
    {
        var phones = new PhoneBuffer(stackalloc byte[MaxPhones]);
        switch (script)
        {
            case Script.Arabic:
                Alphabets.Arabic.Read(word, ref phones);
                break;
            case Script.Hebrew:
                Alphabets.Hebrew.Read(word, ref phones);
                if (phones.Last == Phone.H && phones.Count > 2)
                    phones.Replace(Phone.Alef);
                break;
            case Script.Cyrillic:
                Alphabets.Cyrillic.Read(word, ref phones);
                break;
            case Script.Greek:
                Alphabets.Greek.Read(word, ref phones);
                break;
            case Script.Geez:
                GeezSpelling.Read(word, ref phones);
                break;
            case Script.Indic:
                IndicSpelling.Read(word, ref phones);
                break;
            case Script.Latin:
                LatinSpelling.Read(word, ref phones);
                break;
            case Script.Hangul:
                LatinSpelling.Read(KoreanCustom(ToAscii(word)), ref phones);
                break;
            default:
                LatinSpelling.Read(ToAscii(word), ref phones);
                break;
        }
        return phones.Read.ToArray();
    }

    /// <summary>Koreans write their names otherwise than the rule: Kim Jong-un, not Gim Jeong-eun.</summary>
    private static string KoreanCustom(string ruled)
    {
        var spelt = ruled
            .Replace("eo", "o", StringComparison.Ordinal)
            .Replace("eu", "u", StringComparison.Ordinal)
            .Replace("ae", "e", StringComparison.Ordinal);
        return spelt.StartsWith('g') ? $"k{spelt[1..]}" : spelt;
    }

    /// <summary>Lower-case ASCII for any text; what has no letters becomes empty.</summary>
    public static string ToAscii(string text) => text.Transliterate().ToLowerInvariant();
}
