using System.Security.Cryptography;
using Lanthorn.Knowledge;

namespace Lanthorn.Commitments.Contracts;

/// <summary>
/// The short name of an undertaking or a project, such as <c>U-7K3QXM</c>: capital letters, digits and hyphens. New ones come
/// by chance: numbers in a row would tell a reader how many he does not see.
/// </summary>
public readonly record struct Reference
{
    public const int MaxLength = 32;

    /// <summary>Without signs that look alike.</summary>
    private const string Signs = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Drawn = 6;

    private readonly string? text;

    private Reference(string text) => this.text = text;

    public static Parsed<Reference> Parse(string? given)
    {
        var text = (given ?? "").Trim().ToUpperInvariant();
        if (text.Length is < 2 or > MaxLength)
            return Parsed.Refuse($"a reference has 2 to {MaxLength} characters");
        if (!text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-'))
            return Parsed.Refuse("a reference has letters from A to Z, digits and hyphens, such as U-7K3QXM");
        return Parsed.Accept(new Reference(text));
    }

    /// <summary>A new one by chance; of some hundred millions, so whoever keeps it makes sure that it is free.</summary>
    public static Reference Draw(char kind) => new($"{kind}-{RandomNumberGenerator.GetString(Signs, Drawn)}");

    /// <summary>The same one for the same number: for collections that are made anew and must meet what is there.</summary>
    public static Reference Of(string kind, ulong number)
    {
        var signs = new char[Drawn + 2];
        for (var at = 0; at < signs.Length; at++, number /= (ulong)Signs.Length)
            signs[at] = Signs[(int)(number % (ulong)Signs.Length)];
        return new($"{kind}-{new string(signs)}");
    }

    public override string ToString() => text ?? "";
}
