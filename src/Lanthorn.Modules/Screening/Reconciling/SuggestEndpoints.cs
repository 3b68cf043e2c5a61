using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening.Reconciling;

/// <summary>What completes a word that is being typed, and which properties there are to fetch.</summary>
internal static class SuggestEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    public static void Map(RouteGroupBuilder group)
    {
        group
            .MapGet("/suggest/entity", (HttpContext c, SuggestEntities s) => EntitiesAsync(c, s, Catalog.Everything))
            .WithSummary("Entities whose names are like what is typed");
        group
            .MapGet(
                "/{dataset}/suggest/entity",
                (HttpContext c, SuggestEntities s, string dataset) => EntitiesAsync(c, s, dataset)
            )
            .WithSummary("Entities of a dataset whose names are like what is typed");
        group
            .MapGet("/suggest/type", (Delegate)TypesAsync)
            .WithSummary("Types whose names begin with or contain what is typed");
        group
            .MapGet("/suggest/property", (Delegate)PropertiesAsync)
            .WithSummary("Properties whose names begin with or contain what is typed");
        group
            .MapGet("/extend/properties", (Delegate)ProposeAsync)
            .WithSummary("The properties of a type that can be fetched");
    }

    private static async Task EntitiesAsync(HttpContext context, SuggestEntities suggest, string dataset)
    {
        var prefix = PrefixOf(context);
        var cursor = Filter.Number(context.Request.Query, "cursor", 0, 0, SuggestEntities.MaxCursor);
        var found = await suggest.HandleAsync(context.Work(), dataset, prefix, cursor, context.RequestAborted);
        await WriteAsync(
            context,
            found,
            (json, entity) =>
            {
                json.WriteString("id", entity.Id);
                json.WriteString("name", entity.Caption);
                json.WriteString("description", EntityWords.Of(entity));
                ReconcileEndpoint.WriteTypes(json, "notable", entity.Schema);
            }
        );
    }

    private static Task TypesAsync(HttpContext context) =>
        WriteAsync(
            context,
            Completed(
                context,
                Model.Schemata.Values.Where(s => s.Matchable || s.Name == "Thing"),
                s => s.Name,
                s => s.Label
            ),
            (json, schema) =>
            {
                json.WriteString("id", schema.Name);
                json.WriteString("name", schema.Label);
                json.WriteString("description", schema.Description);
            }
        );

    private static Task PropertiesAsync(HttpContext context) =>
        WriteAsync(
            context,
            Completed(context, KnownProperties.All, p => p.Name, p => p.Label),
            (json, property) =>
            {
                json.WriteString("id", property.Name);
                json.WriteString("name", property.Label);
                json.WriteString("description", property.QualifiedName);
            }
        );

    private static async Task ProposeAsync(HttpContext context)
    {
        context.Response.KeepPrivate();
        ReconcilingParts.RefuseScripts(context.Request);
        var limit = Filter.Number(context.Request.Query, "limit", DefaultLimit, 1, MaxLimit);
        var type = context.Request.Query["type"] is [{ Length: > 0 } named, ..] ? named : "Thing";
        var schema = EntityQuery.Matchable(type, "type");
        var featured = schema.Featured.ToList();
        var properties = schema
            .Properties.Values.Where(p => KnownProperties.Find(p.Name) is not null && !p.IsStub)
            .OrderBy(p => featured.IndexOf(p.Name) is >= 0 and var at ? at : int.MaxValue)
            .ThenBy(p => p.Label, StringComparer.Ordinal)
            .ThenBy(p => p.Name, StringComparer.Ordinal)
            .Take(limit);
        await using var json = ReconcileEndpoint.Begin(context);
        json.WriteStartObject();
        json.WriteString("type", schema.Name);
        json.WriteNumber("limit", limit);
        json.WriteStartArray("properties");
        foreach (var property in properties)
            ReconcileEndpoint.WriteNamed(json, property.Name, property.Label);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What begins with it first; of the rest what contains it.</summary>
    private static List<T> Completed<T>(
        HttpContext context,
        IEnumerable<T> all,
        Func<T, string> name,
        Func<T, string> label
    )
    {
        var prefix = PrefixOf(context);
        var cursor = Filter.Number(context.Request.Query, "cursor", 0, 0, MaxLimit);
        bool Begins(T one) => Is(name(one), 0) || Is(label(one), 0);
        bool Is(string text, int? place) =>
            text.IndexOf(prefix, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
            && (place is null || at == place);
        return
        [
            .. all.Where(one => Is(name(one), null) || Is(label(one), null))
                .OrderBy(one => Begins(one) ? 0 : 1)
                .ThenBy(name, StringComparer.Ordinal)
                .Skip(cursor)
                .Take(SuggestEntities.PageSize),
        ];
    }

    private static string PrefixOf(HttpContext context)
    {
        ReconcilingParts.RefuseScripts(context.Request);
        var prefix = context.Request.Query["prefix"].ToString().Trim();
        return prefix.Length <= TextQuery.MaxLength
            ? prefix
            : throw EntityQuery.Shape("prefix", $"prefix has at most {TextQuery.MaxLength} characters");
    }

    private static async Task WriteAsync<T>(HttpContext context, IReadOnlyList<T> all, Action<Utf8JsonWriter, T> write)
    {
        context.Response.KeepPrivate();
        await using var json = ReconcileEndpoint.Begin(context);
        json.WriteStartObject();
        json.WriteStartArray("result");
        foreach (var one in all)
        {
            json.WriteStartObject();
            write(json, one);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
