using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance.Identity;

/// <summary>One's own second factor over the API; for those who manage accounts, who needs one and whose is taken away.</summary>
internal static class SecondFactorEndpoints
{
    private const string Mine = $"/api/v1{SignInPaths.SecondFactor}";
    private const string RolesPath = "/api/v1/people/second-factor-roles";

    internal sealed record CodeRequest(string? Code);

    /// <param name="RecoveryCodes">Shown this once; each opens the account once in place of a code.</param>
    internal sealed record Codes(IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var mine = routes.MapGroup("").WithTags("Account");
        mine.MapPost(Mine, BeginAsync)
            .WithSummary("Begin a second factor: the secret for the authenticator")
            .Produces<SecondFactor.Enrolment>();
        mine.MapPost($"{Mine}/confirm", ConfirmAsync)
            .WithSummary("Switch it on with its first code; the answer is the recovery codes")
            .Produces<Codes>();
        mine.MapPost($"{Mine}/recovery", RenewAsync).WithSummary("Ten new recovery codes").Produces<Codes>();
        mine.MapPost($"{Mine}/remove", RemoveAsync)
            .WithSummary("Switch it off, with a code")
            .Produces(StatusCodes.Status204NoContent);
        var people = routes.MapGroup("").RequireRole(Roles.Managing).WithTags("People");
        people
            .MapDelete("/api/v1/people/{name}/second-factor", ResetAsync)
            .WithSummary("Take second factor and passkeys from an account whose person has lost them")
            .Produces(StatusCodes.Status204NoContent);
        people
            .MapGet(RolesPath, ListAsync)
            .WithSummary("The roles whose people need a second factor")
            .Produces<IReadOnlyList<string>>();
        people
            .MapPut(RolesPath, SetAsync)
            .WithSummary("From now on these roles need a second factor, and no others")
            .Produces<IReadOnlyList<string>>();
    }

    private static async Task<IResult> BeginAsync(HttpContext context, SecondFactor factor) =>
        Json(context, await factor.BeginAsync(context.Work().Viewer, context.WholeCaller(), context.RequestAborted));

    private static async Task<IResult> ConfirmAsync(
        HttpContext context,
        SecondFactor factor,
        [FromBody] CodeRequest request
    )
    {
        var caller = context.WholeCaller();
        return Json(
            context,
            new Codes(await factor.ConfirmAsync(context.Work().Viewer, caller, request.Code, context.RequestAborted))
        );
    }

    private static async Task<IResult> RenewAsync(
        HttpContext context,
        ChangeSecondFactor change,
        [FromBody] CodeRequest request
    )
    {
        var person = context.WholeCaller().Person;
        return Json(
            context,
            new Codes(await change.RenewAsync(context.Work().Viewer, person, request.Code, context.RequestAborted))
        );
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context,
        ChangeSecondFactor change,
        [FromBody] CodeRequest request
    )
    {
        var person = context.WholeCaller().Person;
        await change.RemoveAsync(context.Work().Viewer, person, request.Code, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> ResetAsync(HttpContext context, SecondFactor factor, string name)
    {
        await factor.ResetAsync(context.Work().Viewer, name, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> ListAsync(HttpContext context, FactorRoles roles) =>
        Json(context, await roles.ListAsync(context.RequestAborted));

    private static async Task<IResult> SetAsync(
        HttpContext context,
        FactorRoles roles,
        [FromBody] FactorRoles.Request request
    )
    {
        await roles.SetAsync(
            context.Work().Viewer,
            request.Roles
                ?? throw new RefusedException(
                    Refusal.Unprocessable("roles", "The roles are missing", "Name them, or send an empty list", "roles")
                ),
            context.RequestAborted
        );
        return Json(context, await roles.ListAsync(context.RequestAborted));
    }

    private static IResult Json<T>(HttpContext context, T answer)
    {
        context.Response.KeepPrivate();
        return Results.Json(answer, GovernanceJson.Options);
    }
}
