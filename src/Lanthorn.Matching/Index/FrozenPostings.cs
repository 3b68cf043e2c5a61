using System.Runtime.InteropServices;

namespace Lanthorn.Matching;

/// <summary>
/// Postings that lie in a file: a table of keys with open addressing, and beside each key its only number, or where its
/// numbers stand among those of all keys, their count first.
/// </summary>
internal sealed class FrozenPostings(
    ReadOnlyMemory<byte> keys,
    ReadOnlyMemory<byte> cells,
    ReadOnlyMemory<byte> numbers
) : Postings
{
    public override ReadOnlySpan<int> Find(ulong key)
    {
        var table = MemoryMarshal.Cast<byte, ulong>(keys.Span);
        if (table.IsEmpty || key == 0)
            return default;
        for (var at = Start(key, table.Length); ; at = at + 1 == table.Length ? 0 : at + 1)
        {
            if (table[at] == 0)
                return default;
            if (table[at] != key)
                continue;
            var cell = MemoryMarshal.Cast<byte, int>(cells.Span).Slice(at, 1);
            if (cell[0] >= 0)
                return cell;
            var all = MemoryMarshal.Cast<byte, int>(numbers.Span);
            return all.Slice(~cell[0] + 1, all[~cell[0]]);
        }
    }

    /// <summary>Writes pairs of key and number as three columns of this name.</summary>
    public static void Write(string name, PostingPairs pairs, WriteColumn write)
    {
        pairs.Sort();
        var sorted = pairs.Keys;
        var of = pairs.Numbers;
        var distinct = 0;
        for (var at = 0; at < sorted.Length; at++)
            if (at == 0 || sorted[at] != sorted[at - 1])
                distinct++;
        var table = new ulong[distinct == 0 ? 0 : distinct + distinct / 2 + 1];
        var cells = new int[table.Length];
        var numbers = new List<int>();
        for (var from = 0; from < sorted.Length; )
        {
            var key = sorted[from];
            var end = from;
            while (end < sorted.Length && sorted[end] == key)
                end++;
            var slot = Start(key, table.Length);
            while (table[slot] != 0)
                slot = slot + 1 == table.Length ? 0 : slot + 1;
            (table[slot], cells[slot]) = (key, Cell(of[from..end], numbers));
            from = end;
        }
        write($"{name}.keys", MemoryMarshal.AsBytes<ulong>(table));
        write($"{name}.cells", MemoryMarshal.AsBytes<int>(cells));
        write($"{name}.numbers", MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)));
    }

    private static int Cell(ReadOnlySpan<int> sorted, List<int> numbers)
    {
        if (sorted.Length == 1)
            return sorted[0];
        var start = numbers.Count;
        numbers.Add(0);
        foreach (var number in sorted)
            if (numbers.Count == start + 1 || numbers[^1] != number)
                numbers.Add(number);
        numbers[start] = numbers.Count - start - 1;
        return ~start;
    }

    /// <summary>Keys are mixed hashes: their high bits spread them over a table of any length.</summary>
    private static int Start(ulong key, int length) => (int)Math.BigMul(key, (ulong)length, out _);
}

/// <summary>Pairs of key and number as they are collected.</summary>
internal sealed class PostingPairs
{
    private ulong[] keys = new ulong[1024];
    private int[] numbers = new int[1024];
    private int count;

    public ReadOnlySpan<ulong> Keys => keys.AsSpan(0, count);

    public ReadOnlySpan<int> Numbers => numbers.AsSpan(0, count);

    public void Add(ulong key, int number)
    {
        if (key == 0)
            return;
        if (count == keys.Length)
        {
            Array.Resize(ref keys, count * 2);
            Array.Resize(ref numbers, count * 2);
        }
        (keys[count], numbers[count]) = (key, number);
        count++;
    }

    /// <summary>By key, and by number under one key.</summary>
    public void Sort()
    {
        Array.Sort(keys, numbers, 0, count);
        for (var from = 0; from < count; )
        {
            var end = from + 1;
            while (end < count && keys[end] == keys[from])
                end++;
            if (end - from > 1)
                Array.Sort(numbers, from, end - from);
            from = end;
        }
    }
}
