namespace Lanthorn.Knowledge;

/// <summary>What a judgement says of two records. Stored: the numbers only grow.</summary>
public enum Verdict
{
    Same = 1,
    Different = 2,
    Unsure = 3,

    /// <summary>Takes back what was judged before, as if nothing had been said.</summary>
    Withdrawn = 4,
}

/// <summary>Who decided, from the weakest to the strongest. Stored: the numbers only grow.</summary>
public enum Authority
{
    Engine = 1,
    Person = 2,
}

/// <summary>
/// Says of two records that they are about the same, about different things, or that it is unsure. Append-only: a later one
/// of the same or a higher authority supersedes, and for a viewer only visible judgements do.
/// </summary>
public sealed record Judgement
{
    /// <summary>The order in which judgements were made, unique in one installation.</summary>
    public required long Sequence { get; init; }

    /// <summary>The smaller of the two ids.</summary>
    public required RecordId Left { get; init; }
    public required RecordId Right { get; init; }
    public required Verdict Verdict { get; init; }
    public required Authority Authority { get; init; }

    /// <summary>The account's name, or the engine's name and version.</summary>
    public required string DecidedBy { get; init; }

    /// <summary>The engine's score between 0 and 1 at the time; null where a person decided without one.</summary>
    public double? Score { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }
    public required string Reason { get; init; }

    /// <summary>The meet of both records' labels and of the evidence.</summary>
    public required Label Label { get; init; }

    public static (RecordId Left, RecordId Right) Ordered(RecordId a, RecordId b) => a <= b ? (a, b) : (b, a);
}
