using System.Text.Json;
using System.Text.Json.Serialization;
using Lanthorn.Commitments.Contracts;

namespace Lanthorn.Programmes.Contracts;

/// <summary>What somebody does in a project. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(ParticipantRoleWords))]
public enum ParticipantRole
{
    Lead = 1,
    Partner = 2,
    Funder = 3,
}

internal sealed class ParticipantRoleWords()
    : JsonStringEnumConverter<ParticipantRole>(JsonNamingPolicy.SnakeCaseLower);

public sealed record Participant(string Name, ParticipantRole Role);

/// <summary>A funded project.</summary>
public sealed record Project
{
    public required string Reference { get; init; }
    public required string Title { get; init; }
    public required string Description { get; init; }

    /// <summary>Out of which it is paid.</summary>
    public required string Instrument { get; init; }

    /// <summary>Codes of two letters.</summary>
    public required IReadOnlyList<string> Countries { get; init; }
    public required DateOnly? Starts { get; init; }
    public required DateOnly? Ends { get; init; }

    /// <summary>In its currency. Budgets of several currencies are never added.</summary>
    public required decimal? Budget { get; init; }
    public required string Currency { get; init; }
    public required IReadOnlyList<Strand> Strands { get; init; }
    public required IReadOnlyList<string> Aims { get; init; }
    public required IReadOnlyList<Participant> Participants { get; init; }
    public required string Label { get; init; }
    public required string Source { get; init; }
    public required DateOnly AsOf { get; init; }

    /// <summary>It belongs to the demonstration's world: nobody funds it.</summary>
    public required bool IsFictional { get; init; }
}
