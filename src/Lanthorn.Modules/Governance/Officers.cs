using System.Security.Cryptography;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Governance;

/// <summary>The two officers who watch over everybody else, and what they alone do. For others there is nothing.</summary>
internal static class Officers
{
    public const string FundamentalRights = "fundamental-rights-officer";

    /// <summary>Both officers.</summary>
    public static readonly string[] Both = [Roles.DataProtectionOfficer, FundamentalRights];

    /// <summary>Without signs that look alike.</summary>
    private const string Signs = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Drawn = 6;

    public static bool IsDataProtection(Work work) => work.IsIn(Roles.DataProtectionOfficer);

    public static bool IsFundamentalRights(Work work) => work.IsIn(FundamentalRights);

    /// <exception cref="RefusedException">The role is another one.</exception>
    public static void NeedDataProtection(Work work) => Need(work, Roles.DataProtectionOfficer);

    /// <exception cref="RefusedException">The role is another one.</exception>
    public static void NeedFundamentalRights(Work work) => Need(work, FundamentalRights);

    /// <exception cref="RefusedException">The role is none of them.</exception>
    public static void Need(Work work, params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
            if (work.IsIn(role))
                return;
        throw new RefusedException(Refusal.NotFound("Not Found"));
    }

    /// <summary>The label of what one officer's desk keeps: the officers of the same organisation see it, nobody else.</summary>
    public static Label DeskOf(Viewer viewer, string role) =>
        Label.Parse($"org={viewer.Organisation};role={role}").Value;

    /// <summary>A new reference by chance, such as R-7K3QXM: numbers in a row would tell how many there are.</summary>
    public static string Draw(char kind) => $"{kind}-{RandomNumberGenerator.GetString(Signs, Drawn)}";
}
