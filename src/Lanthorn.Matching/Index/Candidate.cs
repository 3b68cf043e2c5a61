namespace Lanthorn.Matching;

/// <summary>A record that may be who is asked for; the scorer decides.</summary>
/// <param name="Rank">Roughly how alike the names are and what else agrees; only for ordering.</param>
/// <param name="Tie">The tie key it was put in with; orders candidates of equal rank, smallest first.</param>
public readonly record struct Candidate(int Ordinal, float Rank, ulong Tie) : IComparable<Candidate>
{
    /// <summary>Best first.</summary>
    public int CompareTo(Candidate other) => Rank != other.Rank ? other.Rank.CompareTo(Rank) : Tie.CompareTo(other.Tie);

    public static bool operator <(Candidate left, Candidate right) => left.CompareTo(right) < 0;

    public static bool operator >(Candidate left, Candidate right) => left.CompareTo(right) > 0;

    public static bool operator <=(Candidate left, Candidate right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Candidate left, Candidate right) => left.CompareTo(right) >= 0;
}
