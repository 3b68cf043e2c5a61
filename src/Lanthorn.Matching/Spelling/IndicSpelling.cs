namespace Lanthorn.Matching;

/// <summary>
/// Reads the Indian scripts from Devanagari to Malayalam (Bengali among them). Unicode lays all of them out alike, 128
/// places each, so that one table serves: a consonant carries the inherent vowel unless a sign or the virama follows.
/// </summary>
internal static class IndicSpelling
{
    private const char First = '\u0900';
    private const int Virama = 0x4D;

    public static void Read(ReadOnlySpan<char> word, ref PhoneBuffer phones)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] < First || word[i] >= '\u0D80')
                continue;
            var place = (word[i] - First) % 0x80;
            var consonant = Consonant(place);
            if (consonant == Phone.None)
            {
                phones.Add(Vowel(place));
                continue;
            }
            phones.Add(consonant);
            var next = NextPlace(word, i);
            if (next is not (>= 0x3E and <= Virama))
                phones.Add(Phone.Schwa);
        }
        if (phones.Last == Phone.Schwa && phones.Count > 1)
            phones.Drop();
    }

    private static int NextPlace(ReadOnlySpan<char> word, int i)
    {
        // The nukta (3C) modifies the letter before it and hides what follows.
        var next = i + 1 < word.Length ? (word[i + 1] - First) % 0x80 : 0;
        return next == 0x3C && i + 2 < word.Length ? (word[i + 2] - First) % 0x80 : next;
    }

    private static Phone Consonant(int place) =>
        place switch
        {
            0x15 => Phone.K,
            0x16 => Phone.Kh,
            0x17 => Phone.G,
            0x18 => Phone.Gh,
            0x19 or 0x1E or 0x23 or 0x28 or 0x29 => Phone.N,
            0x1A or 0x1B => Phone.Ch,
            0x1C or 0x1D => Phone.J,
            0x1F or 0x24 => Phone.T,
            0x20 or 0x25 => Phone.Th,
            0x21 or 0x26 => Phone.D,
            0x22 or 0x27 => Phone.Dh,
            0x2A => Phone.P,
            0x2B => Phone.F,
            0x2C or 0x2D => Phone.B,
            0x2E => Phone.M,
            0x2F or 0x5F => Phone.Y,
            0x30 or 0x31 or 0x5C or 0x5D => Phone.R,
            0x32 or 0x33 or 0x34 => Phone.L,
            0x35 => Phone.V,
            0x36 or 0x37 => Phone.Sh,
            0x38 => Phone.S,
            0x39 => Phone.H,
            0x58 => Phone.Q,
            0x59 => Phone.Kh,
            0x5A => Phone.Gh,
            0x5B => Phone.Z,
            0x5E => Phone.F,
            _ => Phone.None,
        };

    private static Phone Vowel(int place) =>
        place switch
        {
            0x01 or 0x02 => Phone.N,
            0x03 => Phone.H,
            0x05 or 0x06 or 0x3E => Phone.A,
            0x07 or 0x08 or 0x3F or 0x40 => Phone.I,
            0x09 or 0x0A or 0x41 or 0x42 => Phone.U,
            0x0B or 0x43 => Phone.R,
            0x0D or 0x0E or 0x0F or 0x10 or 0x45 or 0x46 or 0x47 or 0x48 => Phone.E,
            0x11 or 0x12 or 0x13 or 0x14 or 0x49 or 0x4A or 0x4B or 0x4C => Phone.O,
            _ => Phone.None,
        };
}
