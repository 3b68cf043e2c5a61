using Lanthorn.Pathways.Accounts;
using Lanthorn.Pathways.Applicants;
using Lanthorn.Pathways.Audit;

namespace Lanthorn.Pathways.Pages;

/// <summary>Who reads a page.</summary>
public sealed record PageAccount(string Name, string Role, string Organisation, bool MustChange)
{
    internal static PageAccount Of(Account account) =>
        new(account.Name, account.Role, account.Organisation, account.MustChange);
}

/// <summary>An account in the administrator's list.</summary>
public sealed record ListedAccount(
    string Name,
    string? Email,
    string Role,
    string Organisation,
    bool IsActive,
    bool MustChange,
    DateTimeOffset? LockedUntil
)
{
    internal static ListedAccount Of(AccountView account) =>
        new(
            account.Name,
            account.Email,
            account.Role,
            account.Organisation,
            account.IsActive,
            account.MustChange,
            account.LockedUntil
        );
}

/// <summary>An applicant in the counsellor's list.</summary>
public sealed record ListedApplicant(string Id, string Name, string State, DateTimeOffset AddedAt)
{
    internal static ListedApplicant Of(ApplicantLine applicant) =>
        new(applicant.Id, applicant.Name, applicant.State, applicant.AddedAt);
}

/// <summary>An applicant on a page of his own.</summary>
public sealed record ShownApplicant(string Id, string Name, string Note, string State, DateTimeOffset AddedAt)
{
    internal static ShownApplicant Of(Applicant applicant) =>
        new(applicant.Id, applicant.Name, applicant.Note, applicant.State, applicant.AddedAt);
}

/// <summary>An entry of the log behind the wall.</summary>
public sealed record ListedEntry(
    long Sequence,
    DateTimeOffset At,
    string Account,
    string Role,
    string What,
    string? Applicant
)
{
    internal static ListedEntry Of(AuditEntry entry) =>
        new(entry.Sequence, entry.At, entry.Account, entry.Role, entry.What, entry.Applicant);
}
