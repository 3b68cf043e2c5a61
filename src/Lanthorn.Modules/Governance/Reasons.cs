using Lanthorn.Platform;

namespace Lanthorn.Governance;

/// <summary>Why personal data is read: the first reason that was given, from the nearest to the most general.</summary>
internal static class Reasons
{
    public static string First(params ReadOnlySpan<string?> given)
    {
        foreach (var reason in given)
            if (!string.IsNullOrWhiteSpace(reason))
                return Need(reason);
        return "";
    }

    public static string Need(string reason) =>
        reason.Trim() is { Length: <= Work.MaxJustificationLength } kept ? kept : throw new RefusedException(TooLong);

    public static readonly Refusal TooLong = Refusal.BadRequest(
        "justification-too-long",
        $"A justification has at most {Work.MaxJustificationLength} characters",
        "Name the case or the purpose in a sentence",
        Access.JustificationHeader
    );
}
