using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.Identity;

/// <summary>With what a session was begun. Stored: the words stay.</summary>
internal static class Methods
{
    public const string Password = "password";
    public const string Code = "password and code";
    public const string Passkey = "passkey";
    public const string SingleSignOn = "single sign-on";

    /// <summary>Whether it is more than a password: what somebody has besides what he knows.</summary>
    public static bool IsStrong(string method) => method is Code or Passkey or SingleSignOn;

    public static string InWords(string method) =>
        method switch
        {
            Code => Later("with password and code"),
            Passkey => Later("with a passkey"),
            SingleSignOn => Later("through your organisation"),
            _ => Later("with a password"),
        };
}
