namespace Lanthorn.Matching;

/// <summary>
/// Which words of a vocabulary that no longer changes are like the parts that were asked for last: a few names make up most
/// of what is asked. Holds numbers only, so that nothing of a question stays in memory through it.
/// </summary>
internal sealed class AlikeWords
{
    private const int Slots = 4096;

    /// <summary>Longer lists are looked for anew: all that is kept takes 64 MiB at most, and commonly one or two.</summary>
    private const int MostWords = 2048;

    private const ulong TextSeed = 21;
    private const ulong PhonesSeed = 22;
    private const ulong CanonSeed = 23;

    private readonly Entry?[] entries = new Entry?[Slots];

    /// <summary>What a comparison looks at in a token, in 128 bits.</summary>
    public static UInt128 KeyOf(Token token, bool isGuess)
    {
        var kind = (isGuess ? 1UL << 16 : 0) | (ulong)token.Script << 8 | (ulong)token.Kind;
        var phones = Hashing.Of(token.Phones, PhonesSeed);
        var canon = token.Canon is null ? 0 : Hashing.Of(token.Canon, CanonSeed);
        return new(
            Hashing.Mix(Hashing.Of(token.Text, TextSeed) + kind) ^ Hashing.Mix(token.NativeForms + canon),
            Hashing.Mix(phones + kind) ^ Hashing.Of(token.Text, CanonSeed) ^ Hashing.Mix(canon)
        );
    }

    public bool Find(UInt128 key, List<(int Token, float Likeness)> into)
    {
        if (Volatile.Read(ref entries[SlotOf(key)]) is not { } entry || entry.Key != key)
            return false;
        into.AddRange(entry.Words);
        return true;
    }

    public void Keep(UInt128 key, List<(int Token, float Likeness)> words)
    {
        if (words.Count <= MostWords)
            Volatile.Write(ref entries[SlotOf(key)], new(key, [.. words]));
    }

    private static int SlotOf(UInt128 key) => (int)((ulong)key & (Slots - 1));

    private sealed record Entry(UInt128 Key, (int Token, float Likeness)[] Words);
}
