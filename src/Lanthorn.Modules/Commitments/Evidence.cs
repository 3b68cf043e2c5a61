using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lanthorn.Commitments;

/// <summary>What is offered to show that something was delivered. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(EvidenceKindWords))]
internal enum EvidenceKind
{
    Document = 1,
    Record = 2,
    Count = 3,
}

internal sealed class EvidenceKindWords() : JsonStringEnumConverter<EvidenceKind>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>What a second person said of it. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(EvidenceStateWords))]
internal enum EvidenceState
{
    Waits = 1,
    Accepted = 2,
    Refused = 3,
}

internal sealed class EvidenceStateWords() : JsonStringEnumConverter<EvidenceState>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>A piece of evidence as its reader sees it.</summary>
internal sealed record Evidence
{
    public required string Id { get; init; }
    public required string Undertaking { get; init; }
    public required EvidenceKind Kind { get; init; }
    public required string Text { get; init; }

    /// <summary>Address of a document on the web; empty where there is none.</summary>
    public required string Link { get; init; }

    /// <summary>The record on which it rests, by the id under which its page is found; null for none.</summary>
    public required string? Record { get; init; }

    /// <summary>In the unit of the undertaking's measure.</summary>
    public required decimal? Amount { get; init; }

    /// <summary>The day for which it holds.</summary>
    public required DateOnly Day { get; init; }
    public required string OfferedBy { get; init; }
    public required string Organisation { get; init; }
    public required DateTimeOffset OfferedAt { get; init; }
    public required EvidenceState State { get; init; }
    public required string? DecidedBy { get; init; }
    public required DateTimeOffset? DecidedAt { get; init; }
    public required string? DecidedReason { get; init; }
}
