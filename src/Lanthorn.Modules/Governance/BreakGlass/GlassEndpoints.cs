using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance.BreakGlass;

/// <summary>Wider sight over the API. Taking it up needs a session.</summary>
internal static class GlassEndpoints
{
    private const string Api = "/api/v1/break-glass";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Api).WithTags("Break-glass");
        api.MapGet("", ListAsync)
            .WithSummary("Requests for wider sight: my own, and for those who watch over it all")
            .Produces<IReadOnlyList<GlassBook.Shown>>();
        api.MapPost("", AskAsync)
            .WithSummary("Ask to see more, for a case, with a reason and a time")
            .Produces<AskForSight.Asked>(StatusCodes.Status201Created);
        api.MapPost("/{id}/decision", DecideAsync)
            .WithSummary("Grant or refuse what somebody else asked for")
            .Produces(StatusCodes.Status204NoContent);
        api.MapPost("/{id}/begin", BeginAsync)
            .WithSummary("Take granted sight up in this session")
            .Produces(StatusCodes.Status204NoContent);
        api.MapPost("/{id}/end", EndAsync).WithSummary("End it").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(HttpContext context, GlassBook book)
    {
        context.Response.KeepPrivate();
        return Results.Json(await book.ListAsync(context.Work(), context.RequestAborted), GovernanceJson.Options);
    }

    private static async Task<IResult> AskAsync(
        HttpContext context,
        AskForSight ask,
        [FromBody] AskForSight.Request request
    )
    {
        context.Response.KeepPrivate();
        context.WholeCaller();
        var asked = await ask.HandleAsync(context.Work(), request, context.RequestAborted);
        return Results.Json(asked, GovernanceJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> DecideAsync(
        HttpContext context,
        DecideSight decide,
        string id,
        [FromBody] DecideSight.Request request
    )
    {
        context.WholeCaller();
        await decide.HandleAsync(context.Work(), id, request.Grant, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> BeginAsync(HttpContext context, UseSight use, string id)
    {
        await use.BeginAsync(context.Work(), context.Caller().Session, id, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> EndAsync(HttpContext context, UseSight use, string id)
    {
        await use.EndAsync(context.Work(), id, context.RequestAborted);
        return Results.NoContent();
    }
}
