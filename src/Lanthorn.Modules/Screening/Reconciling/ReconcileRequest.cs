using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Screening.Reconciling;

/// <summary>The queries of a batch, by the asker's keys.</summary>
internal sealed record ReconcileRequest(Filter Filter, IReadOnlyList<ReconcileRequest.Query> Queries)
{
    /// <summary>So many types a query may name.</summary>
    public const int MaxTypes = 10;

    private const int MaxDepth = 16;
    private const string AnyType = "Thing";

    /// <summary>What of several types a candidate must be.</summary>
    internal enum Strictness
    {
        Any,
        Should,
        All,
    }

    /// <param name="Text">What stands in the cell; empty where only properties are asked for.</param>
    /// <param name="Asked">The same query for each type.</param>
    internal sealed record Query(
        string Key,
        string Text,
        IReadOnlyList<Schema> Types,
        Strictness Strictness,
        int Limit,
        IReadOnlyList<EntityQuery> Asked
    )
    {
        public bool Admits(Schema schema) =>
            Strictness switch
            {
                Strictness.All => Types.All(t => schema.IsA(t.Name)),
                Strictness.Any => Types.Any(t => schema.IsA(t.Name)),
                _ => true,
            };
    }

    /// <exception cref="RefusedException">It is no batch of queries, or breaks a limit.</exception>
    public static ReconcileRequest Parse(string dataset, IQueryCollection address, string text)
    {
        using var json = Read(text, "queries");
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw EntityQuery.Shape("queries", "queries are an object: a key of yours to a query");
        var queries = new List<Query>();
        var asked = 0;
        foreach (var query in json.RootElement.EnumerateObject())
        {
            // Before it is read: a batch that is far too long is not read to its end.
            if (asked >= MatchRequest.MaxQueries)
                throw TooMany();
            queries.Add(ParseQuery(query.Name, query.Value));
            asked += queries[^1].Asked.Count;
        }
        if (asked > MatchRequest.MaxQueries)
            throw TooMany();
        if (queries.Select(q => q.Key).Distinct(StringComparer.Ordinal).Count() < queries.Count)
            throw EntityQuery.Shape("queries", "two queries have the same key");
        return new(Filter.Parse(dataset, address), queries);
    }

    /// <exception cref="RefusedException">It is no JSON.</exception>
    public static JsonDocument Read(string text, string field)
    {
        try
        {
            var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            EntityQuery.EnsureText(json.RootElement, field);
            return json;
        }
        catch (JsonException)
        {
            throw EntityQuery.Shape(field, $"{field} is no valid JSON");
        }
    }

    private static RefusedException TooMany() =>
        new(
            Refusal.BadRequest(
                "too-many-queries",
                $"More than {MatchRequest.MaxQueries} queries in one batch; one with several types counts for each",
                "Send several batches",
                "queries"
            )
        );

    private static Query ParseQuery(string key, JsonElement json)
    {
        var field = $"queries.{key}";
        if (json.ValueKind != JsonValueKind.Object)
            throw EntityQuery.Shape(field, "a query is an object with query, properties or both");
        var text = Text(json, "query", field) ?? "";
        var types = Types(json, field);
        var strictness = Strict(json, field);
        var properties = Properties(json, field);
        if (text.Length == 0 && properties.Count == 0)
            throw EntityQuery.Shape(field, "a query has a text in query, or properties");
        EntityQuery.EnsureSize([("query", text), .. properties], field);
        var asked = strictness == Strictness.Should || types.Count == 0 ? [.. types, Model.Get(AnyType)] : types;
        return new(
            key,
            text,
            types.Count == 0 ? [Model.Get(AnyType)] : types,
            strictness,
            Limit(json, field),
            [.. asked.DistinctBy(t => t.Name).Select(t => EntityQuery.Clean(key, t, [("name", text), .. properties]))]
        );
    }

    private static string? Text(JsonElement json, string name, string field)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()!.Trim()
            : throw EntityQuery.Shape($"{field}.{name}", $"{name} is a text");
    }

    private static List<Schema> Types(JsonElement json, string field)
    {
        if (!json.TryGetProperty("type", out var given) || given.ValueKind == JsonValueKind.Null)
            return [];
        var place = $"{field}.type";
        List<JsonElement> names = given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray()] : [given];
        if (names.Count > MaxTypes || names.Any(n => n.ValueKind != JsonValueKind.String))
            throw EntityQuery.Shape(place, $"type is the id of a type, or a list of at most {MaxTypes} of them");
        return
        [
            .. names
                .Select(n => n.GetString()!)
                .Where(n => n.Length > 0)
                .Select(n => EntityQuery.Matchable(n, place))
                .DistinctBy(s => s.Name),
        ];
    }

    private static Strictness Strict(JsonElement json, string field) =>
        Text(json, "type_strict", field) switch
        {
            null or "any" => Strictness.Any,
            "should" => Strictness.Should,
            "all" => Strictness.All,
            _ => throw EntityQuery.Shape($"{field}.type_strict", "type_strict is any, should or all"),
        };

    private static int Limit(JsonElement json, string field)
    {
        if (!json.TryGetProperty("limit", out var given) || given.ValueKind == JsonValueKind.Null)
            return MatchRequest.DefaultLimit;
        return
            given.ValueKind == JsonValueKind.Number
            && given.TryGetDouble(out var limit)
            && limit is >= 1 and <= MatchRequest.MaxLimit
            && Math.Floor(limit) == limit
            ? (int)limit
            : throw EntityQuery.Shape($"{field}.limit", $"limit is a whole number from 1 to {MatchRequest.MaxLimit}");
    }

    private static List<(string Property, string Value)> Properties(JsonElement json, string field)
    {
        if (!json.TryGetProperty("properties", out var given) || given.ValueKind == JsonValueKind.Null)
            return [];
        var place = $"{field}.properties";
        if (given.ValueKind != JsonValueKind.Array)
            throw EntityQuery.Shape(place, "properties are a list of {pid, v}");
        var properties = new List<(string, string)>();
        foreach (var property in given.EnumerateArray())
        {
            if (
                property.ValueKind != JsonValueKind.Object
                || Text(property, "pid", place) is not { } pid
                || !property.TryGetProperty("v", out var value)
            )
                throw EntityQuery.Shape(place, "a property is an object with pid and v");
            var name = KnownProperties.Need(pid, place);
            IEnumerable<JsonElement> values = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
            properties.AddRange(values.Select(v => (name, Value(v, place))).Where(v => v.Item2.Length > 0));
        }
        return properties;
    }

    /// <summary>What was itself reconciled before counts by its name.</summary>
    private static string Value(JsonElement value, string place) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            JsonValueKind.Null => "",
            JsonValueKind.Object when (Text(value, "name", place) ?? Text(value, "id", place)) is { } text => text,
            _ => throw EntityQuery.Shape($"{place}.v", "a value is a text, a number, true or false, or {id, name}"),
        };
}
