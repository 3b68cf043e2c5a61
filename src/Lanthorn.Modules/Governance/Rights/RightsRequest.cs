using System.Text.Json.Serialization;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Governance.Rights;

/// <summary>What a person asks for. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<RightsKind>))]
internal enum RightsKind
{
    Access = 1,
    Rectification = 2,
    Erasure = 3,
    Restriction = 4,
}

/// <summary>Under which law it is asked. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<RightsLaw>))]
internal enum RightsLaw
{
    /// <summary>Directive (EU) 2016/680, Articles 12 to 17.</summary>
    Directive = 1,

    /// <summary>Regulation (EU) 2016/794, Articles 36 and 37.</summary>
    Europol = 2,
}

/// <summary>Where a request stands; worked out from what is recorded.</summary>
[JsonConverter(typeof(SnakeWords<RightsState>))]
internal enum RightsState
{
    Received,
    IdentityChecked,
    Searched,
    Decided,
    CarriedOut,
    Answered,
}

/// <summary>What was decided. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<RightsOutcome>))]
internal enum RightsOutcome
{
    Granted = 1,
    Partly = 2,
    Refused = 3,
}

/// <summary>What a found record is to the request. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<RecordVerdict>))]
internal enum RecordVerdict
{
    Open = 0,
    Person = 1,
    SomebodyElse = 2,
}

/// <summary>What a provider says of disclosing what it gave. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<ProviderVerdict>))]
internal enum ProviderVerdict
{
    Agrees = 1,
    Objects = 2,
    NoAnswer = 3,
}

/// <summary>The clock of a request.</summary>
internal static class RightsClock
{
    /// <summary>
    /// An answer is due without undue delay, and after so many months at most (Articles 36 and 37 of Regulation (EU)
    /// 2016/794). The directive leaves the time to national law; the product keeps the same.
    /// </summary>
    public const int LongestMonths = 3;

    /// <summary>A request stands out so many days before its day.</summary>
    public const int SoonDays = 14;

    public static DateOnly DueOn(DateOnly received) => received.AddMonths(LongestMonths);

    /// <summary>National law under the directive may allow one extension; it is at most as long as the time itself.</summary>
    public static DateOnly LatestExtension(DateOnly received) => received.AddMonths(2 * LongestMonths);
}

/// <summary>A request of a person about what is held of him, with what was recorded about it so far.</summary>
internal sealed record RightsRequest
{
    public required string Reference { get; init; }
    public required RightsKind Kind { get; init; }
    public required RightsLaw Law { get; init; }
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The authority through which it came (Article 17 of the directive); empty where it came directly.</summary>
    public required string Through { get; init; }

    /// <summary>Names, one on a line: every spelling that the person gave.</summary>
    public required string Subject { get; init; }
    public required string Born { get; init; }
    public required string Contact { get; init; }
    public required string Wish { get; init; }
    public string? IdentityHow { get; init; }
    public string? IdentityBy { get; init; }
    public DateTimeOffset? IdentityAt { get; init; }
    public DateOnly? ExtendedTo { get; init; }
    public DateTimeOffset? SearchedAt { get; init; }
    public RightsOutcome? Outcome { get; init; }
    public Ground? Ground { get; init; }
    public string DecidedReason { get; init; } = "";
    public string Recipients { get; init; } = "";
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? CarriedOutBy { get; init; }
    public DateTimeOffset? CarriedOutAt { get; init; }
    public string? AnsweredBy { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public required bool IsFictional { get; init; }
    public required string MadeBy { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The last day on which the answer is in time.</summary>
    public DateOnly DueOn => ExtendedTo ?? RightsClock.DueOn(ReceivedOn);

    public IReadOnlyList<string> Names =>
        Subject.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public RightsState State =>
        AnsweredAt is not null ? RightsState.Answered
        : CarriedOutAt is not null ? RightsState.CarriedOut
        : DecidedAt is not null ? RightsState.Decided
        : SearchedAt is not null ? RightsState.Searched
        : IdentityAt is not null ? RightsState.IdentityChecked
        : RightsState.Received;

    /// <summary>Something is to be done with the records before the answer can say so.</summary>
    public bool IsToCarryOut =>
        Kind != RightsKind.Access && Outcome is RightsOutcome.Granted or RightsOutcome.Partly && CarriedOutAt is null;

    public bool IsOverdueOn(DateOnly today) => AnsweredAt is null && today > DueOn;

    public bool IsSoonOn(DateOnly today) =>
        AnsweredAt is null && !IsOverdueOn(today) && today.AddDays(RightsClock.SoonDays) >= DueOn;
}

/// <summary>A record that the search found, as it stands now.</summary>
internal sealed record FoundForRequest(
    Record Record,
    double Score,
    RecordVerdict Verdict,
    string? MarkedBy,
    DateTimeOffset? MarkedAt
);

internal sealed record Consultation(
    string Id,
    string Provider,
    string Question,
    string AskedBy,
    DateTimeOffset AskedAt,
    ProviderVerdict? Verdict,
    string Answer,
    string? AnsweredBy,
    DateTimeOffset? AnsweredAt
);

/// <summary>What was done with a request. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<RightsStep>))]
internal enum RightsStep
{
    Received = 1,
    IdentityChecked = 2,
    Extended = 3,
    Searched = 4,
    Marked = 5,
    Asked = 6,
    ProviderAnswered = 7,
    Decided = 8,
    Erased = 9,
    Restricted = 10,
    Lifted = 11,
    Rectified = 12,
    Answered = 13,
    Read = 14,
}

internal sealed record StepDone(RightsStep Step, string Note, string By, DateTimeOffset At);

/// <summary>What was done with a record. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<RecordAct>))]
internal enum RecordAct
{
    Erased = 1,
    Restricted = 2,
    Lifted = 3,
}

/// <param name="Number">Stands in the answer to the person, so that he can refer to it.</param>
internal sealed record Certificate(
    string Number,
    string Record,
    RecordAct Act,
    string Reason,
    string By,
    DateTimeOffset At
);
