namespace Lanthorn.Matching;

/// <summary>
/// Reads Latin letters a-z (diacritics already resolved) as sounds. The letters' language is unknown, so that the rules
/// are those that most romanisations share; what they disagree on is close in the cost table instead.
/// </summary>
internal static class LatinSpelling
{
    /// <summary>Longest first within each first letter.</summary>
    private static readonly (string Letters, Phone First, Phone Second)[] Groups =
    [
        ("tsch", Phone.Ch, Phone.None),
        ("shch", Phone.Sh, Phone.None),
        ("dzh", Phone.J, Phone.None),
        ("dsch", Phone.J, Phone.None),
        ("sch", Phone.Sh, Phone.None),
        ("tch", Phone.Ch, Phone.None),
        ("chr", Phone.K, Phone.R),
        ("chl", Phone.Kh, Phone.L),
        ("sh", Phone.Sh, Phone.None),
        ("ch", Phone.Ch, Phone.None),
        ("cz", Phone.Ch, Phone.None),
        ("sz", Phone.Sh, Phone.None),
        ("ck", Phone.K, Phone.None),
        ("cq", Phone.K, Phone.None),
        ("kh", Phone.Kh, Phone.None),
        ("gh", Phone.Gh, Phone.None),
        ("th", Phone.Th, Phone.None),
        ("dh", Phone.Dh, Phone.None),
        ("zh", Phone.Zh, Phone.None),
        ("ph", Phone.F, Phone.None),
        ("rh", Phone.R, Phone.None),
        ("ts", Phone.Ts, Phone.None),
        ("tz", Phone.Ts, Phone.None),
        ("dj", Phone.J, Phone.None),
        ("dg", Phone.J, Phone.None),
        ("tj", Phone.Ch, Phone.None),
        ("qu", Phone.K, Phone.None),
        ("oo", Phone.U, Phone.None),
        ("ou", Phone.U, Phone.None),
        ("ee", Phone.I, Phone.None),
        ("ie", Phone.I, Phone.None),
        ("oe", Phone.O, Phone.None),
        ("ae", Phone.A, Phone.None),
        ("ue", Phone.U, Phone.None),
    ];

    private static readonly (string, Phone, Phone)[][] GroupsByLetter =
    [
        .. Enumerable.Range('a', 26).Select(c => Groups.Where(g => g.Letters[0] == c).ToArray()),
    ];

    public static void Read(ReadOnlySpan<char> word, ref PhoneBuffer phones)
    {
        for (var i = 0; i < word.Length; )
        {
            var c = word[i];
            if (c is >= '0' and <= '9')
            {
                phones.AddAgain((Phone)((int)Phone.Digit0 + (c - '0')));
                i++;
                continue;
            }
            if (c is < 'a' or > 'z')
            {
                i++;
                continue;
            }
            var length = ReadGroup(word[i..], ref phones);
            if (length == 0)
            {
                ReadLetter(word, i, ref phones);
                length = 1;
            }
            i += length;
        }
    }

    private static int ReadGroup(ReadOnlySpan<char> rest, ref PhoneBuffer phones)
    {
        foreach (var (letters, first, second) in GroupsByLetter[rest[0] - 'a'])
            if (rest.StartsWith(letters, StringComparison.Ordinal))
            {
                phones.Add(first);
                phones.Add(second);
                return letters.Length;
            }
        return 0;
    }

    private static void ReadLetter(ReadOnlySpan<char> word, int i, ref PhoneBuffer phones)
    {
        var next = i + 1 < word.Length ? word[i + 1] : '\0';
        switch (word[i])
        {
            case 'c':
                phones.Add(next is 'e' or 'i' or 'y' ? Phone.S : Phone.K);
                break;
            case 'x':
                if (i > 0)
                    phones.Add(Phone.K);
                phones.Add(Phone.S);
                break;
            case 'y':
                var isVowel = (i > 0 && !IsVowel(word[i - 1])) || (i > 0 && i == word.Length - 1);
                phones.Add(isVowel || (i == 0 && !IsVowel(next)) ? Phone.I : Phone.Y);
                break;
            case var letter:
                phones.Add(Letters[letter - 'a']);
                break;
        }
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private static readonly Phone[] Letters =
    [
        Phone.A,
        Phone.B,
        Phone.K,
        Phone.D,
        Phone.E,
        Phone.F,
        Phone.G,
        Phone.H,
        Phone.I,
        Phone.J,
        Phone.K,
        Phone.L,
        Phone.M,
        Phone.N,
        Phone.O,
        Phone.P,
        Phone.Q,
        Phone.R,
        Phone.S,
        Phone.T,
        Phone.U,
        Phone.V,
        Phone.W,
        Phone.K,
        Phone.I,
        Phone.Z,
    ];
}
