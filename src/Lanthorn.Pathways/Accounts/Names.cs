using System.Text.RegularExpressions;

namespace Lanthorn.Pathways.Accounts;

/// <summary>What accounts, addresses and organisations may be called.</summary>
internal static partial class Names
{
    private const int MaxLength = 64;
    private const int MaxEmailLength = 254;

    public static string Account(string? name) =>
        name?.Trim().ToLowerInvariant() is { } kept && AccountName().IsMatch(kept)
            ? kept
            : throw Refused("account-name", "An account's name is of letters a to z, digits and . _ -", "name");

    public static string? Email(string? email)
    {
        var kept = email?.Trim().ToLowerInvariant() ?? "";
        return kept.Length == 0 ? null
            : kept.Length <= MaxEmailLength && Address().IsMatch(kept) ? kept
            : throw Refused("email", "That is no e-mail address", "email");
    }

    public static string Organisation(string? name) => Short(name, "organisation");

    public static string Token(string? name) => Short(name, "name");

    private static string Short(string? name, string field) =>
        name?.Trim() is { Length: > 0 and <= MaxLength } kept && !kept.Any(char.IsControl)
            ? kept
            : throw Refused("name-length", $"It has 1 to {MaxLength} characters", field);

    private static RefusedException Refused(string code, string message, string field) =>
        new(Refusal.Unprocessable(code, message, field: field));

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}$")]
    private static partial Regex AccountName();

    [GeneratedRegex(@"^[^@\s\p{C}]+@[^@\s\p{C}]+$")]
    private static partial Regex Address();
}
