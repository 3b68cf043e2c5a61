using System.Numerics;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>
/// Chance from a seed, the same on every machine and in every version of .NET: SplitMix64 (Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", 2014). Each thing and each record has its own, so that what one draws
/// changes nothing for another. Not for secrets; not safe for several threads.
/// </summary>
internal sealed class Chance
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong state;

    private Chance(ulong state) => this.state = state;

    public static Chance Of(ulong seed, params ReadOnlySpan<int> what) => new(Hash(seed, what));

    /// <summary>64 bits that hang on the seed and each of the numbers.</summary>
    public static ulong Hash(ulong seed, params ReadOnlySpan<int> what)
    {
        var hash = Mix(seed);
        foreach (var part in what)
            hash = Mix(BitOperations.RotateLeft(hash, 5) + Step + (uint)part);
        return hash;
    }

    /// <summary>From 0 to one less than the count.</summary>
    public int Below(int count) => (int)(((UInt128)Next() * (ulong)count) >> 64);

    /// <summary>True in so many cases of a hundred.</summary>
    public bool In100(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    private ulong Next() => Mix(state += Step);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
