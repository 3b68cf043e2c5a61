namespace Lanthorn.Governance;

/// <summary>Where signing in happens, and where it may lead afterwards.</summary>
internal static class SignInPaths
{
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string Account = "/account";
    public const string Reason = "/account/reason";

    private const int MaxNextLength = 2_000;

    /// <summary>
    /// The path where somebody wanted to go, or the start page: only a path of this server, so that no link can send whoever
    /// signs in to another one. Browsers read a backslash as a slash and drop control characters; what
    /// is not ASCII stands escaped in an address.
    /// </summary>
    public static string Local(string? next) =>
        next is { Length: > 0 and <= MaxNextLength }
        && next[0] == '/'
        && (next.Length == 1 || next[1] is not ('/' or '\\'))
        && next.All(c => c is > ' ' and <= '~')
            ? next
            : "/";

    public static string SignInTo(string next) =>
        Local(next) is var local && local == "/" ? SignIn : $"{SignIn}?next={Uri.EscapeDataString(local)}";
}
