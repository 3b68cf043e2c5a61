using System.Text.RegularExpressions;

namespace Lanthorn.Formats;

/// <summary>How the official lists write names.</summary>
internal static partial class ListedNames
{
    /// <summary>'LAST, First' as its parts; the first is empty for a name without a comma.</summary>
    public static (string First, string Last) Parts(string listed)
    {
        var comma = listed.IndexOf(',', StringComparison.Ordinal);
        return comma < 0 ? ("", listed.Trim()) : (listed[(comma + 1)..].Trim(), listed[..comma].Trim());
    }

    /// <summary>'LAST, First' in the order in which it is spoken.</summary>
    public static string Spoken(string listed)
    {
        var (first, last) = Parts(listed);
        return first.Length == 0 || last.Length == 0 ? listed.Trim() : $"{first} {last}";
    }

    /// <summary>
    /// The single names in an alias that holds several; none where that is not certain. A semicolon always separates. A
    /// comma mostly stands in 'LAST, First'; it separates names only where a full name in mixed case is followed by one
    /// word, as in 'Ermias Ghermay, Guro'.
    /// </summary>
    public static IEnumerable<string> Several(string alias)
    {
        if (alias.Contains(';', StringComparison.Ordinal))
            return NameBorder().Split(alias).Select(p => p.Trim()).Where(p => p.Length >= MinPartLength);
        return
            alias.Split(',', StringSplitOptions.TrimEntries) is [var name, var other]
            && name.Split(' ') is [{ Length: >= MinPartLength } given, _, ..]
            && !Particle().IsMatch(given)
            && name.Any(char.IsLower)
            && other.Length >= MinPartLength
            && other.All(char.IsLetter)
            && other.Any(char.IsLower)
            ? [name, other]
            : [];
    }

    /// <summary>True where the name ends in a form that only companies have.</summary>
    public static bool IsCompany(string name) => LegalForm().IsMatch(name);

    private const int MinPartLength = 3;

    [GeneratedRegex(@";|[()]|\b[a-z]\)", RegexOptions.CultureInvariant)]
    private static partial Regex NameBorder();

    [GeneratedRegex(
        "^(?:al|el|es|ul|ur|as|ad|bin|ben|ibn|abu|abd|abdul|abdel|van|von|de|da)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Particle();

    [GeneratedRegex(
        """
            (?:^|[\s,(]) (?:
              ltda?|limited|llc|l\.l\.c|llp|inc|incorporated|corp|corporation|company|co|plc|gmbh|ag|pte|pty|fze|fzco|fzc
            | s\.?\s?a|s\.?a\.?s|s\.?\s?a\.? \s de \s c\.?\s?v|s\.? \s de \s r\.?l(?:\.? \s de \s c\.?v)?|s\.?a\.?r\.?l|s\.?r\.?l
            | o?jsc|pjsc|c?jsc|ooo|oao|zao|pao|ao|b\.?v|n\.?v|sdn\.? \s bhd|e?ood|d\.?o\.?o|a\.?s|s\.?p\.?a|kk
            )\.?\)? (?:\s \([^()]*\))? $
            """,
        RegexOptions.IgnoreCase
            | RegexOptions.IgnorePatternWhitespace
            | RegexOptions.ExplicitCapture
            | RegexOptions.CultureInvariant
    )]
    private static partial Regex LegalForm();
}
