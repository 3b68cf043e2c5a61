namespace Lanthorn.Matching;

/// <summary>
/// The keys under which a part of a name is found by its other spellings: its consonants in coarse classes (all scripts
/// meet there), its consonants less one, its letters less one where it is short, and its group of equal names.
/// </summary>
internal static class TokenKeys
{
    /// <summary>No token has more keys than this.</summary>
    public const int Max = 72;

    private const int MaxConsonants = 14;
    private const int MostLettersForDeletion = 7;
    private const int FewestConsonantsForDeletion = 3;
    private const int MostVariants = 3;
    private const int MostLearnt = 24;

    private const ulong CoarseSeed = 11;
    private const ulong FineSeed = 12;
    private const ulong LetterSeed = 13;
    private const ulong CanonSeed = 14;
    private const ulong JoinSeed = 15;

    public static int Write(Token token, Span<ulong> keys)
    {
        var count = 0;
        if (token.Canon is not null)
            Add(keys, ref count, Hashing.Of(token.Canon, CanonSeed));
        AddLearnt(token, keys, ref count);
        AddCoarse(token.Phones, keys, ref count);
        AddFine(token.Phones, keys, ref count);
        AddLetters(token.Text, keys, ref count);
        return count;
    }

    /// <summary>Fewer keys, for words put together by guess: by sound, without a letter lost.</summary>
    public static int WriteFew(Token token, Span<ulong> keys)
    {
        var count = 0;
        AddLearnt(token, keys, ref count);
        Add(keys, ref count, CoarseKey(Skeleton.OfPhones(token.Phones)));
        return count;
    }

    /// <summary>The key of neighbouring parts as if they were one word; 0 when it would say too little.</summary>
    public static ulong OfJoined(ReadOnlySpan<Token> parts)
    {
        Span<byte> classes = stackalloc byte[MaxConsonants];
        var count = 0;
        foreach (var part in parts)
        foreach (var phone in part.Phones)
            if (Phones.ClassOf((Phone)phone) is > 0 and var own && count < MaxConsonants)
                classes[count++] = (byte)own;
        return count < 3 ? 0 : Hashing.Of(classes[..count], JoinSeed);
    }

    /// <summary>A word of a script whose letters were learnt is found under its likeliest Latin skeletons.</summary>
    private static void AddLearnt(Token token, Span<ulong> keys, ref int count)
    {
        if (LearntLetters.Of(token.Script) is not { } learnt)
            return;
        Span<ulong> skeletons = stackalloc ulong[MostLearnt];
        foreach (var classes in skeletons[..learnt.WriteSkeletons(token.Text, skeletons)])
            Add(keys, ref count, CoarseKey(classes));
    }

    /// <summary>
    /// Sounds on whose class scripts disagree (ج is j or g, ch is sh or k, kh is kh or h, ث is th or s) are read both ways:
    /// all one way, all the other way, and each alone.
    /// </summary>
    private static void AddCoarse(ReadOnlySpan<byte> phones, Span<ulong> keys, ref int count)
    {
        var ambiguous = 0;
        foreach (var phone in phones)
            if (OtherClass((Phone)phone) >= 0)
                ambiguous++;
        var variants = ambiguous == 0 ? 1 : 1 << Math.Min(ambiguous, MostVariants);
        for (var variant = 0; variant < variants; variant++)
        {
            var (classes, seen) = (0UL, 0);
            foreach (var phone in phones)
            {
                var own = Phones.ClassOf((Phone)phone);
                var other = OtherClass((Phone)phone);
                if (other >= 0 && (variant >> Math.Min(seen++, MostVariants - 1) & 1) != 0)
                    own = other;
                classes = Skeleton.Append(classes, own);
            }
            Add(keys, ref count, CoarseKey(classes));
        }
    }

    private static ulong CoarseKey(ulong classes) => Hashing.Mix(classes + CoarseSeed);

    private static int OtherClass(Phone phone) =>
        phone switch
        {
            Phone.J or Phone.Ch => 3,
            Phone.Kh => 0,
            Phone.Th or Phone.Dh => 4,
            _ => -1,
        };

    private static void AddFine(ReadOnlySpan<byte> phones, Span<ulong> keys, ref int count)
    {
        Span<byte> consonants = stackalloc byte[MaxConsonants];
        var length = 0;
        foreach (var phone in phones)
            if (Phones.ClassOf((Phone)phone) > 0 && length < MaxConsonants)
                consonants[length++] = (byte)Plain((Phone)phone);
        if (length < FewestConsonantsForDeletion)
            return;
        Add(keys, ref count, Hashing.Of(consonants[..length], FineSeed));
        Span<byte> less = stackalloc byte[MaxConsonants];
        for (var skipped = 0; skipped < length; skipped++)
        {
            consonants[..skipped].CopyTo(less);
            consonants[(skipped + 1)..length].CopyTo(less[skipped..]);
            Add(keys, ref count, Hashing.Of(less[..(length - 1)], FineSeed));
        }
    }

    private static Phone Plain(Phone phone) =>
        phone switch
        {
            Phone.Q or Phone.Kaf => Phone.K,
            Phone.Gh => Phone.G,
            Phone.Th => Phone.T,
            Phone.Dh => Phone.D,
            Phone.Bet => Phone.B,
            Phone.Pe => Phone.P,
            Phone.Shin or Phone.Ch => Phone.Sh,
            Phone.Zh => Phone.J,
            _ => phone,
        };

    private static void AddLetters(string text, Span<ulong> keys, ref int count)
    {
        if (text.Length > MostLettersForDeletion)
            return;
        Add(keys, ref count, Hashing.Of(text, LetterSeed));
        if (text.Length < 3)
            return;
        Span<char> less = stackalloc char[MostLettersForDeletion];
        for (var skipped = 0; skipped < text.Length; skipped++)
        {
            text.AsSpan(0, skipped).CopyTo(less);
            text.AsSpan(skipped + 1).CopyTo(less[skipped..]);
            Add(keys, ref count, Hashing.Of(less[..(text.Length - 1)], LetterSeed));
        }
    }

    private static void Add(Span<ulong> keys, ref int count, ulong key)
    {
        if (count < keys.Length && !keys[..count].Contains(key))
            keys[count++] = key;
    }
}
