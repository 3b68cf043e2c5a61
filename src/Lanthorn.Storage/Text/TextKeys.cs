using System.Globalization;
using System.Text;

namespace Lanthorn.Storage;

/// <summary>
/// How text is folded and cut up, the same for records and for queries. The trigram index finds nothing shorter than three
/// characters, so words of one or two characters and pairs of ideographs have keys of their own.
/// </summary>
internal static class TextKeys
{
    public const int MaxWords = 12;
    private const int LeastForTrigrams = 3;

    /// <summary>A word of a query, folded; a long one is found by the trigram index, a short one by its key.</summary>
    public readonly record struct Word(string Text, bool IsLong);

    /// <summary>
    /// Lower case without marks: an accent, a vowel sign of Arabic or Hebrew, a full-width form make no difference. Halves of
    /// surrogate pairs, which are no text, become the replacement character.
    /// </summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        if (text.Any(char.IsSurrogate))
            text = string.Concat(text.EnumerateRunes());
        // The one code point that is no text in the middle of well-formed text: nothing composes it.
        text = text.Replace('\uFFFE', '\uFFFD');
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                folded.Append(c);
        return folded.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();
    }

    /// <summary>The keys of a record for the short path: short words of its names, pairs of ideographs of all its texts.</summary>
    public static IEnumerable<string> ShortKeys(string foldedNames, string foldedOthers) =>
        Words(foldedNames)
            .SelectMany(w => IsLong(w) ? Pairs(w) : Pairs(w).Append(w))
            .Concat(Words(foldedOthers).SelectMany(Pairs))
            .Concat(foldedNames.Where(IsIdeograph).Select(c => c.ToString()))
            .Distinct(StringComparer.Ordinal);

    /// <summary>The words of a query, each once, the first <see cref="MaxWords"/>.</summary>
    public static IReadOnlyList<Word> Query(string query) =>
        [.. Words(Fold(query)).Distinct(StringComparer.Ordinal).Take(MaxWords).Select(w => new Word(w, IsLong(w)))];

    private static bool IsLong(string word) => word.EnumerateRunes().Take(LeastForTrigrams).Count() == LeastForTrigrams;

    private static IEnumerable<string> Words(string folded)
    {
        var start = -1;
        for (var at = 0; at <= folded.Length; at++)
        {
            var inside = at < folded.Length && IsInWord(folded[at]);
            if (inside && start < 0)
                start = at;
            else if (!inside && start >= 0)
            {
                yield return folded[start..at];
                start = -1;
            }
        }
    }

    private static bool IsInWord(char c) =>
        char.IsLetterOrDigit(c)
        || char.IsSurrogate(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.SpacingCombiningMark;

    private static IEnumerable<string> Pairs(string word)
    {
        for (var at = 0; at + 1 < word.Length; at++)
            if (IsIdeograph(word[at]) && IsIdeograph(word[at + 1]))
                yield return word.Substring(at, 2);
    }

    /// <summary>Chinese characters, kana and Hangul: scripts in which two characters are a name.</summary>
    private static bool IsIdeograph(char c) =>
        c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3';
}
