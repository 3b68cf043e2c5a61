using System.Collections.Frozen;
using System.Text.Json;

namespace Lanthorn.Knowledge;

/// <summary>
/// The FollowTheMoney model (Organized Crime and Corruption Reporting Project, MIT licence), as the npm package
/// <c>@alephdata/followthemoney</c> delivers it at build time. It is the vocabulary of everything that Lanthorn keeps.
/// </summary>
public static class Model
{
    private static readonly Loaded Content = Load();

    public static FrozenDictionary<string, Schema> Schemata => Content.Schemata;

    public static FrozenDictionary<string, PropertyType> Types => Content.Types;

    /// <summary>The schema of that name; an unknown name is a bug of the caller, untrusted names go through <see cref="Find"/>.</summary>
    public static Schema Get(string name) =>
        Find(name) ?? throw new ArgumentException($"No schema '{name}'", nameof(name));

    public static Schema? Find(string? name) => name is null ? null : Content.Schemata.GetValueOrDefault(name);

    private static Loaded Load()
    {
        using var stream =
            typeof(Model).Assembly.GetManifestResourceStream("followthemoney.json")
            ?? throw new InvalidOperationException(
                "The FollowTheMoney model is not embedded: run npm ci and build again"
            );
        using var json = JsonDocument.Parse(stream);
        var types = json
            .RootElement.GetProperty("types")
            .EnumerateObject()
            .ToFrozenDictionary(t => t.Name, ReadType, StringComparer.Ordinal);
        var raw = json.RootElement.GetProperty("schemata");
        var own = raw.EnumerateObject()
            .ToDictionary(
                s => s.Name,
                s => s.Value.GetProperty("properties").EnumerateObject().Select(p => ReadProperty(p, types)).ToList(),
                StringComparer.Ordinal
            );
        var schemata = raw.EnumerateObject()
            .ToFrozenDictionary(
                s => s.Name,
                s => new Schema(s.Value, Inherit(s.Name, raw, own)) { Name = s.Name },
                StringComparer.Ordinal
            );
        return new(schemata, types);
    }

    /// <summary>Nearer definitions win over inherited ones of the same name, earlier parents over later ones.</summary>
    private static FrozenDictionary<string, Property> Inherit(
        string schema,
        JsonElement schemata,
        Dictionary<string, List<Property>> own
    )
    {
        var properties = new Dictionary<string, Property>(StringComparer.Ordinal);
        var open = new Queue<string>([schema]);
        while (open.TryDequeue(out var at))
        {
            foreach (var property in own[at])
                properties.TryAdd(property.Name, property);
            foreach (var parent in schemata.GetProperty(at).GetProperty("extends").EnumerateArray())
                open.Enqueue(parent.GetString()!);
        }
        return properties.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static PropertyType ReadType(JsonProperty type)
    {
        var json = type.Value;
        var values = json.TryGetProperty("values", out var listed)
            ? listed
                .EnumerateObject()
                .ToFrozenDictionary(v => v.Name, v => v.Value.GetString()!, StringComparer.Ordinal)
            : FrozenDictionary<string, string>.Empty;
        return new(
            type.Name,
            json.GetProperty("label").GetString()!,
            json.TryGetProperty("group", out var group) ? group.GetString() : null,
            json.TryGetProperty("matchable", out var matchable) && matchable.GetBoolean(),
            json.TryGetProperty("maxLength", out var length) ? length.GetInt32() : 1024,
            values
        );
    }

    private static Property ReadProperty(JsonProperty property, FrozenDictionary<string, PropertyType> types)
    {
        var json = property.Value;
        var type = types[json.GetProperty("type").GetString()!];
        return new(
            property.Name,
            json.GetProperty("qname").GetString()!,
            json.GetProperty("label").GetString()!,
            type,
            json.TryGetProperty("matchable", out var matchable) && matchable.GetBoolean(),
            json.TryGetProperty("maxLength", out var length) ? length.GetInt32() : type.MaxLength,
            json.TryGetProperty("range", out var range) ? range.GetString() : null,
            json.TryGetProperty("reverse", out var reverse) ? reverse.GetString() : null,
            json.TryGetProperty("stub", out var stub) && stub.GetBoolean(),
            json.TryGetProperty("format", out var format) ? format.GetString() : null
        );
    }

    private sealed record Loaded(
        FrozenDictionary<string, Schema> Schemata,
        FrozenDictionary<string, PropertyType> Types
    );
}
