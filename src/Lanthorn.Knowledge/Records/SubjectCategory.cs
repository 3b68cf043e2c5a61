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
