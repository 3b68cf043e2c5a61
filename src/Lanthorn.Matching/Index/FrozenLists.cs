using System.Runtime.InteropServices;

namespace Lanthorn.Matching;

/// <summary>A list of numbers for each of 0, 1, 2 …, as they lie in a file: where each begins, and all numbers.</summary>
internal readonly struct FrozenLists(ReadOnlyMemory<byte> starts, ReadOnlyMemory<byte> numbers)
{
    public ReadOnlySpan<int> this[int at]
    {
        get
        {
            var start = MemoryMarshal.Cast<byte, int>(starts.Span).Slice(at, 2);
            return MemoryMarshal.Cast<byte, int>(numbers.Span)[start[0]..start[1]];
        }
    }
}

/// <summary>Lists as they are collected: numbers come in ascending order, one that comes twice is noted once.</summary>
internal sealed class ListsToFreeze
{
    private readonly List<int> last = [];
    private readonly List<int> counts = [];
    private readonly List<(int List, int Number)> noted = [];

    public void Note(int list, int number)
    {
        while (last.Count <= list)
        {
            last.Add(-1);
            counts.Add(0);
        }
        if (last[list] == number)
            return;
        (last[list], counts[list]) = (number, counts[list] + 1);
        noted.Add((list, number));
    }

    /// <param name="lists">How many there are; those that nothing was noted in are empty.</param>
    public void Write(string starts, string numbers, int lists, WriteColumn into)
    {
        var begins = new int[lists + 1];
        for (var list = 0; list < lists; list++)
            begins[list + 1] = checked(begins[list] + (list < counts.Count ? counts[list] : 0));
        var next = begins.AsSpan(..^1).ToArray();
        var all = new int[noted.Count];
        foreach (var (list, number) in noted)
            all[next[list]++] = number;
        into(starts, MemoryMarshal.AsBytes<int>(begins));
        into(numbers, MemoryMarshal.AsBytes<int>(all));
    }
}
