namespace Lanthorn.Storage;

/// <summary>
/// How search text is cut up. The trigram index finds nothing shorter than three characters, so words of one or two
/// characters and pairs of ideographs have keys of their own.
/// </summary>
internal static class TextKeys
{
    public const int MaxTerms = 12;

    /// <summary>The keys of a text for the short path.</summary>
    public static IEnumerable<string> Short(string text) =>
        Words(text).SelectMany(ShortKeys).Distinct(StringComparer.Ordinal);

    /// <summary>The words of a query: those for the trigram index, and the keys of those that are too short for it.</summary>
    public static (IReadOnlyList<string> Long, IReadOnlyList<string> Short) Query(string query)
    {
        var words = Words(query).Distinct(StringComparer.Ordinal).Take(MaxTerms).ToList();
        return (
            [.. words.Where(w => w.EnumerateRunes().Count() >= 3)],
            [.. words.Where(w => w.EnumerateRunes().Count() < 3).SelectMany(ShortKeys).Distinct(StringComparer.Ordinal)]
        );
    }

    private static IEnumerable<string> Words(string text)
    {
        var folded = text.Normalize().ToLowerInvariant();
        var start = -1;
        for (var at = 0; at <= folded.Length; at++)
        {
            var inside =
                at < folded.Length
                && (char.IsLetterOrDigit(folded[at]) || char.IsSurrogate(folded[at]) || IsMark(folded[at]));
            if (inside && start < 0)
                start = at;
            else if (!inside && start >= 0)
            {
                yield return folded[start..at];
                start = -1;
            }
        }
    }

    private static IEnumerable<string> ShortKeys(string word)
    {
        if (word.Length <= 2)
            yield return word;
        for (var at = 0; at + 1 < word.Length; at++)
            if (IsIdeograph(word[at]) && IsIdeograph(word[at + 1]))
                yield return word.Substring(at, 2);
    }

    private static bool IsIdeograph(char c) => c is >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3';

    private static bool IsMark(char c) =>
        char.GetUnicodeCategory(c)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
