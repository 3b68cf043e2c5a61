using System.Collections.Immutable;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Governance;

/// <summary>What a role may see at all; compartments and a lower clearance narrow it for a person.</summary>
/// <param name="Ceiling">The highest clearance that somebody in this role can have.</param>
internal sealed record Role(string Name, ImmutableSortedSet<string> Purposes, Tlp Ceiling, string Description);

/// <summary>The roles of the enforcement side. Those behind the purpose wall are not here, and so are refused as unknown.</summary>
internal static class Roles
{
    public const string Operator = "operator";
    public const string Administrator = "administrator";
    public const string DataProtectionOfficer = "data-protection-officer";

    /// <summary>The roles that manage accounts.</summary>
    public static readonly string[] Managing = [Administrator, Operator];

    /// <summary>The roles that read the audit log.</summary>
    public static readonly string[] Overseeing =
    [
        DataProtectionOfficer,
        Officers.FundamentalRights,
        Administrator,
        Operator,
    ];

    private const string Enforcement = "enforcement";
    private const string Programme = "programme";
    private const string Prevention = "prevention";

    /// <summary>RED is for named recipients, so no role brings it.</summary>
    private const Tlp Highest = Tlp.AmberStrict;

    public static readonly ImmutableArray<Role> All =
    [
        For("analyst", "Finds out who is who and judges records", Highest, Enforcement),
        For("referral-officer", "Refers content to platforms", Highest, Enforcement),
        For("liaison-officer", "Exchanges with partners abroad", Highest, Enforcement),
        For("sanctions-officer", "Prepares listings", Highest, Enforcement),
        For("operations-lead", "Leads operations and what funds them", Highest, Enforcement, Programme),
        For(
            Operator,
            "The command line's own account; also manages accounts",
            Highest,
            Enforcement,
            Programme,
            Prevention
        ),
        For(
            DataProtectionOfficer,
            "Reads the audit log, and records where their subject asks for them",
            Highest,
            Enforcement
        ),
        For(
            Officers.FundamentalRights,
            "Reads what operations and programmes do and the audit log, answers complaints, places holds",
            Tlp.Amber,
            Programme
        ),
        For("programme-manager", "Runs funded programmes", Tlp.Amber, Programme),
        For("editor", "Writes what the public reads", Tlp.Green, Prevention),
        For("partner-country-officer", "Works in a programme from a partner country", Tlp.Green, Programme),
        For("carrier", "Works for a transport company", Tlp.Green, Prevention),
        For("platform", "Works for an online platform", Tlp.Green, Prevention),
        new(Administrator, [], Tlp.Clear, "Manages accounts and sees no records"),
    ];

    public static Role? Find(string name) => All.FirstOrDefault(r => r.Name == name);

    public static Role Need(string name) =>
        Find(name)
        ?? throw new RefusedException(
            Refusal.Unprocessable(
                "unknown-role",
                $"'{name}' is no role",
                $"Roles are {string.Join(", ", All.Select(r => r.Name))}",
                "role"
            )
        );

    /// <summary>What is public is for everyone who sees records at all.</summary>
    private static Role For(string name, string description, Tlp ceiling, params string[] purposes) =>
        new(name, [.. purposes, "public"], ceiling, description);
}
