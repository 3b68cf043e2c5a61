using System.Globalization;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>
/// An entity in the wire format of the matching API (yente): id, caption, schema, properties, datasets, referents, target,
/// first_seen, last_seen, last_change; dates without time zone, in UTC.
/// </summary>
internal static class EntityAnswer
{
    private const int MaxNested = 50;

    public static void Write(
        Utf8JsonWriter json,
        Entity entity,
        Action<Utf8JsonWriter>? more = null,
        Action<Utf8JsonWriter>? properties = null
    )
    {
        json.WriteStartObject();
        json.WriteString("id", entity.Id);
        json.WriteString("caption", entity.Caption);
        json.WriteString("schema", entity.Schema.Name);
        json.WritePropertyName("properties");
        if (properties is null)
            entity.Properties.WriteTo(json);
        else
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }
        json.WriteStartArray("datasets");
        foreach (var source in entity.Members.Select(m => m.Source).Distinct().Order())
            json.WriteStringValue(source.Value);
        json.WriteEndArray();
        json.WriteStartArray("referents");
        foreach (var id in Referents(entity))
            json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteBoolean("target", IsTarget(entity));
        WriteSeen(json, entity);
        more?.Invoke(json);
        json.WriteEndObject();
    }

    /// <summary>The entity with what is next to it in place of ids, one level deep, at most <see cref="MaxNested"/> for each property.</summary>
    public static void WriteNested(Utf8JsonWriter json, Entity entity, IReadOnlyList<Reading.Neighbour> neighbours)
    {
        var byProperty = neighbours.ToLookup(n => n.Property, n => n.Entity, StringComparer.Ordinal);
        Write(
            json,
            entity,
            more: null,
            properties =>
            {
                foreach (
                    var name in entity
                        .Properties.Names.Union(byProperty.Select(g => g.Key), StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal)
                )
                {
                    properties.WriteStartArray(name);
                    foreach (var neighbour in byProperty[name].Take(MaxNested))
                        Write(properties, neighbour);
                    var known = byProperty[name]
                        .SelectMany(n => n.Members)
                        .Select(m => m.PublicId)
                        .ToHashSet(StringComparer.Ordinal);
                    foreach (var value in entity.Properties[name].Where(v => !known.Contains(v)))
                        properties.WriteStringValue(value);
                    properties.WriteEndArray();
                }
            }
        );
    }

    /// <summary>The other ids under which the entity is found.</summary>
    public static IEnumerable<string> Referents(Entity entity) =>
        entity
            .Members.Select(m => m.PublicId)
            .Where(id => id != entity.Id)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    /// <summary>What the sources themselves list, as opposed to what they mention beside it.</summary>
    private static bool IsTarget(Entity entity) =>
        entity.Properties["topics"].Any(t => t.StartsWith("sanction", StringComparison.Ordinal));

    private static void WriteSeen(Utf8JsonWriter json, Entity entity)
    {
        json.WriteString("first_seen", Time(entity.Members.Min(m => m.ListedFrom)));
        if (entity.Members.Any(m => m.ListedTo is null))
            json.WriteNull("last_seen");
        else
            json.WriteString("last_seen", Time(entity.Members.Max(m => m.ListedTo!.Value)));
        json.WriteString("last_change", Time(entity.Members.Max(m => m.IngestedAt)));
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
