using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Governance.Contracts;

/// <summary>Who is looked for, as the person wrote it.</summary>
/// <param name="Names">Each spelling that the person gave, in any script.</param>
/// <param name="Born">The day or year of birth; null where none was given.</param>
public sealed record PersonAsked(IReadOnlyList<string> Names, string? Born);

/// <summary>A record that could be about the person.</summary>
/// <param name="Score">From 0 to 1: how much the record's entity is like who was asked for.</param>
public sealed record FoundRecord(RecordId Id, string Source, double Score);

/// <summary>
/// Finds the records that could be about a person, across scripts and spellings, among those that the viewer sees. Governance
/// may use nobody's contracts: whoever has the index fills this in.
/// </summary>
public interface IFindPersons
{
    /// <summary>The best first.</summary>
    /// <exception cref="RefusedException">The index is not loaded yet, or the viewer gave no reason.</exception>
    Task<IReadOnlyList<FoundRecord>> FindAsync(Work work, PersonAsked asked, CancellationToken cancellation);
}
