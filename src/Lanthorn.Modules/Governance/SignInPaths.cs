using Lanthorn.Platform;

namespace Lanthorn.Governance;

/// <summary>Where signing in happens, and where it may lead afterwards.</summary>
internal static class SignInPaths
{
    public const string SignIn = "/sign-in";
    public const string Code = "/sign-in/code";
    public const string SignOut = "/sign-out";
    public const string Account = "/account";
    public const string SecondFactor = "/account/second-factor";
    public const string Reason = "/account/reason";

    public static string SignInTo(string next) =>
        LocalPath.Of(next) is var local && local == "/" ? SignIn : $"{SignIn}?next={Uri.EscapeDataString(local)}";
}
