namespace Lanthorn.Matching;

/// <summary>
/// Likenesses that this thread has just computed: the parts of a query meet the same parts of an index again and again.
/// Holds numbers only, so that nothing erased stays in memory through it.
/// </summary>
internal static class Remembered
{
    private const int Slots = 4096;

    [ThreadStatic]
    private static Entry[]? entries;

    public static bool Find(Token a, Token b, out int slot, out float likeness)
    {
        var key = KeyOf(a, b);
        slot = (int)((key * 0x9E3779B97F4A7C15) >> 52);
        var own = entries ??= new Entry[Slots];
        ref readonly var entry = ref own[slot];
        likeness = entry.Likeness;
        return entry.Key == key;
    }

    public static void Keep(int slot, Token a, Token b, float likeness) => entries![slot] = new(KeyOf(a, b), likeness);

    private static ulong KeyOf(Token a, Token b) =>
        a.Serial < b.Serial ? (ulong)a.Serial << 32 | b.Serial : (ulong)b.Serial << 32 | a.Serial;

    private readonly record struct Entry(ulong Key, float Likeness);
}
