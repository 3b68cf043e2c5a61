using System.Collections.Concurrent;

namespace Lanthorn.Matching;

/// <summary>
/// Finds the records that may be who is asked for, in memory. Whether a row may be seen is asked before it is counted,
/// ranked or cut, and nothing is weighed by how often it occurs, so that the answer is the one that the index without the
/// hidden rows would give. One writer at a time; readers never wait.
/// </summary>
public sealed class CandidateIndex
{
    /// <summary>A rebuild is due when this many rows, and half as many as are alive, are gone.</summary>
    private const int FewestGoneForRebuild = 4096;

    private readonly ConcurrentBag<Search> idle = [];
    private IndexCore core = new();
    private int alive;

    /// <summary>How many records are in the index.</summary>
    public int Count => Volatile.Read(ref alive);

    /// <summary>
    /// Puts a record in, or in place of what was there under its ordinal. The tie key comes from the keyed record id and
    /// orders candidates of equal rank. Only for the one writer.
    /// </summary>
    public void Put(int ordinal, ushort label, ulong tie, PreparedSubject subject)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentNullException.ThrowIfNull(subject);
        var before = core.RowOf(ordinal);
        core.Append(ordinal, label, tie, subject);
        if (before >= 0)
            core.Bury(before);
        else
            Volatile.Write(ref alive, alive + 1);
        RebuildIfDue();
    }

    /// <summary>Takes a record out; false when it was not there. Only for the one writer.</summary>
    public bool Remove(int ordinal)
    {
        var row = core.RowOf(ordinal);
        if (row < 0)
            return false;
        core.Bury(row);
        Volatile.Write(ref alive, alive - 1);
        RebuildIfDue();
        return true;
    }

    /// <summary>Gives a record another label; false when it is not there. Only for the one writer.</summary>
    public bool Relabel(int ordinal, ushort label)
    {
        var row = core.RowOf(ordinal);
        if (row < 0)
            return false;
        Volatile.Write(ref core.Rows.Labels[row], label);
        return true;
    }

    /// <summary>What was put in under an ordinal, or null. Not bound to a viewer: ask only for what <see cref="Find"/> gave.</summary>
    public PreparedSubject? GetPrepared(int ordinal)
    {
        var now = Volatile.Read(ref core);
        var row = now.RowOf(ordinal);
        return row < 0 ? null : Volatile.Read(ref now.Rows.Subjects[row]);
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
            search = new();
        // After an exception (from admits) the working memory is not clean: it is not used again.
        var found = search.Run(
            Volatile.Read(ref core),
            query,
            visibleLabelBits,
            admits,
            into[..Math.Min(limit, into.Length)]
        );
        idle.Add(search);
        return found;
    }

    private void RebuildIfDue()
    {
        if (core.GoneCount < FewestGoneForRebuild || core.GoneCount * 2 < alive)
            return;
        var next = new IndexCore();
        var rows = core.Rows;
        for (var row = 0; row < core.Count; row++)
            if (rows.Labels[row] != Rows.Gone && rows.Subjects[row] is { } subject)
                next.Append(rows.Ordinals[row], (ushort)rows.Labels[row], rows.Ties[row], subject);
        Volatile.Write(ref core, next);
    }
}
