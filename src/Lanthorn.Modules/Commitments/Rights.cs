using Lanthorn.Platform;

namespace Lanthorn.Commitments;

/// <summary>
/// What a role does with undertakings; which of them somebody sees is for their labels to say. Administrators manage accounts
/// and see none, the rights officer reads.
/// </summary>
internal static class Rights
{
    /// <summary>Those who keep the register: they enter, change, accept and ask.</summary>
    private static readonly string[] Keepers = ["programme-manager", "operations-lead", "liaison-officer", "operator"];

    private static readonly string[] Offering = [.. Keepers, "partner-country-officer"];

    public static bool MayRead(Work work) => work.HasEnforcementAccess || work.Viewer.Purposes.Contains("programme");

    public static bool MayWrite(Work work) => MayRead(work) && Keepers.Any(work.IsIn);

    public static bool MayOffer(Work work) => MayRead(work) && Offering.Any(work.IsIn);

    /// <exception cref="RefusedException">The role has nothing to do with undertakings: for it there are none.</exception>
    public static void NeedRead(Work work)
    {
        if (!MayRead(work))
            throw new RefusedException(Refusal.NotFound("Not Found"));
    }

    /// <exception cref="RefusedException">The role reads only.</exception>
    public static void NeedWrite(Work work) => Need(work, MayWrite(work), Keepers);

    /// <exception cref="RefusedException">The role does not offer evidence.</exception>
    public static void NeedOffer(Work work) => Need(work, MayOffer(work), Offering);

    private static void Need(Work work, bool may, string[] roles)
    {
        NeedRead(work);
        if (!may)
            throw new RefusedException(
                new(
                    "role-reads-only",
                    403,
                    "Your role reads undertakings and does not do this",
                    $"Ask somebody who is {string.Join(", ", roles)}"
                )
            );
    }
}
