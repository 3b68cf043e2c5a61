using System.Numerics;

namespace Lanthorn.Matching;

/// <summary>
/// What a glance at a part of a name tells, in twelve bytes: enough to pass over nearly all that cannot be alike without
/// touching the part itself.
/// </summary>
internal readonly struct Shape
{
    /// <summary>Sound classes in which two spellings of one name may still differ.</summary>
    private const int ClassesApart = 3;
    private const int ClassesApartAcross = 4;

    private readonly uint letters;
    private readonly ushort classes;
    private readonly byte length;
    private readonly Script script;

    public Shape(string text, ReadOnlySpan<byte> phones, Script script)
    {
        foreach (var c in text)
            letters |= 1u << (c & 31);
        foreach (var phone in phones)
            classes |= (ushort)(1 << Phones.ClassOf((Phone)phone));
        classes &= 0xFFFE;
        length = (byte)Math.Min(byte.MaxValue, text.Length);
        this.script = script;
    }

    /// <summary>Whether two words of one script have so many letters in common that a search looks at them. Symmetric.</summary>
    public bool IsNear(in Shape other)
    {
        if (script != other.script)
            return true;
        var different = Math.Max(
            BitOperations.PopCount(letters & ~other.letters),
            BitOperations.PopCount(other.letters & ~letters)
        );
        return different * 5 <= (Math.Max(length, other.length) + 1) * 2;
    }

    /// <summary>Whether so few letters differ, or the sounds are so near, that a comparison is worth its time. Symmetric.</summary>
    public bool CanBeLike(in Shape other)
    {
        var apart = BitOperations.PopCount((uint)(classes ^ other.classes));
        var all = BitOperations.PopCount((uint)classes) + BitOperations.PopCount((uint)other.classes);
        if (script != other.script)
            return apart <= ClassesApartAcross && apart * 2 <= all + 2;
        if (apart > ClassesApart || apart * 2 > all + 1)
            return false;
        var longest = Math.Max(length, other.length);
        var different = Math.Max(
            BitOperations.PopCount(letters & ~other.letters),
            BitOperations.PopCount(other.letters & ~letters)
        );
        // Nothing that sounds alike differs in two consonant classes and in most letters as well.
        if (apart >= 2 && different * 2 > longest)
            return false;
        return different * 5 <= longest * 3 + 5 && Math.Abs(length - other.length) * 2 <= longest + 1;
    }
}
