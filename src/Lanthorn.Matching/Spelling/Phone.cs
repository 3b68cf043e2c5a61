namespace Lanthorn.Matching;

/// <summary>
/// The sounds into which every script is read: one alphabet in which spellings of all scripts can be compared. Coarser
/// than phonetics and finer than Soundex: two sounds are kept apart when some romanisation keeps them apart.
/// </summary>
internal enum Phone : byte
{
    None,
    A,
    E,
    I,
    O,
    U,

    /// <summary>A vowel that may be heard or not: the Ge'ez sixth order, the Indic inherent vowel, ʿayn.</summary>
    Schwa,

    /// <summary>Letters of Arabic and Hebrew that stand for a consonant or a long vowel.</summary>
    Alef,
    Waw,
    Ya,
    Y,
    W,
    H,
    B,
    P,
    F,
    V,

    /// <summary>Hebrew bet, pe, kaf and shin, each of which has two readings.</summary>
    Bet,
    Pe,
    T,
    D,
    Th,
    Dh,
    K,
    Q,
    G,
    Gh,
    Kh,
    Kaf,
    S,
    Z,
    Sh,
    Zh,
    Ch,
    Ts,
    J,
    Shin,
    M,
    N,
    L,
    R,

    /// <summary>The ten digits follow each other from here.</summary>
    Digit0,
    Digit9 = Digit0 + 9,
}

/// <summary>What it costs to take one sound for another, and what kind each sound is. Made by us; symmetric.</summary>
internal static class Phones
{
    /// <summary>Costs are in hundredths: 100 is one letter plainly wrong.</summary>
    public const int Whole = 100;

    private const int Count = (int)Phone.Digit9 + 1;
    private const int SameClass = 60;
    private const int VowelForVowel = 50;
    private const int VowelForConsonant = 120;

    private static readonly byte[] Substitution = BuildSubstitution();
    private static readonly byte[] Loss = BuildLoss(vowel: 50);
    private static readonly byte[] LossAgainstAbjad = BuildLoss(vowel: 8);

    public static int Substitute(byte a, byte b) => Substitution[a * Count + b];

    /// <summary>The row of <see cref="Substitute"/> for one sound, so that a loop over the other needs one look-up.</summary>
    public static ReadOnlySpan<byte> SubstitutionsOf(byte a) => Substitution.AsSpan(a * Count, Count);

    /// <summary>What each sound costs when the other side lacks it; nearly nothing for vowels that an abjad does not write.</summary>
    public static ReadOnlySpan<byte> Losses(bool otherIsAbjad) => otherIsAbjad ? LossAgainstAbjad : Loss;

    public static bool IsVowel(Phone phone) => phone is >= Phone.A and <= Phone.Schwa;

    /// <summary>
    /// The coarse consonant class: 1 labial, 2 dental, 3 velar, 4 sibilant, 5 m, 6 n, 7 l, 8 r; 0 for sounds that
    /// spellings often leave out (vowels, h, w, y).
    /// </summary>
    public static int ClassOf(Phone phone) =>
        phone switch
        {
            >= Phone.B and <= Phone.Pe => 1,
            >= Phone.T and <= Phone.Dh => 2,
            >= Phone.K and <= Phone.Kaf => 3,
            >= Phone.S and <= Phone.Shin => 4,
            Phone.M => 5,
            Phone.N => 6,
            Phone.L => 7,
            Phone.R => 8,
            >= Phone.Digit0 => 9 + (phone - Phone.Digit0) % 6,
            _ => 0,
        };

    private static byte[] BuildSubstitution()
    {
        var costs = new byte[Count * Count];
        for (var a = 0; a < Count; a++)
        for (var b = 0; b < Count; b++)
            costs[a * Count + b] = (byte)Plain((Phone)a, (Phone)b);
        foreach (var (pair, cost) in Close())
        {
            costs[(int)pair.A * Count + (int)pair.B] = (byte)cost;
            costs[(int)pair.B * Count + (int)pair.A] = (byte)cost;
        }
        return costs;
    }

    private static int Plain(Phone a, Phone b)
    {
        if (a == b)
            return 0;
        if (a >= Phone.Digit0 || b >= Phone.Digit0)
            return Whole;
        if (IsSoft(a) && IsSoft(b))
            return VowelForVowel;
        if (IsSoft(a) || IsSoft(b))
            return VowelForConsonant;
        return ClassOf(a) == ClassOf(b) && ClassOf(a) != 0 ? SameClass : Whole;
    }

    private static bool IsSoft(Phone phone) => phone is >= Phone.A and <= Phone.W;

    private static IEnumerable<((Phone A, Phone B), int)> Close() => CloseVowels().Concat(CloseConsonants());

