using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening.Reconciling;

/// <summary><c>GET /reconcile/preview?id=</c>: who that is, on a small page without script and without the workbench.</summary>
internal static class PreviewEndpoint
{
    public static void Map(RouteGroupBuilder group) =>
        group
            .MapGet("/preview", HandleAsync)
            .WithSummary("A small page about an entity")
            .Produces(StatusCodes.Status200OK, contentType: "text/html");

    private static async Task<IResult> HandleAsync(HttpContext context, Store store, string? id = null)
    {
        context.Response.KeepPrivate();
        var entity = await ShowEntity.FindAsync(
            context.Work().On(store),
            id ?? "",
            "preview over the reconciliation API",
            context.RequestAborted
        );
        return new RazorComponentResult<PreviewCard>(
            new Dictionary<string, object?> { [nameof(PreviewCard.Entity)] = entity }
        );
    }
}
