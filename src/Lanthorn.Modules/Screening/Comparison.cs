using Lanthorn.Knowledge;

namespace Lanthorn.Screening;

/// <summary>How what several records say of one property goes together.</summary>
internal enum Accord
{
    /// <summary>Only one source says anything.</summary>
    OneVoice,

    /// <summary>All that say something say the same, or the same less exactly.</summary>
    Agree,

    /// <summary>They say different things of which each can be true, such as two addresses.</summary>
    Complement,

    /// <summary>They say different things of which a thing usually has one: a nationality, a flag.</summary>
    DifferMaybeBoth,

    /// <summary>They say different things of which only one can be true.</summary>
    Contradict,
}

/// <summary>
/// Compares what the records of an entity say of one property. Two records contradict each other when no value of the one
/// agrees with any of the other: a source that gives two possible years agrees with a source that gives one of them.
/// </summary>
internal static class Comparison
{
    /// <summary>Of these a thing has exactly one, whatever else is known.</summary>
    private static readonly HashSet<string> OneOfAKind =
    [
        "birthDate",
        "deathDate",
        "birthCountry",
        "gender",
        "imoNumber",
        "incorporationDate",
        "dissolutionDate",
        "buildDate",
    ];

    /// <summary>Of these a thing usually has one, but may have had or have several.</summary>
    private static readonly HashSet<string> UsuallyOne =
    [
        "nationality",
        "citizenship",
        "jurisdiction",
        "flag",
        "mmsi",
        "callSign",
        "legalForm",
    ];

    public static Accord Of(Property property, IReadOnlyList<Record> records)
    {
        var saying = records.Where(r => r.Properties[property.Name].Length > 0).ToList();
        if (saying.Select(r => r.Source).Distinct().Count() < 2 && saying.Count < 2)
            return Accord.OneVoice;
        if (FirstApart(property, saying) is null)
            return SaySameSet(property, saying) ? Accord.Agree : Accord.Complement;
        return OneOfAKind.Contains(property.Name) ? Accord.Contradict
            : UsuallyOne.Contains(property.Name) ? Accord.DifferMaybeBoth
            : Accord.Complement;
    }

    /// <summary>Two records of which no values agree; null where there are none.</summary>
    private static (Record, Record)? FirstApart(Property property, List<Record> saying)
    {
        for (var one = 0; one < saying.Count; one++)
        for (var other = one + 1; other < saying.Count; other++)
            if (
                !saying[one]
                    .Properties[property.Name]
                    .Any(a => saying[other].Properties[property.Name].Any(b => Agree(property, a, b)))
            )
                return (saying[one], saying[other]);
        return null;
    }

    private static bool SaySameSet(Property property, List<Record> saying) =>
        saying.All(one =>
            saying.All(other =>
                one.Properties[property.Name].All(a => other.Properties[property.Name].Any(b => Agree(property, a, b)))
            )
        );

    /// <summary>1986 and 1986-03-14 agree; 1986-03-14 and 1986-01-01 do not.</summary>
    private static bool Agree(Property property, string a, string b) =>
        property.Type.Name == "date"
        && PartialDate.Parse(a) is { IsAccepted: true } one
        && PartialDate.Parse(b) is { IsAccepted: true } other
            ? PartialDate.Compare(one.Value, other.Value) is DateAgreementKind.Equal or DateAgreementKind.Compatible
            : string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
