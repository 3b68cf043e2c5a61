using Lanthorn.Knowledge;

namespace Lanthorn.Governance.Contracts;

/// <summary>A person to be added. Without a password he works by token alone.</summary>
/// <param name="Name">The account's name, as it stands in the audit log: letters, digits, blanks and <c>. _ -</c>.</param>
/// <param name="Organisation">Name of an organisation that exists.</param>
/// <param name="DefaultReason">Why this account reads personal data where nothing nearer is said.</param>
/// <param name="Clearance">Null is the highest that the role can have; more than that becomes that.</param>
public sealed record NewPerson(
    string Name,
    string? Email,
    string Role,
    string Organisation,
    string? Password = null,
    string? DefaultReason = null,
    Tlp? Clearance = null
)
{
    /// <summary>Name of the person who answers for it, where it is a service and no person; such an account never signs in.</summary>
    public string? Owner { get; init; }
}

/// <summary>An account as those see it who manage accounts.</summary>
/// <param name="LockedUntil">When sign-in works again after too many wrong passwords; null when it works.</param>
public sealed record Person(
    string Name,
    string? Email,
    string Role,
    string Organisation,
    bool IsActive,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LockedUntil
)
{
    /// <summary>Name of the person who answers for it; null where it is a person.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether signing in with the password also takes a code.</summary>
    public bool HasSecondFactor { get; init; }
}

/// <summary>A token as its owner sees it; the token itself is shown once, when it is made.</summary>
/// <param name="Scope">The purposes it is for, with blanks between them; empty is all that the person may.</param>
public sealed record Token(
    string Id,
    string Name,
    string Scope,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt
)
{
    private const int UnusedDays = 30;

    /// <summary>Whether it could be used and was not for thirty days: perhaps nobody needs it any more.</summary>
    public bool IsUnused(DateTimeOffset now) =>
        RevokedAt is null && ExpiresAt > now && now - (LastUsedAt ?? CreatedAt) > TimeSpan.FromDays(UnusedDays);
}
