using Lanthorn.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance.Identity;

/// <summary>
/// Passkeys: the two forms that a script fills with what the authenticator says, and one's own list over the API. A token
/// makes none: it would become a session.
/// </summary>
internal static class PasskeyEndpoints
{
    public const string Mine = $"{SignInPaths.Account}/passkeys";
    public const string Come = $"{SignInPaths.SignIn}/passkey";

    private const int MaxFormBytes = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
        forms.MapPost($"{Mine}/begin", BeginNewAsync);
        forms.MapPost(Mine, FinishNewAsync);
        forms.MapPost($"{Come}/begin", BeginAsync).AllowAnonymous().WithMetadata(Small);
        forms.MapPost(Come, FinishAsync).AllowAnonymous().WithMetadata(Small);
        var mine = routes.MapGroup("/api/v1/passkeys").WithTags("Account");
        mine.MapGet("", ListAsync).WithSummary("My passkeys").Produces<IReadOnlyList<Passkeys.Shown>>();
        mine.MapDelete("/{id}", RemoveAsync)
            .WithSummary("Remove one of my passkeys")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static readonly RequestSizeLimitAttribute Small = new(MaxFormBytes);

    private static async Task<IResult> BeginNewAsync(HttpContext context, Passkeys passkeys) =>
        context.Caller().IsToken
            ? NoSession
            : Json(context, await passkeys.BeginNewAsync(context, context.Caller().Person));

    private static async Task<IResult> FinishNewAsync(
        HttpContext context,
        Passkeys passkeys,
        [FromForm] string? step,
        [FromForm] string? credential,
        [FromForm] string? name
    )
    {
        if (context.Caller().IsToken)
            return NoSession;
        await passkeys.FinishNewAsync(context, context.Caller().Person, step, credential, name);
        return Results.LocalRedirect(SignInPaths.Account);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, Passkeys passkeys) =>
        Json(context, await passkeys.BeginSignInAsync(context));

    private static async Task<IResult> FinishAsync(
        HttpContext context,
        Passkeys passkeys,
        [FromForm] string? step,
        [FromForm] string? credential,
        [FromForm] string? next
    )
    {
        if (await passkeys.FinishSignInAsync(context, step, credential) is not { } person)
            return SignInEndpoint.Page(next, email: null, StatusCodes.Status401Unauthorized);
        await Session.BeginAsync(context, person, Methods.Passkey);
        return Results.LocalRedirect(LocalPath.Of(next));
    }

    private static async Task<IResult> ListAsync(HttpContext context, Passkeys passkeys) =>
        Json(context, await passkeys.ListAsync(context.Caller().Person.Name, context.RequestAborted));

    private static async Task<IResult> RemoveAsync(HttpContext context, Passkeys passkeys, string id)
    {
        var name = context.WholeCaller().Person.Name;
        await passkeys.RemoveAsync(context.Work().Viewer, name, id, context.RequestAborted);
        return Results.NoContent();
    }

    private static IResult NoSession =>
        new Refusal(
            "no-session",
            StatusCodes.Status403Forbidden,
            "A token makes no passkey",
            "Sign in with a browser"
        ).ToResult();

    private static IResult Json<T>(HttpContext context, T answer)
    {
        context.Response.KeepPrivate();
        return Results.Json(answer, GovernanceJson.Options);
    }
}
