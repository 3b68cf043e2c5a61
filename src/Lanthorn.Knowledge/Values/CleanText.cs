using System.Globalization;
using System.Text;

namespace Lanthorn.Knowledge;

/// <summary>
/// Text as it is kept: composed (NFC), blanks collapsed, without control and directional characters. Joiners stay, since
/// Persian and Bengali words need them; every script stays as it is.
/// </summary>
public static class CleanText
{
    /// <summary>Longer input is refused before it is looked at.</summary>
    public const int MaxInputLength = 200_000;

    /// <summary>One line: all blanks and breaks are single blanks.</summary>
    public static Parsed<string> Line(string? raw) => Clean(raw, keepBreaks: false);

    /// <summary>Prose: line breaks stay.</summary>
    public static Parsed<string> Prose(string? raw) => Clean(raw, keepBreaks: true);

    private static Parsed<string> Clean(string? raw, bool keepBreaks)
    {
        if (string.IsNullOrEmpty(raw))
            return Parsed.Refuse("empty");
        if (raw.Length > MaxInputLength)
            return Parsed.Refuse($"longer than {MaxInputLength} characters");
        if (IsPlain(raw))
            return Parsed.Accept(raw);
        if (HasLoneSurrogate(raw))
            return Parsed.Refuse("broken Unicode: half a surrogate pair");
        // Composed last: what is dropped may have stood between a letter and its accent.
        var clean = Collapse(raw, keepBreaks).Normalize(NormalizationForm.FormC).Trim(Ends);
        return clean.Length == 0 ? Parsed.Refuse("empty") : Parsed.Accept(clean);
    }

    /// <summary>What joiners alone remain say nothing.</summary>
    internal static readonly char[] Ends = [' ', '\n', '\u200C', '\u200D'];

    private static string Collapse(string raw, bool keepBreaks)
    {
        var text = new StringBuilder(raw.Length);
        var blank = false;
        foreach (var rune in raw.EnumerateRunes())
        {
            if (keepBreaks && rune.Value == '\n')
            {
                text.Append('\n');
                blank = false;
            }
            else if (Rune.IsWhiteSpace(rune))
                blank = text.Length > 0 && text[^1] != '\n';
            else if (!IsDropped(rune))
            {
                if (blank)
                    text.Append(' ');
                blank = false;
                text.Append(rune.ToString());
            }
        }
        return text.ToString();
    }

    /// <summary>The common case costs nothing: printable ASCII with single inner blanks.</summary>
    private static bool IsPlain(string text)
    {
        if (text[0] == ' ' || text[^1] == ' ')
            return false;
        for (var at = 0; at < text.Length; at++)
            if (text[at] is < ' ' or > '~' || (text[at] == ' ' && text[at + 1] == ' '))
                return false;
        return true;
    }

    /// <summary>Control, directional and tag characters, and the code points that are no characters; never a joiner.</summary>
    private static bool IsDropped(Rune rune) =>
        rune.Value is not ('\u200C' or '\u200D')
        && (
            Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            || (rune.Value & 0xFFFE) == 0xFFFE
            || rune.Value is >= 0xFDD0 and <= 0xFDEF
        );

    private static bool HasLoneSurrogate(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
                return true;
            at++;
        }
        return false;
    }
}
