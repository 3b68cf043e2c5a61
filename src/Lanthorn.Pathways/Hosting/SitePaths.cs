namespace Lanthorn.Pathways.Hosting;

/// <summary>The addresses behind the wall.</summary>
internal static class SitePaths
{
    public const string Home = "/pathways/";
    public const string SignIn = "/pathways/sign-in";
    public const string SignOut = "/pathways/sign-out";
    public const string Account = "/pathways/account";
    public const string Password = "/pathways/account/password";
    public const string Token = "/pathways/account/token";
    public const string Language = "/pathways/language";
    public const string Applicants = "/pathways/applicants";
    public const string Accounts = "/pathways/accounts";
    public const string Audit = "/pathways/audit";
    public const string Api = "/pathways/api/v1";

    public static string SignInTo(string? next) =>
        Answers.LocalPath(next) is var local && local == Home ? SignIn : $"{SignIn}?next={Uri.EscapeDataString(local)}";

    public static string Applicant(string id) => $"{Applicants}/{id}";
}
