using System.Text.Json.Serialization;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight;

/// <summary>Where a complaint stands; worked out from what is recorded.</summary>
[JsonConverter(typeof(SnakeWords<ComplaintState>))]
internal enum ComplaintState
{
    Received,
    Taken,
    Answered,
}

/// <summary>What was found. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<ComplaintOutcome>))]
internal enum ComplaintOutcome
{
    Founded = 1,
    Partly = 2,
    NotFounded = 3,
    ForOthers = 4,
}

internal sealed record ComplaintSubject(SubjectKind Kind, string Subject);

/// <summary>A complaint as the officer reads it.</summary>
internal sealed record Complaint(
    string Reference,
    string Language,
    string Text,
    string Contact,
    DateTimeOffset ReceivedAt,
    string? TakenBy,
    ComplaintOutcome? Outcome,
    string Answer,
    string? AnsweredBy,
    DateTimeOffset? AnsweredAt,
    bool IsFictional
)
{
    public IReadOnlyList<ComplaintSubject> Subjects { get; init; } = [];

    public ComplaintState State =>
        AnsweredAt is not null ? ComplaintState.Answered
        : TakenBy is not null ? ComplaintState.Taken
        : ComplaintState.Received;
}

/// <summary>A row of the table of complaints.</summary>
internal sealed record ComplaintRow
{
    public const string Columns = """
        k.reference as Reference, k.language as Language, k.text as Text, k.contact as Contact,
        k.received_at as ReceivedAt, k.taken_by as TakenBy, k.outcome as Outcome, k.answer as Answer,
        k.answered_by as AnsweredBy, k.answered_at as AnsweredAt, k.is_fictional as IsFictional
        """;

    public required string Reference { get; init; }
    public required string Language { get; init; }
    public required string Text { get; init; }
    public required string Contact { get; init; }
    public required string ReceivedAt { get; init; }
    public string? TakenBy { get; init; }
    public long? Outcome { get; init; }
    public string? Answer { get; init; }
    public string? AnsweredBy { get; init; }
    public string? AnsweredAt { get; init; }
    public required long IsFictional { get; init; }

    public Complaint Opened(SealedText texts) =>
        new(
            Reference,
            Language,
            texts.Open(Text),
            texts.Open(Contact),
            Times.Read(ReceivedAt),
            TakenBy,
            (ComplaintOutcome?)Outcome,
            texts.Open(Answer),
            AnsweredBy,
            AnsweredAt is null ? null : Times.Read(AnsweredAt),
            IsFictional != 0
        );
}
