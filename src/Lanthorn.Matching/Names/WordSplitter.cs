using System.Globalization;

namespace Lanthorn.Matching;

/// <summary>Cuts a name into words. Apostrophes and joiners inside a word are passed over: Mus'ab is one word.</summary>
internal static class WordSplitter
{
    /// <summary>Characters of a name that are read; a longer one is cut.</summary>
    public const int MaxLength = 512;

    /// <param name="joinsInitials">Whether A.B.C. is one word (organisations) or three initials (persons).</param>
    public static List<Word> Split(string name, bool joinsInitials)
    {
        var words = new List<Word>();
        Span<char> letters = stackalloc char[MaxLength];
        var (count, start, end) = (0, 0, 0);
        var script = Script.Other;
        var sinceDot = 0;
        var length = Math.Min(name.Length, MaxLength);
        for (var i = 0; i < length; i++)
        {
            var c = name[i];
            if (script == Script.Hebrew && count > 0 && IsGeresh(c) && TakesGeresh(letters[count - 1]))
                (letters[count++], end) = ('\'', i + 1);
            else if (!IsInside(c) && IsWordPart(c) && !IsHalf(name, i, length))
            {
                var own = ScriptOf(c, script);
                if (count > 0 && own != script)
                    Finish(letters);
                if (count == 0)
                    (start, script) = (i, own);
                letters[count++] = c;
                sinceDot++;
                end = i + 1;
            }
            else if (count > 0 && IsInside(c))
                continue;
            else if (c == '.' && count > 0 && joinsInitials && sinceDot == 1)
                sinceDot = 0;
            else
            {
                Finish(letters);
                if (c == '&')
                    words.Add(new("and", "and", Script.Latin, i, 1));
            }
        }
        Finish(letters);
        return words;

        void Finish(ReadOnlySpan<char> read)
        {
            if (count > 0)
            {
                var (text, sound) = Folding.Fold(read[..count], script);
                if (text.Length > 0)
                    words.Add(new(text, sound, script, start, end - start));
            }
            (count, sinceDot, script) = (0, 0, Script.Other);
        }
    }

    /// <summary>Half of a pair that stands for one character; alone it is no text.</summary>
    private static bool IsHalf(string name, int i, int length) =>
        char.IsHighSurrogate(name[i])
            ? i + 1 >= length || !char.IsLowSurrogate(name[i + 1])
            : char.IsLowSurrogate(name[i]) && (i == 0 || !char.IsHighSurrogate(name[i - 1]));

    private static bool IsGeresh(char c) => c is '\'' or '׳' or '’';

    /// <summary>Hebrew letters that the sign turns into another sound: ג׳ is j.</summary>
    private static bool TakesGeresh(char c) => c is 'ג' or 'ז' or 'צ' or 'ץ' or 'ת' or 'ח' or 'ד' or 'ע';

    private static bool IsWordPart(char c) =>
        char.IsLetterOrDigit(c)
        || char.IsSurrogate(c)
        || CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark;

    private static bool IsInside(char c) =>
        c
            is '\''
                or '’'
                or '‘'
                or '`'
                or '´'
                or 'ʼ'
                or 'ʻ'
                or 'ʿ'
                or 'ʾ'
                or '׳'
                or '״'
                or '\u200c'
                or '\u200d'
                or '\u00ad';

    /// <summary>Digits and marks belong to the word they stand in; kana and Han mix within Japanese words.</summary>
    private static Script ScriptOf(char c, Script current)
    {
        if (char.IsDigit(c) || !char.IsLetter(c) && !char.IsSurrogate(c))
            return current == Script.Other ? Scripts.Of(c) : current;
        var own = Scripts.Of(c);
        return current == Script.Han && own == Script.Kana || current == Script.Kana && own == Script.Han
            ? current
            : own;
    }
}
