namespace Lanthorn.Matching;

/// <summary>
/// A part of the index that is searched by itself. What a row is worth depends on the query and on nothing else in the
/// index, so that the answers of all parts put together are the answer of the whole.
/// </summary>
internal abstract class Segment
{
    public abstract Vocabulary Words { get; }

    /// <summary>Neighbouring parts as if written together.</summary>
    public abstract Postings Joined { get; }

    public abstract Postings Identifiers { get; }

    /// <summary>How many rows there are, gone ones among them; every row below it is complete in <see cref="Rows"/>.</summary>
    public abstract int Count { get; }

    public abstract Rows Rows { get; }

    /// <summary>How many rows are gone.</summary>
    public int GoneCount { get; protected set; }

    /// <summary>The row that holds a record now; -1 when there is none.</summary>
    public abstract int RowOf(int ordinal);

    /// <summary>What was put in; null for a row that is gone.</summary>
    public abstract PreparedSubject? SubjectOf(int row);

    /// <summary>Dates and countries alone; false for a row that is gone.</summary>
    public abstract bool TrySupport(int row, out ReadOnlySpan<int> dates, out ReadOnlySpan<ushort> countries);

    /// <summary>Takes a row out. Only for the one writer.</summary>
    public abstract void Bury(int row);
}

/// <summary>From 64-bit keys to lists of numbers.</summary>
internal abstract class Postings
{
    /// <summary>The numbers under a key; none for a key that was never put in.</summary>
    public abstract ReadOnlySpan<int> Find(ulong key);
}
