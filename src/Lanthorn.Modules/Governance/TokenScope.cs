using System.Collections.Immutable;
using Lanthorn.Knowledge;

namespace Lanthorn.Governance;

/// <summary>
/// For which purposes a token may be used: all that its person has, or some of them. A token with a scope never manages
/// accounts. Written as purposes with blanks between them; empty is all.
/// </summary>
internal sealed record TokenScope(ImmutableSortedSet<string> Purposes)
{
    public static readonly TokenScope All = new([]);

    public bool IsAll => Purposes.IsEmpty;

    public string Text => string.Join(' ', Purposes);

    public static Parsed<TokenScope> Parse(string? text)
    {
        var purposes = (text ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return purposes.FirstOrDefault(p => !Label.KnownPurposes.Contains(p)) is { } unknown
            ? Parsed.Refuse($"'{unknown}' is no purpose: {string.Join(", ", Label.KnownPurposes)}")
            : Parsed.Accept(new TokenScope([.. purposes]));
    }
}
