using System.Collections.Concurrent;

namespace Lanthorn.Matching;

/// <summary>
/// Finds the records that may be who is asked for, in memory. Whether a row may be seen is asked before it is counted,
/// ranked or cut, and nothing is weighed by how often it occurs, so that the answer is the one that the index without the
/// hidden rows would give. One writer at a time; readers never wait.
/// </summary>
public sealed class CandidateIndex
{
    /// <summary>The live rows are written anew when this many of them, and a third, are gone.</summary>
    private const int FewestGoneForRebuild = 4096;

    private readonly ConcurrentBag<Search> idle = [];
    private Segments segments = new(null, new());
    private Freezing? freezing;
    private int alive;

    /// <summary>An index with nothing in it.</summary>
    public CandidateIndex() { }

    /// <summary>An index as it was frozen, by the same build of this library.</summary>
    /// <exception cref="InvalidDataException">These are not the columns of a frozen index.</exception>
    public CandidateIndex(FrozenColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var frozen = new FrozenSegment(columns);
        (segments, alive) = (new(frozen, new()), frozen.Count);
    }

    private sealed record Segments(FrozenSegment? Frozen, LiveSegment Live)
    {
        /// <summary>The segment and row that hold a record now.</summary>
        public (Segment? Segment, int Row) Find(int ordinal) =>
            Live.RowOf(ordinal) is >= 0 and var live ? (Live, live)
            : Frozen?.RowOf(ordinal) is >= 0 and var frozen ? (Frozen, frozen)
            : (null, -1);
    }

    internal int FewRows { get; init; } = Search.UsuallyFew;

    /// <summary>How many records are in the index.</summary>
    public int Count => Volatile.Read(ref alive);

    /// <summary>How many rows a new freezing would take up or leave behind.</summary>
    public int LooseCount => Volatile.Read(ref segments) is var now ? now.Live.Count + (now.Frozen?.GoneCount ?? 0) : 0;

    /// <summary>
    /// Puts a record in, or in place of what was there under its ordinal. The tie key comes from the keyed record id and
    /// orders candidates of equal rank. Only for the one writer.
    /// </summary>
    public void Put(int ordinal, ushort label, ulong tie, PreparedSubject subject)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentNullException.ThrowIfNull(subject);
        var (segment, before) = segments.Find(ordinal);
        segments.Live.Append(ordinal, label, tie, subject);
        if (segment is not null)
            segment.Bury(before);
        else
            Volatile.Write(ref alive, alive + 1);
        RebuildIfDue();
    }

    /// <summary>Takes a record out; false when it was not there. Only for the one writer.</summary>
    public bool Remove(int ordinal)
    {
        var (segment, row) = segments.Find(ordinal);
        if (segment is null)
            return false;
        segment.Bury(row);
        Volatile.Write(ref alive, alive - 1);
        RebuildIfDue();
        return true;
    }

    /// <summary>Gives a record another label; false when it is not there. Only for the one writer.</summary>
    public bool Relabel(int ordinal, ushort label)
    {
        var (segment, row) = segments.Find(ordinal);
        if (segment is null)
            return false;
        Volatile.Write(ref segment.Rows.Labels[row], label);
        return true;
    }

    /// <summary>What was put in under an ordinal, or null. Not bound to a viewer: ask only for what <see cref="Find"/> gave.</summary>
    public PreparedSubject? GetPrepared(int ordinal)
    {
        var (segment, row) = Volatile.Read(ref segments).Find(ordinal);
        return segment?.SubjectOf(row);
    }

    /// <summary>Whether the index holds exactly this. Not bound to a viewer: it is for checking the index itself.</summary>
    public bool Holds(int ordinal, ushort label, ulong tie, PreparedSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var (segment, row) = Volatile.Read(ref segments).Find(ordinal);
        return segment is not null
            && segment.Rows.Labels[row] == label
            && segment.Rows.Ties[row] == tie
            && segment.SubjectOf(row) is { } held
            && held.SaysTheSameAs(subject);
    }

    /// <summary>Writes the best candidates, best first, into <paramref name="into"/> and returns how many.</summary>
    /// <param name="visibleLabelBits">Bit n says whether rows with label n may be seen.</param>
    /// <param name="admits">Further conditions on the record (schema, source, topic); asked before anything is cut.</param>
    public int Find(
        PreparedSubject query,
        ReadOnlySpan<ulong> visibleLabelBits,
        Func<int, bool>? admits,
        int limit,
        Span<Candidate> into
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        if (!idle.TryTake(out var search))
            search = new(FewRows);
        // After an exception (from admits) the working memory is not clean: it is not used again.
        var (frozen, live) = Volatile.Read(ref segments);
        var kept = into[..Math.Min(limit, into.Length)];
        var found = search.Run(frozen, live, query, visibleLabelBits, admits, kept);
        idle.Add(search);
        return found;
    }

    /// <summary>
    /// Takes note of what is there, to be frozen while the index goes on; an earlier freezing that was not taken up is
    /// void. Only for the one writer.
    /// </summary>
    public Freezing BeginFreezing() => freezing = new(segments.Frozen, segments.Live);

    /// <summary>Puts what was frozen in place of what it was made from. False when it is void. Only for the one writer.</summary>
    public bool Adopt(Freezing written, FrozenColumns columns)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(columns);
        if (written != freezing)
            return false;
        freezing = null;
        var made = new FrozenSegment(columns);
        written.CatchUp(made);
        Volatile.Write(ref segments, new(made, written.Rest()));
        return true;
    }

    private void RebuildIfDue()
    {
        var (frozen, live) = segments;
        // What is being frozen keeps its rows until it is taken up.
        if (freezing is not null || live.GoneCount < FewestGoneForRebuild || live.GoneCount * 3 < live.Count)
            return;
        var next = new LiveSegment();
        live.CopyTo(next, 0);
        Volatile.Write(ref segments, new(frozen, next));
    }
}
