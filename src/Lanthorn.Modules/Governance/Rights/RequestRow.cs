using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>A row of the table of requests.</summary>
internal sealed record RequestRow
{
    public const string Columns = """
        q.reference as Reference, q.kind as Kind, q.law as Law, q.received_on as ReceivedOn, q.through as Through,
        q.subject as Subject, q.born as Born, q.contact as Contact, q.wish as Wish, q.identity_how as IdentityHow,
        q.identity_by as IdentityBy, q.identity_at as IdentityAt, q.extended_to as ExtendedTo,
        q.searched_at as SearchedAt, q.outcome as Outcome, q.ground as Ground, q.decided_reason as DecidedReason,
        q.recipients as Recipients, q.decided_by as DecidedBy, q.decided_at as DecidedAt,
        q.carried_out_by as CarriedOutBy, q.carried_out_at as CarriedOutAt, q.answered_by as AnsweredBy,
        q.answered_at as AnsweredAt, q.is_fictional as IsFictional, q.made_by as MadeBy, q.made_at as MadeAt
        """;

    public required string Reference { get; init; }
    public required long Kind { get; init; }
    public required long Law { get; init; }
    public required string ReceivedOn { get; init; }
    public required string Through { get; init; }
    public required string Subject { get; init; }
    public required string Born { get; init; }
    public required string Contact { get; init; }
    public required string Wish { get; init; }
    public string? IdentityHow { get; init; }
    public string? IdentityBy { get; init; }
    public string? IdentityAt { get; init; }
    public string? ExtendedTo { get; init; }
    public string? SearchedAt { get; init; }
    public long? Outcome { get; init; }
    public long? Ground { get; init; }
    public string? DecidedReason { get; init; }
    public string? Recipients { get; init; }
    public string? DecidedBy { get; init; }
    public string? DecidedAt { get; init; }
    public string? CarriedOutBy { get; init; }
    public string? CarriedOutAt { get; init; }
    public string? AnsweredBy { get; init; }
    public string? AnsweredAt { get; init; }
    public required long IsFictional { get; init; }
    public required string MadeBy { get; init; }
    public required string MadeAt { get; init; }

    public RightsRequest Opened(SealedText texts) =>
        new()
        {
            Reference = Reference,
            Kind = (RightsKind)Kind,
            Law = (RightsLaw)Law,
            ReceivedOn = Times.ReadDate(ReceivedOn)!.Value,
            Through = Through,
            Subject = texts.Open(Subject),
            Born = texts.Open(Born),
            Contact = texts.Open(Contact),
            Wish = texts.Open(Wish),
            IdentityHow = IdentityHow,
            IdentityBy = IdentityBy,
            IdentityAt = Moment(IdentityAt),
            ExtendedTo = Times.ReadDate(ExtendedTo),
            SearchedAt = Moment(SearchedAt),
            Outcome = (RightsOutcome?)Outcome,
            Ground = (Ground?)Ground,
            DecidedReason = texts.Open(DecidedReason),
            Recipients = Recipients ?? "",
            DecidedBy = DecidedBy,
            DecidedAt = Moment(DecidedAt),
            CarriedOutBy = CarriedOutBy,
            CarriedOutAt = Moment(CarriedOutAt),
            AnsweredBy = AnsweredBy,
            AnsweredAt = Moment(AnsweredAt),
            IsFictional = IsFictional != 0,
            MadeBy = MadeBy,
            MadeAt = Times.Read(MadeAt),
        };

    internal static DateTimeOffset? Moment(string? text) => text is null ? null : Times.Read(text);
}
