using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Screening;

/// <summary>
/// A query by example as the matching API writes it: <c>{id?, schema, properties: {name: text or [text …]}}</c>. Values are
/// cleaned as their property asks (Russia becomes ru); unknown properties and values that do not clean are passed over and
/// named in <see cref="Ignored"/>.
/// </summary>
internal sealed record EntityQuery(string? Id, Schema Schema, Properties Properties, IReadOnlyList<string> Ignored)
{
    private const int MaxValues = 500;
    private const int MaxValueLength = 10_000;

    public static EntityQuery Parse(JsonElement json, string field)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Shape(field, "a query is an object with schema and properties");
        var schema = ReadSchema(json, field);
        if (!json.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            throw Shape($"{field}.properties", "properties are an object: property name to text or list of texts");
        string? id = null;
        if (json.TryGetProperty("id", out var given) && given.ValueKind != JsonValueKind.Null)
            id =
                given.ValueKind == JsonValueKind.String
                    ? given.GetString()
                    : throw Shape($"{field}.id", "an id is a text");
        return Clean(id, schema, Raw(properties, field));
    }

    /// <summary>From values that are already text, such as a search box or a row of a table.</summary>
    public static EntityQuery Clean(string? id, Schema schema, IReadOnlyList<(string Property, string Value)> raw)
    {
        var countries = new List<string>();
        var builder = new Properties.Builder();
        var ignored = new List<string>();
        // Countries first: a telephone number without a prefix is read in the light of them.
        foreach (var (name, value) in raw.OrderBy(v => schema.Find(v.Property)?.Type.Name == "country" ? 0 : 1))
        {
            if (schema.Find(name) is not { IsStub: false } property)
            {
                ignored.Add($"{name}: {schema.Name} has no such property");
                continue;
            }
            var clean = PropertyCleaning.Clean(property, value, new CleaningContext(countries));
            if (!clean.IsAccepted)
                ignored.Add($"{name}: {clean.Reason}");
            else if (builder.Add(name, clean.Value) && property.Type.Name == "country")
                countries.Add(clean.Value);
        }
        return new(id, schema, builder.Build(), ignored);
    }

    /// <summary>The limits of a query's values, for whoever gives them as text.</summary>
    /// <exception cref="RefusedException">There are too many, or one is too long.</exception>
    internal static void EnsureSize(IReadOnlyList<(string Property, string Value)> raw, string field)
    {
        if (raw.Count > MaxValues)
            throw Shape(field, $"a query has at most {MaxValues} values");
        if (raw.Any(r => r.Value.Length > MaxValueLength))
            throw Shape(field, $"a value has at most {MaxValueLength} characters");
    }

    private static Schema ReadSchema(JsonElement json, string field)
    {
        if (!json.TryGetProperty("schema", out var name) || name.ValueKind != JsonValueKind.String)
            throw Shape($"{field}.schema", "a query names its schema, such as Person");
        return Matchable(name.GetString()!, $"{field}.schema");
    }

    /// <summary>The schema of that name.</summary>
    /// <exception cref="RefusedException">There is none, or nothing is matched under it.</exception>
    internal static Schema Matchable(string name, string field)
    {
        if (Model.Find(name) is not { } schema)
            throw new RefusedException(
                Refusal.BadRequest(
                    "unknown-schema",
                    $"No schema '{name}'",
                    "Use a FollowTheMoney schema such as Person, Company or Vessel",
                    field
                )
            );
        if (!schema.Matchable && schema.Name != "Thing")
            throw new RefusedException(
                Refusal.BadRequest(
                    "schema-not-matchable",
                    $"{schema.Name} cannot be matched",
                    "Use Person, Organization, Company, Vessel … or Thing",
                    field
                )
            );
        return schema;
    }

    private static List<(string, string)> Raw(JsonElement properties, string field)
    {
        var raw = new List<(string, string)>();
        foreach (var property in properties.EnumerateObject())
        {
            var place = $"{field}.properties.{property.Name}";
            if (property.Value.ValueKind == JsonValueKind.Array)
                foreach (var value in property.Value.EnumerateArray())
                    Take(property.Name, value, place);
            else
                Take(property.Name, property.Value, place);
        }
        return raw;

        void Take(string name, JsonElement value, string place)
        {
            var text = value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                JsonValueKind.Null => "",
                _ => throw Shape(place, "a value is a text or a list of texts"),
            };
            if (text.Length > MaxValueLength)
                throw Shape(place, $"a value has at most {MaxValueLength} characters");
            if (raw.Count >= MaxValues)
                throw Shape(place, $"a query has at most {MaxValues} values");
            if (!string.IsNullOrWhiteSpace(text))
                raw.Add((name, text));
        }
    }

    internal static void EnsureText(JsonElement json, string field)
    {
        if (!JsonText.IsText(json))
            throw Shape(field, "a text is no valid UTF-8, or holds half a surrogate pair");
    }

    internal static RefusedException Shape(string field, string message) =>
        new(Refusal.Unprocessable("bad-shape", message, "Correct the request body", field));
}
