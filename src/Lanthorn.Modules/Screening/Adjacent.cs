using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening;

/// <summary><c>GET /entities/{id}/adjacent</c> and one of its properties, paged: what is next to an entity.</summary>
internal static class Adjacent
{
    private const int MaxLimit = 500;
    private const int MaxOffset = 9_499;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/entities/{id}/adjacent",
                (HttpContext context, string id, Store store) => HandleAsync(context, id, null, store)
            )
            .RequireEnforcement()
            .WithTags("Matching")
            .WithSummary("What is next to an entity, by property");
        routes
            .MapGet("/entities/{id}/adjacent/{property}", HandleAsync)
            .RequireEnforcement()
            .WithTags("Matching")
            .WithSummary("What is next to an entity through one property");
    }

    private static async Task HandleAsync(HttpContext context, string id, string? property, Store store)
    {
        var cancellation = context.RequestAborted;
        context.Response.KeepPrivate();
        var limit = Filter.Number(context.Request.Query, "limit", 10, 0, MaxLimit);
        var offset = Filter.Number(context.Request.Query, "offset", 0, 0, MaxOffset);
        var reading = context.Work().On(store);
        var what = $"GET /entities/{id}/adjacent";
        var entity = await ShowEntity.FindAsync(reading, id, what, cancellation);
        if (property is not null && entity.Schema.Find(property) is not { Type.Name: "entity" })
            throw new RefusedException(Refusal.NotFound("No such property!"));
        if (
            ShowEntity.Redirected(
                context,
                entity,
                id,
                "/entities/",
                property is null ? "/adjacent" : $"/adjacent/{property}"
            )
        )
            return;
        var neighbours = await reading.NeighboursAsync(entity, what, cancellation);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonText.Compact);
        if (property is not null)
            WritePage(json, [.. neighbours.Where(n => n.Property == property)], limit, offset);
        else
            WriteAll(json, entity, neighbours, limit, offset);
    }

    private static void WriteAll(
        Utf8JsonWriter json,
        Entity entity,
        IReadOnlyList<Reading.Neighbour> neighbours,
        int limit,
        int offset
    )
    {
        json.WriteStartObject();
        json.WritePropertyName("entity");
        EntityAnswer.Write(json, entity);
        json.WriteStartObject("adjacent");
        foreach (var group in neighbours.GroupBy(n => n.Property, StringComparer.Ordinal))
        {
            json.WritePropertyName(group.Key);
            WritePage(json, [.. group], limit, offset);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePage(
        Utf8JsonWriter json,
        IReadOnlyList<Reading.Neighbour> neighbours,
        int limit,
        int offset
    )
    {
        json.WriteStartObject();
        json.WriteStartArray("results");
        foreach (var neighbour in neighbours.Skip(offset).Take(limit))
            EntityAnswer.Write(json, neighbour.Entity);
        json.WriteEndArray();
        json.WriteStartObject("total");
        json.WriteNumber("value", neighbours.Count);
        json.WriteString("relation", "eq");
        json.WriteEndObject();
        json.WriteNumber("limit", limit);
        json.WriteNumber("offset", offset);
        json.WriteEndObject();
    }
}
