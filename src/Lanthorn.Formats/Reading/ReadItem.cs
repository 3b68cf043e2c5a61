using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>What a reader hands out, in the order of the file: a record, a refused row, or the date of the edition.</summary>
public abstract record ReadItem
{
    private protected ReadItem() { }
}

/// <summary>A record as its source wrote it, values cleaned.</summary>
/// <param name="PublicId">The FollowTheMoney id where the source gave one; null leaves it to be derived.</param>
/// <param name="DroppedValues">Values of this record that did not clean; the record stands without them.</param>
public sealed record ReadRecord(
    string ExternalId,
    string? PublicId,
    Schema Schema,
    Properties Properties,
    DateOnly? PublishedAt,
    Place Place,
    IReadOnlyList<Rejection> DroppedValues
) : ReadItem
{
    /// <summary>What a natural person is in an enforcement context, where the source says so.</summary>
    public SubjectCategory Category { get; init; }
}

/// <summary>A row, or within a record a value, that was refused, with what somebody needs to mend it.</summary>
/// <param name="Field">The column, property or element; empty when the whole row is meant.</param>
/// <param name="Value">What stood there, cut at <see cref="MaxValueLength"/> characters.</param>
public sealed record Rejection(string File, long Line, int Column, string Field, string Value, string Reason) : ReadItem
{
    public const int MaxValueLength = 200;

    public string Value { get; init; } = Cut(Value);

    /// <summary>The whole row, as <see cref="RefusedRow"/> has it; null where it is not kept.</summary>
    public string? Row { get; init; }

    internal static Rejection At(Place place, string field, string value, string reason) =>
        new(place.File, place.Line, place.Column, field, value, reason);

    internal static string Cut(string value)
    {
        if (value.Length <= MaxValueLength)
            return value;
        // Half a surrogate pair is no text.
        var end = char.IsHighSurrogate(value[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength;
        return value[..end];
    }
}

/// <summary>The day for which the file says it was made; comes before the records where a format tells.</summary>
public sealed record EditionDate(DateOnly AsOf) : ReadItem;
