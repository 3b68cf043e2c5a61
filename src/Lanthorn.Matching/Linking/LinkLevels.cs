using System.Globalization;

namespace Lanthorn.Matching;

/// <summary>
/// How two rows agree, column by column: a level from 1 (they contradict each other) up to <see cref="Most"/> (the same),
/// 0 where one of them says nothing. Three bits a column make a pattern. One for each thread.
/// </summary>
internal sealed class LinkLevels
{
    public const int Missing = 0;
    public const int Apart = 1;
    public const int Most = 6;
    public const int Bits = 3;

    private const int Slots = 1 << 16;

    private readonly LinkTable table;

    /// <summary>For each column, what was compared last: by two values, the level.</summary>
    private readonly (ulong Pair, byte Level)[][] known;
    private readonly int[] names;

    public LinkLevels(LinkTable table)
    {
        this.table = table;
        known = [.. table.Fields.Select(_ => new (ulong, byte)[Slots])];
        names = [.. Enumerable.Range(0, table.Fields.Count).Where(f => table.Fields[f].Kind == LinkFieldKind.Name)];
    }

    public ulong PatternOf(int one, int other)
    {
        var a = table[one];
        var b = table[other];
        var pattern = 0UL;
        for (var field = 0; field < a.Length; field++)
            pattern |= (ulong)LevelOf(field, a[field], b[field]) << (Bits * field);
        return names.Length == 2 ? WithExchange(pattern, a, b) : pattern;
    }

    public static int LevelIn(ulong pattern, int field) => (int)(pattern >> (Bits * field) & 7);

    public int LevelOf(int field, int a, int b)
    {
        if (a < 0 || b < 0)
            return Missing;
        if (a == b)
            return Most;
        var pair = a < b ? (ulong)(uint)a << 32 | (uint)b : (ulong)(uint)b << 32 | (uint)a;
        ref var slot = ref known[field][Hashing.Mix(pair) & (Slots - 1)];
        if (slot.Level == 0 || slot.Pair != pair)
            slot = (pair, (byte)Compare(table.ValuesOf(field), a, b));
        return slot.Level;
    }

    /// <summary>Given name and surname in each other's place: both columns contradict each other, crosswise they are the same.</summary>
    private ulong WithExchange(ulong pattern, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (first, last) = (names[0], names[1]);
        if (LevelIn(pattern, first) != Apart || LevelIn(pattern, last) != Apart)
            return pattern;
        var (x, y) = (table.ValuesOf(first), table.ValuesOf(last));
        if (x[a[first]] != y[b[last]] || y[a[last]] != x[b[first]])
            return pattern;
        const ulong same = Most - 1;
        var clear = ~(7UL << (Bits * first) | 7UL << (Bits * last));
        return pattern & clear | same << (Bits * first) | same << (Bits * last);
    }

    private static int Compare(LinkValues values, int a, int b) =>
        values.Kind switch
        {
            LinkFieldKind.Name => OfNames(values.NameOf(a), values.NameOf(b)),
            LinkFieldKind.Date => OfDates(values, a, b),
            LinkFieldKind.Identifier => OfIdentifiers(values[a], values[b]),
            _ => OfTexts(values[a], values[b]),
        };

    private static int OfNames(PreparedName a, PreparedName b) =>
        NameComparison.Compare(a, b, SubjectKind.Person) switch
        {
            >= 0.93f => 5,
            >= 0.84f => 4,
            >= 0.72f => 3,
            >= 0.5f => 2,
            _ => Apart,
        };

    private static int OfDates(LinkValues values, int a, int b)
    {
        var (x, y) = (values.DateAt(a), values.DateAt(b));
        if (x == 0 || y == 0)
            return OfTexts(values[a], values[b]) >= Most - 1 ? Most - 1 : Apart;
        if (x == y)
            return Most;
        var (left, right) = (Text(x), Text(y));
        if (x / 10_000 == y / 10_000)
            return (x % 10_000 == 0 || y % 10_000 == 0) ? 5
                : IsExchanged(x, y) || Edits.Count(left, right) == 1 ? 5
                : 4;
        return Edits.Count(left, right) == 1 ? 5
            : x % 10_000 == y % 10_000 && x % 10_000 != 0 ? 3
            : Math.Abs(x / 10_000 - y / 10_000) <= 1 ? 2
            : Apart;
    }

    private static bool IsExchanged(int x, int y) => x / 100 % 100 == y % 100 && x % 100 == y / 100 % 100;

    private static string Text(int date) => date.ToString("00000000", CultureInfo.InvariantCulture);

    /// <summary>One slip of the pen, two or three in a long one, or another.</summary>
    private static int OfIdentifiers(string a, string b)
    {
        var longest = Math.Max(a.Length, b.Length);
        if (longest is < 4 or > 64)
            return Apart;
        var edits = Edits.Count(a, b);
        return edits == 1 ? 5
            : edits * 5 <= longest * 2 ? 3
            : Apart;
    }

    private static int OfTexts(string a, string b)
    {
        var longest = Math.Max(a.Length, b.Length);
        if (Math.Abs(a.Length - b.Length) * 2 <= longest && longest <= 64)
        {
            var edits = Edits.Count(a, b);
            if (edits == 1 && longest >= 3)
                return 5;
            if (edits * 5 <= longest)
                return 4;
            if (edits * 3 <= longest)
                return 3;
        }
        return SharesWord(a, b) ? 2 : Apart;
    }

    private static bool SharesWord(string a, string b)
    {
        foreach (var word in a.AsSpan().Split(' '))
            if (a.AsSpan(word) is { Length: >= 3 } part)
                foreach (var other in b.AsSpan().Split(' '))
                    if (part.SequenceEqual(b.AsSpan(other)))
                        return true;
        return false;
    }
}
