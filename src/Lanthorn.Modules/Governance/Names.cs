using Lanthorn.Platform;

namespace Lanthorn.Governance;

/// <summary>What accounts, addresses and organisations may be called.</summary>
internal static class Names
{
    /// <summary>A label names an organisation or a role in so many characters.</summary>
    private const int MaxNameLength = 64;
    private const int MaxEmailLength = 254;

    public static string Account(string name) =>
        name.Trim() is { Length: > 0 and <= MaxNameLength } kept
        && kept.All(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || " ._-".Contains(c, StringComparison.Ordinal))
            ? kept
            : throw Refused(
                "account-name",
                $"An account's name has at most {MaxNameLength} characters: letters, digits, blanks and . _ -",
                "name"
            );

    public static string? Email(string? email) =>
        string.IsNullOrWhiteSpace(email) ? null
        : email.Trim() is { Length: <= MaxEmailLength } kept
        && kept.IndexOf('@', StringComparison.Ordinal) is var at and > 0
        && at == kept.LastIndexOf('@')
        && at < kept.Length - 1
        && !kept.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            ? kept
        : throw Refused("email", $"'{email}' is no e-mail address", "email");

    /// <summary>An organisation's name stands in labels, so it keeps clear of their signs.</summary>
    public static string Organisation(string name) =>
        name.Trim() is { Length: > 0 and <= MaxNameLength } kept
        && !kept.Any(c => char.IsControl(c) || c is ';' or '|' or '=')
            ? kept
            : throw Refused(
                "organisation-name",
                $"An organisation's name has at most {MaxNameLength} characters, none of them ; | =",
                "organisation"
            );

    public static string Token(string name) =>
        name.Trim() is { Length: > 0 and <= MaxNameLength } kept && !kept.Any(char.IsControl)
            ? kept
            : throw Refused("token-name", $"A token's name has at most {MaxNameLength} characters", "name");

    private static RefusedException Refused(string code, string message, string field) =>
        new(Refusal.Unprocessable(code, message, field: field));
}
