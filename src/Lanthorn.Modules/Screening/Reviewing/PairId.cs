using Lanthorn.Knowledge;

namespace Lanthorn.Screening.Reviewing;

/// <summary>Two records in an address: their ids with a hyphen between, the smaller first.</summary>
internal readonly record struct PairId(RecordId Left, RecordId Right)
{
    public static PairId Of(RecordId a, RecordId b)
    {
        var (left, right) = Judgement.Ordered(a, b);
        return new(left, right);
    }

    /// <summary>Null for what is no pair.</summary>
    public static PairId? Parse(string? text) =>
        (text ?? "").Split('-') is [var one, var other]
        && RecordId.TryParse(one, out var left)
        && RecordId.TryParse(other, out var right)
        && left != right
            ? Of(left, right)
            : null;

    public override string ToString() => $"{Left}-{Right}";
}
