using System.Text.Json.Serialization;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Governance.BreakGlass;

/// <summary>How a request for wider sight stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GlassState>))]
internal enum GlassState
{
    Waiting,
    Lapsed,
    Refused,
    Granted,
    InUse,
    Ended,
}

/// <summary>A request for wider sight, as the table has it.</summary>
internal sealed record Glass
{
    /// <summary>A working day at most.</summary>
    public const int MaxHours = 8;

    /// <summary>Who is asked later than this was not needed in a hurry.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromHours(24);

    public const string Columns = """
        glass.id as Id, asker.name as Asker, glass.person as Person, glass.role as Role,
        glass.compartment as Compartment, glass.case_name as "Case", glass.reason as Reason, glass.hours as Hours,
        glass.asked_at as AskedAt, decider.name as Decider, glass.decided_at as DecidedAt,
        glass.is_granted as IsGranted, glass.ends_at as EndsAt, glass.begun_at as BegunAt, glass.ended_at as EndedAt
        """;

    public const string From = """
        gov_glass glass join gov_person asker on asker.id = glass.person
        left join gov_person decider on decider.id = glass.decided_by
        """;

    public required string Id { get; init; }
    public required string Asker { get; init; }
    public required string Person { get; init; }
    public string? Role { get; init; }
    public string? Compartment { get; init; }
    public required string Case { get; init; }
    public required string Reason { get; init; }
    public long Hours { get; init; }
    public long AskedAt { get; init; }
    public string? Decider { get; init; }
    public long? DecidedAt { get; init; }
    public bool IsGranted { get; init; }
    public long? EndsAt { get; init; }
    public long? BegunAt { get; init; }
    public long? EndedAt { get; init; }

    public bool IsLive(long now) => IsGranted && EndedAt is null && EndsAt > now;

    public GlassState StateAt(long now) =>
        DecidedAt is null
            ? now - AskedAt < Waits.TotalMilliseconds
                ? GlassState.Waiting
                : GlassState.Lapsed
            : !IsGranted
                ? GlassState.Refused
                : !IsLive(now)
                    ? GlassState.Ended
                    : BegunAt is null
                        ? GlassState.Granted
                        : GlassState.InUse;

    /// <summary>What is asked for, in the words of the log.</summary>
    public string Wider =>
        string.Join(
            " and ",
            new[]
            {
                Role is null ? null : $"role {Role}",
                Compartment is null ? null : $"compartment {Compartment}",
            }.OfType<string>()
        );

    /// <summary>Under this every read stands in the audit log, whatever reason the reader gave besides.</summary>
    public string Justification
    {
        get
        {
            var text = $"{Work.WiderSight} {Id}: {Reason}";
            return text.Length <= Work.MaxJustificationLength ? text : text[..Work.MaxJustificationLength];
        }
    }

    /// <summary>The viewer with what was granted besides; the mark among his roles goes into every entry of the log.</summary>
    public Viewer Widen(Viewer viewer)
    {
        var role = Role is null ? null : Roles.Find(Role);
        return viewer with
        {
            Roles = viewer.Roles.Union(role is null ? [Work.WiderSight] : [Work.WiderSight, role.Name]),
            Purposes = role is null ? viewer.Purposes : viewer.Purposes.Union(role.Purposes),
            Compartments = Compartment is null ? viewer.Compartments : viewer.Compartments.Add(Compartment),
            Clearance = role is not null && role.Ceiling > viewer.Clearance ? role.Ceiling : viewer.Clearance,
        };
    }
}
