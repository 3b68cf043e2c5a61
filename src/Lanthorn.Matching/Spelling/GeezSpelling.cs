namespace Lanthorn.Matching;

/// <summary>
/// Reads Ge'ez syllables (Tigrinya, Amharic). Unicode lays them out in rows of eight per consonant, the column being the
/// vowel order; the sixth order may be mute.
/// </summary>
internal static class GeezSpelling
{
    private const char First = '\u1200';

    private static readonly Phone[] Rows =
    [
        Phone.H,
        Phone.L,
        Phone.H,
        Phone.M,
        Phone.S,
        Phone.R,
        Phone.S,
        Phone.Sh,
        Phone.Q,
        Phone.Q,
        Phone.Q,
        Phone.Q,
        Phone.B,
        Phone.V,
        Phone.T,
        Phone.Ch,
        Phone.H,
        Phone.H,
        Phone.N,
        Phone.N,
        Phone.None,
        Phone.K,
        Phone.K,
        Phone.Kh,
        Phone.Kh,
        Phone.W,
        Phone.None,
        Phone.Z,
        Phone.Zh,
        Phone.Y,
        Phone.D,
        Phone.D,
        Phone.J,
        Phone.G,
        Phone.G,
        Phone.G,
        Phone.T,
        Phone.Ch,
        Phone.P,
        Phone.Ts,
        Phone.Ts,
        Phone.F,
        Phone.P,
    ];

    private static readonly Phone[] Orders =
    [
        Phone.E,
        Phone.U,
        Phone.I,
        Phone.A,
        Phone.E,
        Phone.Schwa,
        Phone.O,
        Phone.A,
    ];

    public static void Read(ReadOnlySpan<char> word, ref PhoneBuffer phones)
    {
        foreach (var c in word)
        {
            var offset = c - First;
            if (offset < 0 || offset / 8 >= Rows.Length)
                continue;
            var (row, order) = (offset / 8, offset % 8);
            var consonant = Rows[row];
            phones.Add(consonant);
            if (order == 7 && consonant is not (Phone.W or Phone.None))
                phones.Add(Phone.W);
            phones.Add(Vowel(row, order, consonant));
        }
        // A final sixth order is mute.
        if (phones.Last == Phone.Schwa && phones.Count > 1)
            phones.Drop();
    }

    /// <summary>The first order is a after the gutturals and ä, written e or a, after the others.</summary>
    private static Phone Vowel(int row, int order, Phone consonant) =>
        order == 0 && consonant is Phone.None or Phone.H ? Phone.A
        : order == 5 && consonant == Phone.None ? Phone.E
        : order == 0 ? Phone.Schwa
        : Orders[order];
}
