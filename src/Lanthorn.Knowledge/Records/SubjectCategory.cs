namespace Lanthorn.Knowledge;

/// <summary>
/// What a natural person is in an enforcement context (Annex II of Regulation (EU) 2016/794, and smuggled migrants and
/// minors besides). The numbers are stored: they only grow.
/// </summary>
public enum SubjectCategory
{
    /// <summary>Not categorised, or not a natural person in an enforcement context.</summary>
    None = 0,
    Suspect = 1,
    Convicted = 2,
    PotentialCriminal = 3,
    Contact = 4,
    Victim = 5,
    Witness = 6,
    Informant = 7,
    SmuggledMigrant = 8,
    Minor = 9,
}

/// <summary>How the categories of several records about one person go together.</summary>
public static class SubjectCategories
{
    /// <summary>
    /// The category whose protection holds for both: a minor is a minor whatever else is said, then victims, smuggled migrants,
    /// witnesses and informants (Article 30 of the Regulation), then the rest. Commutative, associative, idempotent.
    /// </summary>
    public static SubjectCategory MostProtected(SubjectCategory a, SubjectCategory b) => Rank(a) >= Rank(b) ? a : b;

    /// <summary>
    /// Whether somebody may be looked for among other records: suspects, convicted persons and potential criminals are, and
    /// what is no categorised person (a list's entry, a company, a vessel). Contacts, victims, witnesses, informants, smuggled
    /// migrants and minors are not.
    /// </summary>
    public static bool IsCrossChecked(SubjectCategory category) =>
        category
            is SubjectCategory.None
                or SubjectCategory.Suspect
                or SubjectCategory.Convicted
                or SubjectCategory.PotentialCriminal;

    private static int Rank(SubjectCategory category) =>
        category switch
        {
            SubjectCategory.Minor => 9,
            SubjectCategory.Victim => 8,
            SubjectCategory.SmuggledMigrant => 7,
            SubjectCategory.Witness => 6,
            SubjectCategory.Informant => 5,
            SubjectCategory.Convicted => 4,
            SubjectCategory.Suspect => 3,
            SubjectCategory.PotentialCriminal => 2,
            SubjectCategory.Contact => 1,
            SubjectCategory.None => 0,
            _ => throw new ArgumentOutOfRangeException(nameof(category)),
        };
}
