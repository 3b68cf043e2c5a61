namespace Lanthorn.Matching;

/// <summary>The scripts that are told apart; every other script is read through AnyAscii.</summary>
internal enum Script : byte
{
    Latin,
    Arabic,
    Hebrew,
    Geez,
    Cyrillic,
    Greek,
    Indic,
    Han,
    Hangul,
    Kana,
    Other,
}

internal static class Scripts
{
    /// <summary>Writes consonants and long vowels only.</summary>
    public static bool IsAbjad(this Script script) => script is Script.Arabic or Script.Hebrew;

    /// <summary>One character is a syllable or a word, so that one wrong character is a different name.</summary>
    public static bool IsSyllabic(this Script script) => script is Script.Han or Script.Hangul or Script.Kana;

    public static Script Of(char c) =>
        c switch
        {
            < '\u0370' => Script.Latin,
            < '\u0400' => Script.Greek,
            < '\u0530' => Script.Cyrillic,
            < '\u0590' => Script.Other,
            < '\u0600' => Script.Hebrew,
            < '\u0780' => Script.Arabic,
            < '\u0900' => Script.Other,
            < '\u0D80' => Script.Indic,
            < '\u1100' => Script.Other,
            < '\u1200' => Script.Hangul,
            < '\u13A0' => Script.Geez,
            < '\u1E00' => Script.Other,
            < '\u1F00' => Script.Latin,
            < '\u2000' => Script.Greek,
            >= '\u2D80' and < '\u2DE0' => Script.Geez,
            >= '\u2DE0' and < '\u2E00' => Script.Cyrillic,
            >= '\u3040' and < '\u3100' => Script.Kana,
            >= '\u3400' and < '\uA000' => Script.Han,
            >= '\uA640' and < '\uA6A0' => Script.Cyrillic,
            >= '\uAB00' and < '\uAB30' => Script.Geez,
            >= '\uAC00' and < '\uD7B0' => Script.Hangul,
            >= '\uD800' and < '\uE000' => Script.Han,
            >= '\uF900' and < '\uFB00' => Script.Han,
            >= '\uFB1D' and < '\uFB50' => Script.Hebrew,
            >= '\uFB50' and < '\uFE00' => Script.Arabic,
            >= '\uFE70' and < '\uFF00' => Script.Arabic,
            _ => Script.Other,
        };
}
