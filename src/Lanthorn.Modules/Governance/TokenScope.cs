using System.Collections.Immutable;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

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

    /// <exception cref="RefusedException">A word is no purpose.</exception>
    public static TokenScope Need(string? text) =>
        Parse(text) is { IsAccepted: true } parsed
            ? parsed.Value
            : throw new RefusedException(Refusal.Unprocessable("token-scope", Parse(text).Reason, field: "scope"));

    public static Parsed<TokenScope> Parse(string? text)
    {
        var purposes = (text ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return purposes.FirstOrDefault(p => !Label.KnownPurposes.Contains(p)) is { } unknown
            ? Parsed.Refuse($"'{unknown}' is no purpose: {string.Join(", ", Label.KnownPurposes)}")
            : Parsed.Accept(new TokenScope([.. purposes]));
    }
}
