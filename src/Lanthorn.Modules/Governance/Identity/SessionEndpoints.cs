using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance.Identity;

/// <summary>Sessions over the API: one's own, and for those who manage accounts everybody's.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("/api/v1/sessions").WithTags("Account");
        mine.MapGet("", ListAsync)
            .WithSummary("The browsers in which I am signed in, the newest first")
            .Produces<IReadOnlyList<Sessions.Shown>>();
        mine.MapDelete("/{id}", EndAsync)
            .WithSummary("End one of my sessions at once")
            .Produces(StatusCodes.Status204NoContent);
        mine.MapPost("/end-others", EndOthersAsync)
            .WithSummary("End all of my sessions but the one that asks")
            .Produces(StatusCodes.Status204NoContent);
        var people = routes.MapGroup("/api/v1/people/{name}/sessions").RequireRole(Roles.Managing).WithTags("People");
        people
            .MapGet("", ListOfAsync)
            .WithSummary("The browsers in which an account is signed in")
            .Produces<IReadOnlyList<Sessions.Shown>>();
        people
            .MapDelete("", EndAllAsync)
            .WithSummary("End every session of an account; its tokens go on")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static Task<IResult> ListAsync(HttpContext context, Sessions sessions) =>
        ShowAsync(context, sessions, context.Caller().Person.Name);

    private static Task<IResult> ListOfAsync(HttpContext context, Sessions sessions, string name) =>
        ShowAsync(context, sessions, name);

    private static async Task<IResult> ShowAsync(HttpContext context, Sessions sessions, string name)
    {
        context.Response.KeepPrivate();
        var shown = await sessions.ListAsync(name, context.Caller().Session?.Id, context.RequestAborted);
        return Results.Json(shown, GovernanceJson.Options);
    }

    private static async Task<IResult> EndAsync(HttpContext context, Sessions sessions, string id)
    {
        var name = context.WholeCaller().Person.Name;
        await sessions.EndAsync(context.Work().Viewer, name, id, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> EndOthersAsync(HttpContext context, Accounts accounts)
    {
        var caller = context.WholeCaller();
        var name = caller.Person.Name;
        await accounts.EndSessionsAsync(context.Work().Viewer, name, context.RequestAborted, caller.Session?.Id);
        if (caller.Session is not null && await accounts.FindAsync(name, context.RequestAborted) is { } renewed)
            await Session.GoOnAsync(context, renewed, caller.Reason, caller.Case);
        return Results.NoContent();
    }

    private static async Task<IResult> EndAllAsync(HttpContext context, Accounts accounts, string name)
    {
        await accounts.EndSessionsAsync(context.Work().Viewer, name, context.RequestAborted);
        return Results.NoContent();
    }
}
