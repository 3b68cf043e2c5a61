using System.Runtime.InteropServices;
using System.Text;

namespace Lanthorn.Matching;

/// <summary>
/// A part of the index that lies in a file and is never added to: rows in it can only go or get another label, in memory.
/// Subjects become objects when they are scored.
/// </summary>
internal sealed class FrozenSegment : Segment
{
    private readonly int[] rowOfOrdinal;
    private readonly string[] properties;
    private readonly ReadOnlyMemory<byte> starts;
    private readonly ReadOnlyMemory<byte> subjects;

    public FrozenSegment(FrozenColumns columns)
    {
        var labels = MemoryMarshal.Cast<byte, ushort>(columns["rows.labels"].Span);
        Rows = new(labels.Length, holdsSubjects: false);
        MemoryMarshal.Cast<byte, int>(columns["rows.ordinals"].Span).CopyTo(Rows.Ordinals);
        MemoryMarshal.Cast<byte, ulong>(columns["rows.ties"].Span).CopyTo(Rows.Ties);
        columns["rows.shortest"].Span.CopyTo(Rows.Shortest);
        for (var row = 0; row < labels.Length; row++)
            Rows.Labels[row] = labels[row];
        var last = -1;
        foreach (var ordinal in Rows.Ordinals)
            last = Math.Max(last, ordinal);
        rowOfOrdinal = new int[last + 1];
        for (var row = 0; row < labels.Length; row++)
            rowOfOrdinal[Rows.Ordinals[row]] = row + 1;
        properties = Encoding.UTF8.GetString(columns["rows.properties"].Span).Split('\n');
        (starts, subjects) = (columns["rows.starts"], columns["rows.subjects"]);
        Words = new(columns);
        Joined = Table("joined");
        Identifiers = Table("identifiers");

        FrozenPostings Table(string name) =>
            new(columns[$"{name}.keys"], columns[$"{name}.cells"], columns[$"{name}.numbers"]);
    }

    public override FrozenVocabulary Words { get; }

    public override FrozenPostings Joined { get; }

    public override FrozenPostings Identifiers { get; }

    public override int Count => Rows.Capacity;

    public override Rows Rows { get; }

    public override int RowOf(int ordinal) =>
        (uint)ordinal < (uint)rowOfOrdinal.Length ? Volatile.Read(ref rowOfOrdinal[ordinal]) - 1 : -1;

    public override PreparedSubject? SubjectOf(int row) =>
        Volatile.Read(ref Rows.Labels[row]) == Rows.Gone ? null : SubjectCoding.Read(BytesOf(row), Words, properties);

    public override bool TrySupport(int row, out ReadOnlySpan<int> dates, out ReadOnlySpan<ushort> countries)
    {
        SubjectCoding.ReadSupport(BytesOf(row), out dates, out countries);
        return Volatile.Read(ref Rows.Labels[row]) != Rows.Gone;
    }

    public override void Bury(int row)
    {
        Volatile.Write(ref Rows.Labels[row], Rows.Gone);
        Volatile.Write(ref rowOfOrdinal[Rows.Ordinals[row]], 0);
        GoneCount++;
    }

    private ReadOnlySpan<byte> BytesOf(int row)
    {
        var at = MemoryMarshal.Cast<byte, int>(starts.Span);
        return subjects.Span[at[row]..at[row + 1]];
    }
}
