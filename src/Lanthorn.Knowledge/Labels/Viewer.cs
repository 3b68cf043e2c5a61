using System.Collections.Immutable;

namespace Lanthorn.Knowledge;

/// <summary>
/// Who looks: all that the one rule of visibility may ask about. A viewer is a person, a service account or a recipient;
/// names are compared as they are written (ordinal).
/// </summary>
public sealed record Viewer
{
    /// <summary>The account's name, as it stands in the audit log.</summary>
    public required string Name { get; init; }
    public required string Organisation { get; init; }
    public ImmutableSortedSet<string> Roles { get; init; } = [];
    public ImmutableSortedSet<string> Purposes { get; init; } = [];
    public ImmutableSortedSet<string> Compartments { get; init; } = [];
    public Tlp Clearance { get; init; } = Tlp.Clear;

    /// <summary>Equal for two viewers whom every label treats alike: the key under which what they see is cached.</summary>
    public string SightKey =>
        $"{Organisation}\n{string.Join('|', Roles)}\n{string.Join('|', Purposes)}\n{string.Join('|', Compartments)}\n{(int)Clearance}";
}
