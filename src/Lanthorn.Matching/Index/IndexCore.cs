namespace Lanthorn.Matching;

/// <summary>One build of the index: all that its one writer extends and its readers read. Replaced as a whole on a rebuild.</summary>
internal sealed class IndexCore
{
    private const int FirstCapacity = 1024;

    private Rows rows = new(FirstCapacity);
    private int[] rowOfOrdinal = new int[FirstCapacity];
    private int count;

    public Vocabulary Words { get; } = new();

    /// <summary>Neighbouring parts as if written together.</summary>
    public PostingTable Joined { get; } = new();

    public PostingTable Identifiers { get; } = new();

    public int Count => Volatile.Read(ref count);

    public int GoneCount { get; private set; }

    public Rows Rows => Volatile.Read(ref rows);

    /// <summary>The row that holds a record now; -1 when there is none.</summary>
    public int RowOf(int ordinal)
    {
        var now = Volatile.Read(ref rowOfOrdinal);
        return (uint)ordinal < (uint)now.Length ? Volatile.Read(ref now[ordinal]) - 1 : -1;
    }

    public void Append(int ordinal, ushort label, ulong tie, PreparedSubject subject)
    {
        var shared = subject.Share(Words.Share);
        var row = count;
        if (row == rows.Capacity)
            Volatile.Write(ref rows, rows.Grown());
        rows.Ordinals[row] = ordinal;
        rows.Labels[row] = label;
        rows.Ties[row] = tie;
        rows.Shortest[row] = ShortestOf(shared);
        rows.Subjects[row] = shared;
        Volatile.Write(ref count, row + 1);
        PostNames(shared, row);
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

    public void Bury(int row)
    {
        Volatile.Write(ref rows.Labels[row], Rows.Gone);
        var ordinal = rows.Ordinals[row];
        if (RowOf(ordinal) == row)
            Volatile.Write(ref rowOfOrdinal[ordinal], 0);
        // What is erased must not stay in memory until the next rebuild.
        Volatile.Write(ref rows.Subjects[row], null);
        GoneCount++;
    }

    private void PostNames(PreparedSubject subject, int row)
    {
        foreach (var name in subject.PreparedNames)
        {
            var hasStrong = name.StrongCount > 0;
            foreach (var token in name.Tokens)
                if (!hasStrong || !token.IsWeak)
                    Words.Post(token, row);
            foreach (var run in Runs.Of(name.Tokens))
                if (TokenKeys.OfJoined(name.Tokens.AsSpan(run)) is > 0 and var key)
                    Joined.Add(key, row);
        }
    }

    private static byte ShortestOf(PreparedSubject subject)
    {
        var shortest = byte.MaxValue;
        foreach (var name in subject.PreparedNames)
            shortest = (byte)Math.Min(shortest, name.StrongCount);
        return shortest;
    }
}

/// <summary>The runs of neighbouring parts that someone may write as one word.</summary>
internal static class Runs
{
    /// <summary>Two neighbours, or two with a particle between them (Nur al-Din), or a name of at most four parts as a whole.</summary>
    public static IEnumerable<Range> Of(Token[] tokens)
    {
        for (var i = 0; i + 1 < tokens.Length; i++)
        {
            yield return i..(i + 2);
            if (i + 2 < tokens.Length && (tokens[i + 1].IsWeak || tokens.Length == 3))
                yield return i..(i + 3);
        }
        if (tokens.Length == 4)
            yield return ..4;
    }
}
