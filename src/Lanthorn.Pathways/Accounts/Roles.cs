using static Lanthorn.Web.Words;

namespace Lanthorn.Pathways.Accounts;

/// <summary>The roles behind the wall. None of the enforcement side is among them, and none of these is there.</summary>
internal static class Roles
{
    public const string Counsellor = "counsellor";
    public const string TalentCoordinator = "talent-coordinator";
    public const string Employer = "employer";
    public const string Administrator = "pathways-administrator";

    public static readonly IReadOnlyList<(string Name, string Description)> All =
    [
        (Counsellor, Later("Advises applicants, and reads those of the own organisation")),
        (TalentCoordinator, Later("Will bring applicants and employers together")),
        (Employer, Later("Will offer places")),
        (Administrator, Later("Manages accounts, reads the audit log, and reads no applicant")),
    ];

    /// <exception cref="RefusedException">There is no such role behind the wall.</exception>
    public static string Parse(string? name) =>
        All.Any(r => r.Name == name)
            ? name!
            : throw new RefusedException(
                Refusal.Unprocessable(
                    "unknown-role",
                    $"'{name}' is no role behind the wall",
                    $"Roles are {string.Join(", ", All.Select(r => r.Name))}",
                    "role"
                )
            );

    /// <summary>For others there is nothing here.</summary>
    /// <exception cref="RefusedException">The account has another role.</exception>
    public static void Need(Account by, string role)
    {
        if (by.Role != role)
            throw new RefusedException(Refusal.NotFound);
    }
}
