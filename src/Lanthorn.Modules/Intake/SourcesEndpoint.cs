using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Intake;

/// <summary><c>GET /api/v1/sources</c>: the catalogue of sources.</summary>
internal static class SourcesEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/sources", HandleAsync)
            .RequireEnforcement()
            .WithTags("Intake")
            .WithSummary("The catalogue of sources: publisher, licence, as of when, how many records")
            .Produces<IReadOnlyList<ListSources.Source>>();

    private static async Task<IResult> HandleAsync(HttpContext context, ListSources list)
    {
        context.Response.KeepPrivate();
        return Results.Json(await list.HandleAsync(context.Work(), context.RequestAborted), IntakeJson.Options);
    }
}
