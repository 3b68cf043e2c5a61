namespace Lanthorn.Matching;

/// <summary>
/// From 64-bit keys to lists of numbers, append-only. One writer and any number of readers need no lock: the writer
/// fills in a posting before it raises the count that readers look at, and growth builds a new table beside the old one.
/// </summary>
internal sealed class LivePostings : Postings
{
    private const int FirstCapacity = 256;

    private Table table = new(FirstCapacity);

    /// <summary>How many keys there are; the writer's own view.</summary>
    public int KeyCount { get; private set; }

    /// <summary>The numbers under a key, in the order in which they were added.</summary>
    public override ReadOnlySpan<int> Find(ulong key)
    {
        var now = Volatile.Read(ref table);
        for (var at = now.Start(key); ; at = now.Next(at))
        {
            var found = Volatile.Read(ref now.Keys[at]);
            if (found == key)
                return GrowingList.Read(ref now.Lists[at]!);
            if (found == 0)
                return default;
        }
    }

    /// <summary>Adds a number under a key, unless it is the last one there already. Only for the one writer.</summary>
    public void Add(ulong key, int number)
    {
        var at = table.Start(key);
        while (table.Keys[at] != key && table.Keys[at] != 0)
            at = table.Next(at);
        if (table.Keys[at] == key)
        {
            GrowingList.Append(ref table.Lists[at], number);
            return;
        }
        GrowingList.Append(ref table.Lists[at], number);
        Volatile.Write(ref table.Keys[at], key);
        if (++KeyCount * 3 > table.Keys.Length * 2)
            Grow();
    }

    private void Grow()
    {
        var next = new Table(table.Keys.Length * 2);
        for (var i = 0; i < table.Keys.Length; i++)
        {
            var key = table.Keys[i];
            if (key == 0)
                continue;
            var at = next.Start(key);
            while (next.Keys[at] != 0)
                at = next.Next(at);
            (next.Keys[at], next.Lists[at]) = (key, table.Lists[i]);
        }
        Volatile.Write(ref table, next);
    }

    /// <summary>Open addressing; 0 is no key, since hashes are mixed and one in 2^64 may go unfound.</summary>
    private sealed class Table(int capacity)
    {
        public readonly ulong[] Keys = new ulong[capacity];
        public readonly int[]?[] Lists = new int[]?[capacity];

        public int Start(ulong key) => (int)(key & (ulong)(Keys.Length - 1));

        public int Next(int at) => (at + 1) & (Keys.Length - 1);
    }
}

/// <summary>A list of numbers as one array, its length first, that one writer extends under the readers' eyes.</summary>
internal static class GrowingList
{
    public static ReadOnlySpan<int> Read(ref int[] list)
    {
        var now = Volatile.Read(ref list);
        return now is null ? default : now.AsSpan(1, Volatile.Read(ref now[0]));
    }

    public static void Append(ref int[]? list, int number)
    {
        if (list is null)
        {
            Volatile.Write(ref list, [1, number]);
            return;
        }
        var count = list[0];
        if (list[count] == number)
            return;
        if (count + 1 == list.Length)
        {
            var longer = new int[list.Length * 2];
            list.CopyTo(longer, 0);
            longer[++count] = number;
            longer[0] = count;
            Volatile.Write(ref list, longer);
            return;
        }
        list[count + 1] = number;
        Volatile.Write(ref list[0], count + 1);
    }
}
