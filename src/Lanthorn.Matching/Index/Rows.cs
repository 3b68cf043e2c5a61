namespace Lanthorn.Matching;

/// <summary>
/// What the index knows of each row it was given: which record, who may see it, and the subject itself. Rows are appended;
/// a row that was removed stays as a tombstone until the index is rebuilt.
/// </summary>
internal sealed class Rows(int capacity, bool holdsSubjects)
{
    /// <summary>In place of the label of a row that is gone.</summary>
    public const int Gone = -1;

    public readonly int[] Ordinals = new int[capacity];
    public readonly int[] Labels = new int[capacity];

    /// <summary>From the keyed record id: breaks ties by something that neither ingest order nor hidden rows decide.</summary>
    public readonly ulong[] Ties = new ulong[capacity];

    /// <summary>The fewest identifying parts of any of its names, so that short names are not lost among long ones.</summary>
    public readonly byte[] Shortest = new byte[capacity];

    /// <summary>Empty where the subjects lie in a file.</summary>
    public readonly PreparedSubject?[] Subjects = holdsSubjects ? new PreparedSubject?[capacity] : [];

    public int Capacity => Ordinals.Length;

    public Rows Grown()
    {
        var grown = new Rows(Capacity * 2, holdsSubjects: true);
        Ordinals.CopyTo(grown.Ordinals, 0);
        Labels.CopyTo(grown.Labels, 0);
        Ties.CopyTo(grown.Ties, 0);
        Shortest.CopyTo(grown.Shortest, 0);
        Subjects.CopyTo(grown.Subjects, 0);
        return grown;
    }

    public static byte ShortestOf(PreparedSubject subject)
    {
        var shortest = byte.MaxValue;
        foreach (var name in subject.PreparedNames)
            shortest = (byte)Math.Min(shortest, name.StrongCount);
        return shortest;
    }
}
