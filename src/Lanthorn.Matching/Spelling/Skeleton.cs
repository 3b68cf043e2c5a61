namespace Lanthorn.Matching;

/// <summary>The consonant classes of a word, four bits each, the last one lowest; and the cost of reading it so.</summary>
internal readonly record struct Skeleton(ulong Classes, int Cost) : IComparable<Skeleton>
{
    /// <summary>Classes that fit; what follows is left out.</summary>
    public const int Longest = 14;

    private const ulong Full = 1UL << (4 * (Longest - 1));

    public static ulong Append(ulong classes, int own) =>
        own == 0 || classes >= Full ? classes : classes << 4 | (uint)own;

    public int CompareTo(Skeleton other) => Cost.CompareTo(other.Cost);

    /// <summary>Of a group of at most three Latin letters within a word, as the table of learnt letters packs it.</summary>
    /// <param name="after">A vowel that follows, on which the reading of c depends; or nothing.</param>
    public static Skeleton OfGroup(int group, int cost, string after)
    {
        Span<char> letters = stackalloc char[5];
        letters[0] = 'a';
        var count = 1;
        foreach (var letter in (ReadOnlySpan<int>)[group / 729, group / 27 % 27, group % 27])
            if (letter > 0)
                letters[count++] = (char)('a' + letter - 1);
        after.CopyTo(letters[count..]);
        var phones = new PhoneBuffer(stackalloc byte[8]);
        LatinSpelling.Read(letters[..(count + after.Length)], ref phones);
        return new(OfPhones(phones.Read), cost);
    }

    public static ulong OfPhones(ReadOnlySpan<byte> phones)
    {
        var classes = 0UL;
        foreach (var phone in phones)
            classes = Append(classes, Phones.ClassOf((Phone)phone));
        return classes;
    }

    public Skeleton Then(Skeleton step)
    {
        var classes = Classes;
        for (var shift = 8; shift >= 0; shift -= 4)
            classes = Append(classes, (int)(step.Classes >> shift & 15));
        return new(classes, Cost + step.Cost);
    }

    /// <summary>Puts one among the cheapest, in order, each once; false when it is dearer than all that there is room for.</summary>
    public static bool Keep(Skeleton own, Span<Skeleton> cheapest, ref int count)
    {
        for (var i = 0; i < count; i++)
            if (cheapest[i].Classes == own.Classes)
            {
                if (cheapest[i].Cost <= own.Cost)
                    return true;
                cheapest[(i + 1)..count].CopyTo(cheapest[i..]);
                count--;
                break;
            }
        if (count == cheapest.Length)
        {
            if (cheapest[count - 1].Cost <= own.Cost)
                return false;
            count--;
        }
        var at = count++;
        for (; at > 0 && cheapest[at - 1].Cost > own.Cost; at--)
            cheapest[at] = cheapest[at - 1];
        cheapest[at] = own;
        return true;
    }
}
