using System.Collections.Frozen;
using System.Text.Json;

namespace Lanthorn.Knowledge;

/// <summary>How the values of a property are cleaned and compared: a type of the FollowTheMoney model, by its name there.</summary>
public sealed record PropertyType(
    string Name,
    string Label,
    string? Group,
    bool Matchable,
    int MaxLength,
    FrozenDictionary<string, string> Values
);

/// <summary>A property of a schema of the FollowTheMoney model.</summary>
/// <param name="Range">For properties of type <c>entity</c>, the schema they point to.</param>
/// <param name="Reverse">The name under which the other end shows this property.</param>
/// <param name="Format">For identifiers that the world writes one way, its name there, such as <c>imo</c> or <c>lei</c>.</param>
/// <param name="IsStub">True for the reverse view of another schema's property: it never holds values.</param>
public sealed record Property(
    string Name,
    string QualifiedName,
    string Label,
    PropertyType Type,
    bool Matchable,
    int MaxLength,
    string? Range,
    string? Reverse,
    bool IsStub,
    string? Format
);

/// <summary>What makes a schema an edge between two others: the properties at its two ends.</summary>
public sealed record EdgeShape(string Source, string Target, string Label, bool Directed);

/// <summary>A schema of the FollowTheMoney model with everything that it inherits.</summary>
public sealed class Schema
{
    private readonly string[] captions;
    private readonly FrozenSet<string> ancestors;

    internal Schema(JsonElement json, FrozenDictionary<string, Property> properties)
    {
        Name = json.GetProperty("label").GetString()!;
        Label = Name;
        Properties = properties;
        Plural = Text(json, "plural") ?? Label;
        Description = Text(json, "description")?.Trim() ?? "";
        Matchable = json.TryGetProperty("matchable", out var matchable) && matchable.GetBoolean();
        Abstract = json.TryGetProperty("abstract", out var isAbstract) && isAbstract.GetBoolean();
        captions = Names(json, "caption");
        Featured = Names(json, "featured");
        Required = Names(json, "required");
        Extends = Names(json, "extends");
        ancestors = Names(json, "schemata").ToFrozenSet(StringComparer.Ordinal);
        if (json.TryGetProperty("edge", out var edge))
            Edge = new(
                edge.GetProperty("source").GetString()!,
                edge.GetProperty("target").GetString()!,
                Text(edge, "label") ?? Label,
                !edge.TryGetProperty("directed", out var directed) || directed.GetBoolean()
            );
        if (json.TryGetProperty("temporalExtent", out var extent))
            (StartProperties, EndProperties) = (Names(extent, "start"), Names(extent, "end"));
    }

    public string Name { get; internal init; }
    public string Label { get; }
    public string Plural { get; }
    public string Description { get; }
    public bool Matchable { get; }
    public bool Abstract { get; }
    public IReadOnlyList<string> Featured { get; }
    public IReadOnlyList<string> Required { get; }
    public IReadOnlyList<string> Extends { get; }

    /// <summary>The properties that say when a thing of this schema began and ended in the real world.</summary>
    public IReadOnlyList<string> StartProperties { get; } = [];
    public IReadOnlyList<string> EndProperties { get; } = [];

    /// <summary>Own and inherited properties by name, reverse stubs among them.</summary>
    public FrozenDictionary<string, Property> Properties { get; }

    /// <summary>Null for a thing; for one of the edge schemata, its two ends.</summary>
    public EdgeShape? Edge { get; }

    /// <summary>The schema itself and everything above it.</summary>
    public IReadOnlyCollection<string> Ancestors => ancestors.Items;

    public bool IsA(string name) => ancestors.Contains(name);

    public Property? Find(string property) => Properties.GetValueOrDefault(property);

    public string? CaptionOf(Properties properties) =>
        captions.Select(properties.First).FirstOrDefault(c => c is not null);

    /// <summary>
    /// The schema under which records of two schemata are shown as one: the more specific where one is above the other,
    /// else the one that inherits more (ties by name), so that the order of records does not matter.
    /// </summary>
    public static Schema MostSpecific(Schema a, Schema b) =>
        a.IsA(b.Name) ? a
        : b.IsA(a.Name) ? b
        : a.ancestors.Count != b.ancestors.Count ? (a.ancestors.Count > b.ancestors.Count ? a : b)
        : string.CompareOrdinal(a.Name, b.Name) < 0 ? a
        : b;

    public override string ToString() => Name;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] Names(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(n => n.GetString()!)] : [];
}
