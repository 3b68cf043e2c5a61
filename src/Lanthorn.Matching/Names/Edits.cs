namespace Lanthorn.Matching;

/// <summary>
/// The number of letters lost, added, changed or swapped with a neighbour between two words: optimal string alignment.
/// Plain Latin words take the bit-parallel form (Hyyrö 2003), one machine word for a column.
/// </summary>
internal static class Edits
{
    public static int Count(ReadOnlySpan<char> x, ReadOnlySpan<char> y) =>
        x.Length <= 64 && IsPlain(x) && IsPlain(y) ? InParallel(x, y) : ByRows(x, y);

    private static bool IsPlain(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
            if (!char.IsAsciiLetterLower(c))
                return false;
        return true;
    }

    private static int InParallel(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        Span<ulong> places = stackalloc ulong[32];
        places.Clear();
        for (var i = 0; i < x.Length; i++)
            places[x[i] & 31] |= 1UL << i;
        var (rises, falls, zero, before) = (ulong.MaxValue, 0UL, 0UL, 0UL);
        var last = x.Length - 1;
        var count = x.Length;
        foreach (var c in y)
        {
            var here = places[c & 31];
            var swapped = ((~zero & here) << 1) & before;
            zero = (((here & rises) + rises) ^ rises) | here | falls | swapped;
            var right = falls | ~(zero | rises);
            var left = zero & rises;
            count += (int)(right >> last & 1) - (int)(left >> last & 1);
            right = right << 1 | 1;
            left <<= 1;
            rises = left | ~(zero | right);
            falls = right & zero;
            before = here;
        }
        return count;
    }

    private static int ByRows(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        Span<int> before = stackalloc int[y.Length + 1];
        Span<int> last = stackalloc int[y.Length + 1];
        Span<int> row = stackalloc int[y.Length + 1];
        for (var j = 0; j <= y.Length; j++)
            last[j] = j;
        for (var i = 1; i <= x.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= y.Length; j++)
            {
                var changed = last[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1);
                var best = Math.Min(changed, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                    best = Math.Min(best, before[j - 2] + 1);
                row[j] = best;
            }
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[y.Length];
    }
}
