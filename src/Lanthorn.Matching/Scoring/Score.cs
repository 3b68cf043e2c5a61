namespace Lanthorn.Matching;

/// <summary>How a part of one name was matched with a part of the other.</summary>
public enum PartMatch
{
    Same,

    /// <summary>Another spelling of the same name in the same script.</summary>
    Spelling,
    OtherScript,
    Initial,

    /// <summary>Alike, but hardly the same name.</summary>
    Similar,
}

/// <summary>A piece of a name as it is written there: what a page marks.</summary>
public readonly record struct Piece(int Start, int Length, string Text);

/// <summary>Two pieces that were matched with each other.</summary>
public sealed record TokenPair(Piece Query, Piece Candidate, PartMatch How, double Likeness);

/// <summary>One reason for a score.</summary>
/// <param name="Feature">One of <see cref="Features"/>.</param>
/// <param name="Points">What it adds; negative for what speaks against. The points of all parts are the score.</param>
/// <param name="Detail">In plain words.</param>
public sealed record ScorePart(
    string Feature,
    double Points,
    string Detail,
    string? QueryValue = null,
    string? CandidateValue = null
)
{
    /// <summary>For names: which pieces of the two values were matched, in the order of the query's.</summary>
    public IReadOnlyList<TokenPair> Pairs { get; init; } = [];
}

/// <summary>How likely it is that two subjects are the same, and why.</summary>
/// <param name="Value">0 to 1; it orders candidates and is not a probability.</param>
public sealed record Score(double Value, IReadOnlyList<ScorePart> Parts);
