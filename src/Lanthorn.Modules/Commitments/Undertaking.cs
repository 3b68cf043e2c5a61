using Lanthorn.Commitments.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Commitments;

/// <summary>An undertaking with the evidence that its reader sees.</summary>
internal sealed record Undertaking
{
    public required Reference Reference { get; init; }
    public required string Promiser { get; init; }
    public required string Promisee { get; init; }
    public required string Text { get; init; }
    public required Strand Strand { get; init; }
    public required string Aim { get; init; }
    public required DateOnly? Due { get; init; }
    public required string Measure { get; init; }
    public required string Unit { get; init; }
    public required decimal? Target { get; init; }
    public required string Owner { get; init; }
    public required Reference? Project { get; init; }
    public required Label Label { get; init; }
    public required string Source { get; init; }
    public required DateOnly AsOf { get; init; }
    public required bool IsFictional { get; init; }
    public required string MadeBy { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset? WithdrawnAt { get; init; }
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    public UndertakingState StateOn(DateOnly today) =>
        Standing.Of(Due, Target, WithdrawnAt is not null, [.. Accepted.Select(e => e.Amount)], today);

    public UndertakingLine LineOn(DateOnly today) =>
        new()
        {
            Reference = $"{Reference}",
            Promiser = Promiser,
            Promisee = Promisee,
            Text = Text,
            Strand = Strand,
            Aim = Aim,
            Due = Due,
            State = StateOn(today),
            Measure = Measure,
            Unit = Unit,
            Target = Target,
            Reached = Accepted.Sum(e => e.Amount ?? 0),
            Waiting = Evidence.Count(e => e.State == EvidenceState.Waits),
            Owner = Owner,
            Project = Project?.ToString(),
            Label = Label.Text,
            Source = Source,
            AsOf = AsOf,
            IsFictional = IsFictional,
        };

    private IEnumerable<Evidence> Accepted => Evidence.Where(e => e.State == EvidenceState.Accepted);
}

/// <summary>An undertaking as the table has it.</summary>
internal sealed record UndertakingRow
{
    public required string Reference { get; init; }
    public required string Promiser { get; init; }
    public required string Promisee { get; init; }
    public required string Text { get; init; }
    public required long Strand { get; init; }
    public required string Aim { get; init; }
    public string? Due { get; init; }
    public required string Measure { get; init; }
    public required string Unit { get; init; }
    public double? Target { get; init; }
    public required string Owner { get; init; }
    public string? Project { get; init; }
    public required long LabelId { get; init; }
    public required string Source { get; init; }
    public required string AsOf { get; init; }
    public required long IsFictional { get; init; }
    public required string MadeBy { get; init; }
    public required string MadeAt { get; init; }
    public string? WithdrawnAt { get; init; }

    public Undertaking ToUndertaking(Labels labels, IReadOnlyList<Evidence> evidence) =>
        new()
        {
            Reference = Contracts.Reference.Parse(Reference).Value,
            Promiser = Promiser,
            Promisee = Promisee,
            Text = Text,
            Strand = (Strand)Strand,
            Aim = Aim,
            Due = Times.ReadDate(Due),
            Measure = Measure,
            Unit = Unit,
            Target = (decimal?)Target,
            Owner = Owner,
            Project = Project is null ? null : Contracts.Reference.Parse(Project).Value,
            Label = labels.Get((ushort)LabelId),
            Source = Source,
            AsOf = Times.ReadDate(AsOf)!.Value,
            IsFictional = IsFictional == 1,
            MadeBy = MadeBy,
            MadeAt = Times.Read(MadeAt),
            WithdrawnAt = WithdrawnAt is null ? null : Times.Read(WithdrawnAt),
            Evidence = evidence,
        };
}

/// <summary>A piece of evidence as the table has it.</summary>
internal sealed record EvidenceRow
{
    public required string Id { get; init; }
    public required string Undertaking { get; init; }
    public required long Kind { get; init; }
    public required string Text { get; init; }
    public required string Link { get; init; }
    public byte[]? RecordId { get; init; }
    public double? Amount { get; init; }
    public required string Day { get; init; }
    public required string OfferedBy { get; init; }
    public required string Organisation { get; init; }
    public required string OfferedAt { get; init; }
    public required long State { get; init; }
    public string? DecidedBy { get; init; }
    public string? DecidedAt { get; init; }
    public string? DecidedReason { get; init; }

    public Evidence ToEvidence() =>
        new()
        {
            Id = Id,
            Undertaking = Undertaking,
            Kind = (EvidenceKind)Kind,
            Text = Text,
            Link = Link,
            Record = RecordId is null ? null : $"{Knowledge.RecordId.FromBytes(RecordId)}",
            Amount = (decimal?)Amount,
            Day = Times.ReadDate(Day)!.Value,
            OfferedBy = OfferedBy,
            Organisation = Organisation,
            OfferedAt = Times.Read(OfferedAt),
            State = (EvidenceState)State,
            DecidedBy = DecidedBy,
            DecidedAt = DecidedAt is null ? null : Times.Read(DecidedAt),
            DecidedReason = DecidedReason,
        };
}
