using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening;

/// <summary>
/// <c>GET /entities/{id}</c>: the entity that the viewer's records make up. The id of any visible member leads there (308);
/// the id of a hidden one does not exist (404).
/// </summary>
internal static class ShowEntity
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/entities/{id}", HandleAsync)
            .RequireEnforcement()
            .WithTags("Matching")
            .WithSummary("An entity with what is next to it");

    internal static Refusal NoSuchEntity => Refusal.NotFound("No such entity!");

    /// <summary>The entity, or the refusal; a member's id redirects to the entity's own.</summary>
    public static async Task<Entity> FindAsync(
        Reading reading,
        string? id,
        string operation,
        CancellationToken cancellation
    ) =>
        id is { Length: > 0 and <= Record.MaxExternalIdLength }
        && await reading.EntityAsync(id, operation, cancellation) is { } entity
            ? entity
            : throw new RefusedException(NoSuchEntity);

    /// <summary>True when the request was answered by sending the caller to the entity's own id.</summary>
    public static bool Redirected(HttpContext context, Entity entity, string id, string path, string tail = "")
    {
        if (entity.Id == id)
            return false;
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location =
            $"{path}{Uri.EscapeDataString(entity.Id)}{tail}{context.Request.QueryString}";
        return true;
    }

    private static async Task HandleAsync(HttpContext context, string id, Store store, bool nested = true)
    {
        var cancellation = context.RequestAborted;
        context.Response.KeepPrivate();
        var reading = context.Work().On(store);
        var entity = await FindAsync(reading, id, $"GET /entities/{id}", cancellation);
        if (Redirected(context, entity, id, "/entities/"))
            return;
        var neighbours = nested ? await reading.NeighboursAsync(entity, $"GET /entities/{id}", cancellation) : [];
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, JsonText.Compact);
        EntityAnswer.WriteNested(json, entity, neighbours);
    }
}
