using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Governance;

/// <summary>A person as the table has him, with what is needed to recognise him and to say what he may see.</summary>
internal sealed record PersonRow
{
    /// <summary>Stands among the roles of a service, so that the audit log shows what it is.</summary>
    private const string Service = "service";

    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public required string Organisation { get; init; }
    public required string Role { get; init; }
    public required Tlp Clearance { get; init; }
    public string? PasswordHash { get; init; }
    public required string SecurityStamp { get; init; }
    public long FailedCount { get; init; }
    public long? LockedUntil { get; init; }
    public string? DefaultReason { get; init; }
    public bool IsActive { get; init; }
    public long CreatedAt { get; init; }

    /// <summary>When the account last said that it has seen its notices; null is never.</summary>
    public long? LookedAt { get; init; }

    /// <summary>Where it wants to be told that there are notices; null is nowhere.</summary>
    public string? NoticeAddress { get; init; }

    /// <summary>When the last such message went there.</summary>
    public long? MailedAt { get; init; }

    /// <summary>Whether signing in with the password also takes a code.</summary>
    public bool HasCode { get; init; }

    /// <summary>Whether the role needs that.</summary>
    public bool MustHaveCode { get; init; }

    /// <summary>Name of the person who answers for it, where it is a service; null where it is a person.</summary>
    public string? Owner { get; init; }

    /// <summary>A service rests while its owner is shut out.</summary>
    public bool OwnerIsActive { get; init; } = true;

    /// <summary>Names of compartments, one a line.</summary>
    public string? Compartments { get; init; }

    public const string Columns = """
        person.id as Id, person.name as Name, person.email as Email, organisation.name as Organisation,
        person.role as Role, person.clearance as Clearance, person.password_hash as PasswordHash,
        person.security_stamp as SecurityStamp, person.failed_count as FailedCount,
        person.locked_until as LockedUntil, person.default_reason as DefaultReason,
        person.is_active as IsActive, person.created_at as CreatedAt, person.looked_at as LookedAt,
        person.notice_address as NoticeAddress, person.mailed_at as MailedAt,
        exists (select 1 from gov_totp t where t.person = person.id and t.confirmed_at is not null) as HasCode,
        exists (select 1 from gov_factor_role r where r.role = person.role) as MustHaveCode,
        (select o.name from gov_person o where o.id = person.owner) as Owner,
        coalesce((select o.is_active from gov_person o where o.id = person.owner), 1) as OwnerIsActive,
        (select string_agg(c.name, '
        ') from gov_compartment c where c.person = person.id) as Compartments
        """;

    public const string From =
        "gov_person person join gov_organisation organisation on organisation.id = person.organisation";

    public static Task<PersonRow?> ByNameAsync(
        DbConnection connection,
        string name,
        DbTransaction? transaction = null
    ) =>
        connection.QuerySingleOrDefaultAsync<PersonRow>(
            $"select {Columns} from {From} where person.name = @name",
            new { name },
            transaction
        );

    /// <summary>An account's name holds no @, so a name is never somebody else's address.</summary>
    public static Task<PersonRow?> ByNameOrEmailAsync(DbConnection connection, string text) =>
        connection.QuerySingleOrDefaultAsync<PersonRow>(
            $"select {Columns} from {From} where person.name = @text or person.email = @text",
            new { text }
        );

    public static Task<PersonRow?> ByIdAsync(DbConnection connection, string id, DbTransaction? transaction = null) =>
        connection.QuerySingleOrDefaultAsync<PersonRow>(
            $"select {Columns} from {From} where person.id = @id",
            new { id },
            transaction
        );

    /// <summary>What the person sees: his role's purposes up to his clearance, never above the role's ceiling.</summary>
    public Viewer ToViewer(TokenScope scope)
    {
        var role = Roles.Find(Role);
        var purposes = role?.Purposes ?? [];
        return new()
        {
            Name = Name,
            Organisation = Organisation,
            Roles =
            [
                .. scope.IsAll || !Roles.Managing.Contains(Role) ? [Role] : Array.Empty<string>(),
                .. Owner is null ? Array.Empty<string>() : [Service],
            ],
            Purposes = scope.IsAll ? purposes : purposes.Intersect(scope.Purposes),
            Compartments = (Compartments ?? "")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .ToImmutableSortedSet(StringComparer.Ordinal),
            Clearance = role is null || Clearance < role.Ceiling ? Clearance : role.Ceiling,
        };
    }

    public Work ToWork(string? justification) =>
        new(ToViewer(TokenScope.All), Reasons.First(justification, DefaultReason)) { LookedAt = LastLook };

    /// <summary>What was there before the account is no news to it.</summary>
    public DateTimeOffset LastLook => DateTimeOffset.FromUnixTimeMilliseconds(LookedAt ?? CreatedAt);
}
