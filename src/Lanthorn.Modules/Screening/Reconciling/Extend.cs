using System.Globalization;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reconciling;

/// <summary>The values of chosen properties of entities that were reconciled, for new columns.</summary>
internal sealed class Extend(Store store)
{
    public const int MaxIds = 100;
    public const int MaxProperties = 50;
    public const string LimitSetting = "limit";

    /// <param name="Limit">So many values at most; 0 is all.</param>
    internal sealed record Wanted(string Id, Property Property, int Limit);

    internal sealed record Request(IReadOnlyList<string> Ids, IReadOnlyList<Wanted> Properties)
    {
        /// <exception cref="RefusedException">It is no request to extend, or breaks a limit.</exception>
        public static Request Parse(string text)
        {
            using var json = ReconcileRequest.Read(text, "extend");
            var root = json.RootElement;
            if (
                root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("ids", out var ids)
                || ids.ValueKind != JsonValueKind.Array
                || ids.GetArrayLength() > MaxIds
                || ids.EnumerateArray().Any(i => i.ValueKind != JsonValueKind.String)
            )
                throw EntityQuery.Shape("extend.ids", $"ids are a list of at most {MaxIds} texts");
            if (
                !root.TryGetProperty("properties", out var properties)
                || properties.ValueKind != JsonValueKind.Array
                || properties.GetArrayLength() > MaxProperties
            )
                throw EntityQuery.Shape(
                    "extend.properties",
                    $"properties are a list of at most {MaxProperties} of {{id}}"
                );
            return new(
                [.. ids.EnumerateArray().Select(i => i.GetString()!).Distinct(StringComparer.Ordinal)],
                [.. properties.EnumerateArray().Select(OfProperty).DistinctBy(p => p.Id)]
            );
        }

        private static Wanted OfProperty(JsonElement json)
        {
            const string place = "extend.properties";
            if (
                json.ValueKind != JsonValueKind.Object
                || !json.TryGetProperty("id", out var id)
                || id.ValueKind != JsonValueKind.String
            )
                throw EntityQuery.Shape(place, "a property is an object with its id");
            var name = KnownProperties.Need(id.GetString()!, place);
            return new(id.GetString()!, KnownProperties.Find(name)!, LimitOf(json));
        }

        /// <summary>OpenRefine sends what was typed, so a number may come as a text.</summary>
        private static int LimitOf(JsonElement json)
        {
            if (
                !json.TryGetProperty("settings", out var settings)
                || settings.ValueKind != JsonValueKind.Object
                || !settings.TryGetProperty(LimitSetting, out var limit)
            )
                return 0;
            var text = limit.ValueKind == JsonValueKind.String ? limit.GetString() : limit.GetRawText();
            return string.IsNullOrWhiteSpace(text) ? 0
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : throw EntityQuery.Shape("extend.properties.settings.limit", "limit is a whole number from 0");
        }
    }

    /// <param name="Others">What the values of properties that point elsewhere lead to, as far as the viewer sees it.</param>
    internal sealed record Answer(
        IReadOnlyDictionary<string, Entity> Entities,
        IReadOnlyDictionary<string, Entity> Others
    );

    public async Task<Answer> HandleAsync(Work work, string dataset, Request request, CancellationToken cancellation)
    {
        var reading = work.On(store);
        await Catalog.RequireAsync(reading, dataset, cancellation);
        const string what = "extend over the reconciliation API";
        var entities = await reading.EntitiesByPublicIdsAsync(
            request.Ids.Where(i => i.Length <= Record.MaxExternalIdLength),
            what,
            cancellation
        );
        var others = request
            .Properties.Where(p => p.Property.Range is not null)
            .SelectMany(p => entities.Values.SelectMany(e => e.Properties[p.Property.Name]))
            .Where(i => i.Length <= Record.MaxExternalIdLength);
        return new(entities, await reading.EntitiesByPublicIdsAsync(others, what, cancellation));
    }

    public static void Write(Utf8JsonWriter json, Request request, Answer answer)
    {
        json.WriteStartObject();
        json.WriteStartArray("meta");
        foreach (var (id, property, _) in request.Properties)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("name", property.Label);
            if (property.Range is { } range)
            {
                json.WritePropertyName("type");
                ReconcileEndpoint.WriteNamed(json, range, Model.Find(range)?.Label ?? range);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("rows");
        foreach (var id in request.Ids)
        {
            json.WriteStartObject(id);
            foreach (var wanted in request.Properties)
                WriteValues(json, wanted, answer.Entities.GetValueOrDefault(id), answer.Others);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Somebody who is not there for the viewer has no values, like one who has said nothing.</summary>
    private static void WriteValues(
        Utf8JsonWriter json,
        Wanted wanted,
        Entity? entity,
        IReadOnlyDictionary<string, Entity> others
    )
    {
        json.WriteStartArray(wanted.Id);
        var values = entity is null ? [] : entity.Properties[wanted.Property.Name];
        foreach (var value in wanted.Limit > 0 ? values.Take(wanted.Limit) : values)
            if (wanted.Property.Range is not null && others.TryGetValue(value, out var other))
                ReconcileEndpoint.WriteNamed(json, other.Id, other.Caption);
            else
            {
                json.WriteStartObject();
                json.WriteString("str", Spelled.Value(entity!.Schema, wanted.Property.Name, value));
                json.WriteEndObject();
            }
        json.WriteEndArray();
    }
}
