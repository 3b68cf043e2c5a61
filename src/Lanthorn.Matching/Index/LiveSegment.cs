namespace Lanthorn.Matching;

/// <summary>The part of the index that its one writer extends while others read it.</summary>
internal sealed class LiveSegment : Segment
{
    private const int FirstCapacity = 1024;

    private Rows rows = new(FirstCapacity, holdsSubjects: true);
    private int[] rowOfOrdinal = new int[FirstCapacity];
    private int count;

    public override LiveVocabulary Words { get; } = new();

    public override LivePostings Joined { get; } = new();

    public override LivePostings Identifiers { get; } = new();

    public override int Count => Volatile.Read(ref count);

    public override Rows Rows => Volatile.Read(ref rows);

    public override int RowOf(int ordinal)
    {
        var now = Volatile.Read(ref rowOfOrdinal);
        return (uint)ordinal < (uint)now.Length ? Volatile.Read(ref now[ordinal]) - 1 : -1;
    }

    public override PreparedSubject? SubjectOf(int row) => Volatile.Read(ref Rows.Subjects[row]);

    public override bool TrySupport(int row, out ReadOnlySpan<int> dates, out ReadOnlySpan<ushort> countries)
    {
        var subject = SubjectOf(row);
        dates = subject?.Dates;
        countries = subject?.Countries;
        return subject is not null;
    }

    /// <summary>Only for the one writer.</summary>
    public void Append(int ordinal, ushort label, ulong tie, PreparedSubject subject)
    {
        var shared = subject.Share(Words.Share);
        var row = count;
        if (row == rows.Capacity)
            Volatile.Write(ref rows, rows.Grown());
        rows.Ordinals[row] = ordinal;
        rows.Labels[row] = label;
        rows.Ties[row] = tie;
        rows.Shortest[row] = Rows.ShortestOf(shared);
        rows.Subjects[row] = shared;
        Volatile.Write(ref count, row + 1);
        foreach (var (token, isAlone) in Posted.WordsOf(shared))
            Words.Post(token, row, isAlone);
        foreach (var key in Posted.JoinedOf(shared))
            Joined.Add(key, row);
        foreach (var identifier in shared.Identifiers)
            Identifiers.Add(identifier.Key, row);
        if (ordinal >= rowOfOrdinal.Length)
        {
            var longer = new int[Math.Max(ordinal + 1, rowOfOrdinal.Length * 2)];
            rowOfOrdinal.CopyTo(longer, 0);
            Volatile.Write(ref rowOfOrdinal, longer);
        }
        Volatile.Write(ref rowOfOrdinal[ordinal], row + 1);
    }

    public override void Bury(int row)
    {
        Volatile.Write(ref rows.Labels[row], Rows.Gone);
        var ordinal = rows.Ordinals[row];
        if (RowOf(ordinal) == row)
            Volatile.Write(ref rowOfOrdinal[ordinal], 0);
        // What is erased must not stay in memory until the next rebuild.
        Volatile.Write(ref rows.Subjects[row], null);
        GoneCount++;
    }

    /// <summary>Puts the living rows from one on into another segment.</summary>
    public void CopyTo(LiveSegment other, int from)
    {
        for (var row = from; row < count; row++)
            if (rows.Labels[row] != Rows.Gone && rows.Subjects[row] is { } subject)
                other.Append(rows.Ordinals[row], (ushort)rows.Labels[row], rows.Ties[row], subject);
    }
}
