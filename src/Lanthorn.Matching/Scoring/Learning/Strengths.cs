using System.Collections.Immutable;
using Lanthorn.Knowledge;

namespace Lanthorn.Matching;

/// <summary>What can be learnt of a score: how strongly each thing counts, beside how strongly it was designed to.</summary>
public enum Strength
{
    /// <summary>How fast a name loses by being less alike.</summary>
    NameStrictness,
    WeakAlias,
    KindLoss,
    IdentifierGain,
    ContactGain,
    BirthDateGain,
    BirthDateLoss,
    CountryGain,
    CountryLoss,
    GenderGain,
    GenderLoss,
    AddressGain,
}

/// <summary>
/// A multiple of the designed effect for each <see cref="Strength"/>: 1 is as designed. All are above nothing, so that an
/// agreement never takes away and a contradiction never adds.
/// </summary>
public sealed class Strengths
{
    public const int Count = (int)Strength.AddressGain + 1;
    public const double Least = 0.25;
    public const double Most = 4;

    /// <summary>
    /// An equal identifier gains 0.6 and an equal contact 0.4: were a contact to gain more than an identifier, finding out
    /// that identifiers agree as well could lower a score.
    /// </summary>
    public const double MostContactToIdentifier = 1.5;

    public static readonly Strengths Designed = new([.. Enumerable.Repeat(1d, Count)]);

    private readonly ImmutableArray<double> values;

    private Strengths(ImmutableArray<double> values) => this.values = values;

    public double this[Strength strength] => values[(int)strength];

    public IReadOnlyList<double> Values => values;

    /// <summary>Between which numbers a strength lies.</summary>
    public static (double Least, double Most) Bounds(Strength strength) =>
        strength switch
        {
            Strength.NameStrictness => (0.5, 2),
            // A name of low quality never counts as much as a name that somebody had before.
            Strength.WeakAlias => (0.5, 1.1),
            _ => (Least, Most),
        };

    /// <summary>Refuses what would break a law of scores.</summary>
    public static Parsed<Strengths> Create(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != Count)
            return Parsed.Refuse($"A scorer has {Count} strengths, not {values.Count}");
        for (var at = 0; at < Count; at++)
            if (Bounds((Strength)at) is var (least, most) && !(values[at] >= least && values[at] <= most))
                return Parsed.Refuse($"{(Strength)at} is a number from {least} to {most}");
        return values[(int)Strength.ContactGain] > MostContactToIdentifier * values[(int)Strength.IdentifierGain] + 1e-9
            ? Parsed.Refuse("A contact cannot gain more than an identifier")
            : Parsed.Accept(new Strengths([.. values]));
    }
}