    private static IEnumerable<((Phone A, Phone B), int)> CloseVowels() =>
        [
            ((Phone.A, Phone.E), 30),
            ((Phone.A, Phone.O), 40),
            ((Phone.E, Phone.I), 25),
            ((Phone.O, Phone.U), 20),
            ((Phone.Schwa, Phone.A), 5),
            ((Phone.Schwa, Phone.E), 5),
            ((Phone.Schwa, Phone.I), 5),
            ((Phone.Schwa, Phone.O), 10),
            ((Phone.Schwa, Phone.U), 10),
            ((Phone.Schwa, Phone.Alef), 5),
            ((Phone.Alef, Phone.A), 0),
            ((Phone.Alef, Phone.E), 8),
            ((Phone.Alef, Phone.I), 20),
            ((Phone.Alef, Phone.O), 20),
            ((Phone.Alef, Phone.U), 25),
            ((Phone.Waw, Phone.O), 2),
            ((Phone.Waw, Phone.U), 0),
            ((Phone.Waw, Phone.W), 0),
            ((Phone.Waw, Phone.V), 15),
            ((Phone.Ya, Phone.I), 0),
            ((Phone.Ya, Phone.Y), 0),
            ((Phone.Ya, Phone.E), 6),
            ((Phone.Ya, Phone.A), 35),
            ((Phone.Ya, Phone.J), 40),
            ((Phone.Y, Phone.I), 10),
            ((Phone.Y, Phone.E), 35),
            ((Phone.W, Phone.U), 10),
            ((Phone.W, Phone.O), 30),
            ((Phone.W, Phone.V), 20),
            ((Phone.V, Phone.U), 40),
        ];

    private static IEnumerable<((Phone A, Phone B), int)> CloseConsonants() =>
        [
            ((Phone.B, Phone.P), 30),
            ((Phone.B, Phone.V), 25),
            ((Phone.F, Phone.V), 20),
            ((Phone.P, Phone.F), 35),
            ((Phone.Bet, Phone.B), 0),
            ((Phone.Bet, Phone.V), 0),
            ((Phone.Bet, Phone.W), 20),
            ((Phone.Pe, Phone.P), 0),
            ((Phone.Pe, Phone.F), 0),
            ((Phone.T, Phone.D), 45),
            ((Phone.T, Phone.Th), 8),
            ((Phone.D, Phone.Dh), 8),
            ((Phone.Th, Phone.S), 25),
            ((Phone.Th, Phone.Dh), 25),
            ((Phone.Dh, Phone.Z), 15),
            ((Phone.D, Phone.Z), 50),
            ((Phone.T, Phone.Ts), 40),
            ((Phone.T, Phone.Ch), 50),
            ((Phone.K, Phone.Q), 5),
            ((Phone.K, Phone.G), 40),
            ((Phone.Q, Phone.G), 20),
            ((Phone.G, Phone.Gh), 8),
            ((Phone.Gh, Phone.Q), 25),
            ((Phone.K, Phone.Kh), 25),
            ((Phone.Kh, Phone.H), 15),
            ((Phone.Kh, Phone.Gh), 40),
            ((Phone.Kh, Phone.Q), 35),
            ((Phone.Kh, Phone.Ch), 35),
            ((Phone.K, Phone.Ch), 35),
            ((Phone.K, Phone.S), 60),
            ((Phone.Kaf, Phone.K), 0),
            ((Phone.Kaf, Phone.Kh), 0),
            ((Phone.Kaf, Phone.Q), 10),
            ((Phone.Kaf, Phone.H), 25),
            ((Phone.Kaf, Phone.Ch), 20),
            ((Phone.S, Phone.Z), 25),
            ((Phone.S, Phone.Sh), 30),
            ((Phone.Sh, Phone.Ch), 18),
            ((Phone.Sh, Phone.Zh), 30),
            ((Phone.Zh, Phone.J), 8),
            ((Phone.Zh, Phone.Z), 30),
            ((Phone.Zh, Phone.G), 35),
            ((Phone.Ts, Phone.S), 20),
            ((Phone.Ts, Phone.Z), 20),
            ((Phone.Ts, Phone.Ch), 30),
            ((Phone.Ts, Phone.K), 45),
            ((Phone.Ch, Phone.J), 30),
            ((Phone.J, Phone.G), 20),
            ((Phone.J, Phone.Gh), 40),
            ((Phone.J, Phone.Y), 35),
            ((Phone.J, Phone.Kh), 45),
            ((Phone.J, Phone.H), 50),
            ((Phone.J, Phone.Z), 40),
            ((Phone.Shin, Phone.S), 5),
            ((Phone.Shin, Phone.Sh), 0),
            ((Phone.Shin, Phone.Ch), 15),
            ((Phone.G, Phone.H), 55),
            ((Phone.M, Phone.N), 60),
            ((Phone.L, Phone.R), 80),
        ];

    private static byte[] BuildLoss(int vowel)
    {
        var costs = new byte[Count];
        for (var p = 0; p < Count; p++)
            costs[p] = (byte)(
                (Phone)p switch
                {
                    Phone.Schwa => 4,
                    Phone.Alef => 15,
                    Phone.Waw => 40,
                    Phone.Ya => 35,
                    Phone.Y or Phone.W => 45,
                    Phone.H => 35,
                    var phone when IsVowel(phone) => vowel,
                    _ => Whole,
                }
            );
        return costs;
    }
}
