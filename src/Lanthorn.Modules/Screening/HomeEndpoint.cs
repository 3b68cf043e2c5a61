using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening;

/// <summary><c>GET /api/v1/home</c>: what the home page says.</summary>
internal static class HomeEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/home", HandleAsync)
            .WithTags("Home")
            .WithSummary("What waits for me: what to do, what ends soon, what I follow, what changed")
            .Produces<ShowHome.Home>();

    private static async Task<IResult> HandleAsync(HttpContext context, ShowHome show)
    {
        context.Response.KeepPrivate();
        return Results.Json(await show.HandleAsync(context.Work(), context.RequestAborted), JsonAnswers.Options);
    }
}
