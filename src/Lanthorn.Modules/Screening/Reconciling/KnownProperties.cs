using System.Collections.Frozen;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Screening.Reconciling;

/// <summary>The properties by which something is reconciled or extended: those of things that can be matched.</summary>
internal static class KnownProperties
{
    private static readonly FrozenDictionary<string, Property> ByName = Model
        .Schemata.Values.Where(s => s.Matchable || s.Name == "Thing")
        .OrderBy(s => s.Ancestors.Count)
        .ThenBy(s => s.Name, StringComparer.Ordinal)
        .SelectMany(s => s.Properties.Values)
        .Where(p => !p.IsStub)
        .DistinctBy(p => p.Name)
        .ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);

    public static IEnumerable<Property> All => ByName.Values;

    public static Property? Find(string id) =>
        ByName.GetValueOrDefault(id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..]);

    /// <summary>
    /// The name of a property by its id, which may be qualified (<c>Person:birthDate</c>). One that nothing has is a mistake
    /// that would otherwise only be seen in worse candidates.
    /// </summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static string Need(string id, string field) =>
        Find(id)?.Name
        ?? throw new RefusedException(
            Refusal.BadRequest(
                "unknown-property",
                $"No property '{id}'",
                $"GET {ReconcilingParts.Root}/suggest/property lists them",
                field
            )
        );
}
