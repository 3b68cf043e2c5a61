namespace Lanthorn.Platform;

/// <summary>Where a form may lead its sender afterwards.</summary>
public static class LocalPath
{
    private const int MaxLength = 2_000;

    /// <summary>
    /// The path where somebody wanted to go, or the start page: only a path of this server, so that no link can send whoever
    /// follows it to another one. Browsers read a backslash as a slash and drop control characters; what
    /// is not ASCII stands escaped in an address.
    /// </summary>
    public static string Of(string? next) =>
        next is { Length: > 0 and <= MaxLength }
        && next[0] == '/'
        && (next.Length == 1 || next[1] is not ('/' or '\\'))
        && next.All(c => c is > ' ' and <= '~')
            ? next
            : "/";
}
