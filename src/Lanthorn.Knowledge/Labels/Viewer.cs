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
    public ImmutableSortedSet<string> Roles
    {
        get;
        init => field = Ordinal(value);
    } = None;
    public ImmutableSortedSet<string> Purposes
    {
        get;
        init => field = Ordinal(value);
    } = None;
    public ImmutableSortedSet<string> Compartments
    {
        get;
        init => field = Ordinal(value);
    } = None;
    public Tlp Clearance { get; init; } = Tlp.Clear;

    /// <summary>
    /// Equal only for two viewers whom every label treats alike: the key under which what they see is cached. Each part
    /// carries its length, so that no name can pass for two.
    /// </summary>
    public string SightKey =>
        $"{(int)Clearance};{Counted([Organisation])};{Counted(Roles)};{Counted(Purposes)};{Counted(Compartments)}";

    private static ImmutableSortedSet<string> None => ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private static ImmutableSortedSet<string> Ordinal(ImmutableSortedSet<string> names) =>
        names.WithComparer(StringComparer.Ordinal);

    private static string Counted(ImmutableSortedSet<string> names) =>
        string.Concat(names.Select(n => $"{n.Length}:{n}").Prepend($"{names.Count}/"));
}
