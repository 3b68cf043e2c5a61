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
        var text = new StringBuilder(raw.Length);
        var blank = false;
        foreach (var c in raw.Normalize(NormalizationForm.FormC))
        {
            if (keepBreaks && c == '\n')
            {
                text.Append('\n');
                blank = false;
            }
            else if (char.IsWhiteSpace(c))
                blank = text.Length > 0 && text[^1] != '\n';
            else if (!IsDropped(c))
            {
                if (blank)
                    text.Append(' ');
                blank = false;
                text.Append(c);
            }
        }
        // What joiners alone remain say nothing.
        var clean = text.ToString().Trim(' ', '\n', '\u200C', '\u200D');
        return clean.Length == 0 ? Parsed.Refuse("empty") : Parsed.Accept(clean);
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

    private static bool IsDropped(char c) =>
        c is not ('\u200C' or '\u200D')
        && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;

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
