using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening;

/// <summary>
/// <c>GET /search/{dataset}</c>: entities whose records contain words, with facets over everything that was found. Counts are
/// of records: an entity of three records counts three times.
/// </summary>
internal static class SearchTexts
{
    private const int MaxLimit = 500;
    private const int MaxOffset = 9_499;

    /// <summary>A value of a facet with its count.</summary>
    internal sealed record FacetValue(string Name, string Label, int Count);

    private static readonly string[] KnownFacets = ["countries", "topics", "datasets", "schema"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/search/{dataset}", HandleAsync)
            .RequireEnforcement()
            .WithTags("Matching")
            .WithSummary("Search the texts of records");

    public static TextQuery Parse(string dataset, IQueryCollection query)
    {
        var filter = Filter.Parse(dataset, query);
        var text = query["q"].ToString();
        if (text.Length > TextQuery.MaxLength)
            throw new RefusedException(
                Refusal.BadRequest("query-too-long", $"A search has at most {TextQuery.MaxLength} characters", "", "q")
            );
        var schema = query["schema"] is [{ Length: > 0 } named, ..] ? named : "Thing";
        if (Model.Find(schema) is null)
            throw new RefusedException(Refusal.BadRequest("unknown-schema", $"No schema '{schema}'", "", "schema"));
        var fields = FieldFilters(query);
        var datasets = Filter.Texts(query, "datasets").Concat(fields["datasets"]).ToHashSet(StringComparer.Ordinal);
        return new("")
        {
            Clauses = Understood(text).Clauses,
            Asked = text,
            Source = source => filter.Admits(source) && (datasets.Count == 0 || datasets.Contains(source.Value)),
            Schema = fields["schema"].LastOrDefault() ?? schema,
            ExcludedSchemata = filter.ExcludeSchemata,
            Countries = [.. filter.Countries, .. fields["countries"]],
            Topics = [.. filter.Topics, .. fields["topics"]],
            EveryValue = EveryValue(query),
            ChangedSince = filter.ChangedSince,
            Order = [.. Filter.Texts(query, "sort").Select(Order)],
            Limit = Filter.Number(query, "limit", 10, 0, MaxLimit),
            Offset = Filter.Number(query, "offset", 0, 0, MaxOffset),
        };
    }

    /// <summary>What a query means; a refusal that names the place where it means nothing.</summary>
    internal static SearchLanguage.Meaning Understood(string text) =>
        SearchLanguage.Read(text) switch
        {
            ({ } meaning, _) => meaning,
            (_, var mistake) => throw new RefusedException(
                Refusal.BadRequest("query-not-understood", mistake!.InWords, mistake.WayOut, "q")
            ),
        };

    /// <summary><c>filter=field:value</c>, by field.</summary>
    private static ILookup<string, string> FieldFilters(IQueryCollection query)
    {
        var filters = Filter.Texts(query, "filter").Select(f => f.Split(':', 2)).ToList();
        if (filters.Find(f => f.Length < 2 || f[1].Length == 0 || !KnownFacets.Contains(f[0])) is { } unknown)
            throw new RefusedException(
                Refusal.BadRequest(
                    "unknown-filter",
                    $"No filter '{string.Join(':', unknown)}'",
                    $"Write field:value with a field of {string.Join(", ", KnownFacets)}",
                    "filter"
                )
            );
        if (filters.Find(f => f[0] == "schema" && Model.Find(f[1]) is null) is { } schema)
            throw new RefusedException(Refusal.BadRequest("unknown-schema", $"No schema '{schema[1]}'", "", "filter"));
        return filters.ToLookup(f => f[0], f => f[1], StringComparer.Ordinal);
    }

    private static bool EveryValue(IQueryCollection query) =>
        query["filter_op"].ToString() switch
        {
            "" or "OR" => false,
            "AND" => true,
            _ => throw EntityQuery.Shape("filter_op", "filter_op is OR or AND"),
        };

    /// <summary><c>field</c>, <c>field:asc</c> or <c>field:desc</c>.</summary>
    private static TextOrder Order(string sort)
    {
        var parts = sort.Split(':');
        TextOrder.By? field = parts[0] switch
        {
            "id" => TextOrder.By.Id,
            "last_change" => TextOrder.By.LastChange,
            "schema" => TextOrder.By.Schema,
            _ => null,
        };
        return (field, parts.Length == 1 ? "asc" : parts[^1]) switch
        {
            ({ } known, "asc") when parts.Length <= 2 => new(known, Descends: false),
            ({ } known, "desc") when parts.Length <= 2 => new(known, Descends: true),
            _ => throw new RefusedException(
                Refusal.BadRequest(
                    "unknown-sort",
                    $"Nothing is sorted by '{sort}'",
                    "Sort by id, last_change or schema, with :asc or :desc",
                    "sort"
                )
            ),
        };
    }

    /// <summary>Facet values as a reader understands them, the most frequent first.</summary>
    public static IReadOnlyList<FacetValue> Describe(string facet, IReadOnlyDictionary<string, int> counts)
    {
        var labels = facet switch
        {
            "countries" => Model.Types["country"].Values,
            "topics" => Model.Types["topic"].Values,
            _ => null,
        };
        return
        [
            .. counts
                .Select(c => new FacetValue(
                    c.Key,
                    labels?.GetValueOrDefault(c.Key) ?? Model.Find(c.Key)?.Plural ?? c.Key,
                    c.Value
                ))
                .OrderByDescending(v => v.Count)
                .ThenBy(v => v.Name, StringComparer.Ordinal),
        ];
    }

    private static async Task HandleAsync(HttpContext context, string dataset, Store store)
    {
        var cancellation = context.RequestAborted;
        context.Response.KeepPrivate();
        var query = Parse(dataset, context.Request.Query);
        var reading = context.Work().On(store);
        await Catalog.RequireAsync(reading, dataset, cancellation);
        var hits = await reading.SearchAsync(query, $"GET /search/{dataset}", cancellation);
        var wanted = context.Request.Query["facets"] is { Count: > 0 } given
            ? given.SelectMany(g => (g ?? "").Split(',')).ToHashSet(StringComparer.Ordinal)
            : ["countries", "topics", "datasets"];
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonText.Compact);
        Write(json, query, hits, wanted);
    }

    private static void Write(Utf8JsonWriter json, TextQuery query, TextHits hits, IReadOnlySet<string> wanted)
    {
        json.WriteStartObject();
        json.WriteNumber("limit", query.Limit);
        json.WriteNumber("offset", query.Offset);
        json.WriteStartObject("total");
        json.WriteNumber("value", hits.Total);
        json.WriteString("relation", hits.IsAtLeast ? "gte" : "eq");
        json.WriteEndObject();
        json.WriteStartArray("results");
        foreach (var entity in hits.Entities)
            EntityAnswer.Write(json, entity);
        json.WriteEndArray();
        json.WriteStartObject("facets");
        foreach (var facet in KnownFacets.Where(wanted.Contains))
        {
            json.WriteStartObject(facet);
            json.WriteString("label", facet);
            json.WriteStartArray("values");
            foreach (var value in Describe(facet, hits.Facets[facet]))
            {
                json.WriteStartObject();
                json.WriteString("name", value.Name);
                json.WriteString("label", value.Label);
                json.WriteNumber("count", value.Count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
