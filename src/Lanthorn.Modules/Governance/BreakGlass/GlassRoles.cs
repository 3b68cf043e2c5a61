namespace Lanthorn.Governance.BreakGlass;

/// <summary>Who grants wider sight, who is told of it, and what can be granted.</summary>
internal static class GlassRoles
{
    public const string FundamentalRightsOfficer = "fundamental-rights-officer";

    /// <summary>One of these, and never the one who asks.</summary>
    public static readonly string[] Deciding = [Roles.Administrator, Roles.DataProtectionOfficer];

    /// <summary>Both learn of asking, granting, first use and end.</summary>
    public static readonly string[] Told = [Roles.DataProtectionOfficer, FundamentalRightsOfficer];

    /// <summary>Sight of records; nobody oversees or manages by breaking glass.</summary>
    public static IEnumerable<string> Grantable =>
        Roles.All.Select(r => r.Name).Except(Roles.Managing).Except(Deciding).Except(Told);
}
