namespace Lanthorn.Matching;

/// <summary>
/// Which rows bear at least two parts of a name, found before anything is collected for them: a bit for each row stays in
/// the processor's cache where what is collected would not.
/// </summary>
internal sealed class RowBits
{
    private ulong[] own = [];
    private ulong[] once = [];
    private ulong[] twice = [];
    private int words;

    /// <summary>For rows below <paramref name="count"/>; none has any part yet.</summary>
    public void Clear(int count)
    {
        words = (count + 63) >> 6;
        if (own.Length < words)
            (own, once, twice) = (new ulong[words], new ulong[words], new ulong[words]);
        own.AsSpan(0, words).Clear();
        once.AsSpan(0, words).Clear();
        twice.AsSpan(0, words).Clear();
    }

    /// <summary>These rows bear the part at hand, as others may that were added since the last <see cref="EndPart"/>.</summary>
    public void Add(ReadOnlySpan<int> rows) => Set(own, rows);

    public void EndPart()
    {
        var all = once.AsSpan(0, words);
        var part = own.AsSpan(0, words);
        var both = twice.AsSpan(0, words);
        for (var at = 0; at < part.Length; at++)
        {
            both[at] |= all[at] & part[at];
            all[at] |= part[at];
        }
        part.Clear();
    }

    /// <summary>These rows count whatever else they bear.</summary>
    public void AddSurely(ReadOnlySpan<int> rows) => Set(twice, rows);

    public bool HasTwo(int row) => (uint)(row >> 6) < (uint)words && (twice[row >> 6] >> row & 1) != 0;

    /// <summary>Rows that came after the search began are passed over.</summary>
    private void Set(ulong[] bits, ReadOnlySpan<int> rows)
    {
        var into = bits.AsSpan(0, words);
        foreach (var row in rows)
            if ((uint)(row >> 6) < (uint)into.Length)
                into[row >> 6] |= 1UL << row;
    }
}
