namespace Lanthorn.Screening.Contracts;

/// <summary>
/// The sources that are official sanctions lists, by their codes: saying that somebody else's record is about whom they name
/// takes a second person.
/// </summary>
public sealed record OfficialLists(IReadOnlySet<string> Codes);
