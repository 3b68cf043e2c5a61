using Lanthorn.Governance.Identity;
using Lanthorn.Governance.Pages;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance;

/// <summary>Coming in, going out, and the reason for which one reads: the forms behind the session cookie.</summary>
internal static class SignInEndpoint
{
    /// <summary>Nobody is known yet: nobody sends more than a form.</summary>
    private const int MaxFormBytes = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SignInPaths.SignIn, Show).AllowAnonymous().ExcludeFromDescription();
        routes
            .MapPost(SignInPaths.SignIn, SignInAsync)
            .AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(MaxFormBytes))
            .ExcludeFromDescription();
        routes
            .MapPost(SignInPaths.Code, CodeAsync)
            .AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(MaxFormBytes))
            .ExcludeFromDescription();
        routes.MapGet(SingleSignOn.Path, SingleAsync).AllowAnonymous().ExcludeFromDescription();
        routes
            .MapPost(SignInPaths.SignOut, SignOutAsync)
            .WithMetadata(new RequireAntiforgeryTokenAttribute())
            .ExcludeFromDescription();
        routes.MapPost(SignInPaths.Reason, ChooseReasonAsync).ExcludeFromDescription();
    }

    private static IResult Show(HttpContext context, string? next) =>
        context.FindCaller() is { IsToken: false }
            ? Results.LocalRedirect(LocalPath.Of(next))
            : Page(next, email: null, StatusCodes.Status200OK);

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        SignIn signIn,
        Steps steps,
        [FromForm] string? email,
        [FromForm] string? password,
        [FromForm] string? next
    )
    {
        if (await signIn.HandleAsync(email, password, context.RequestAborted) is not { } person)
            return Page(next, email, StatusCodes.Status401Unauthorized);
        if (person.HasCode)
            return CodePage(
                next,
                await steps.BeginAsync(Steps.Code, person.Id, "", context.RequestAborted),
                StatusCodes.Status200OK
            );
        await Session.BeginAsync(context, person, Methods.Password);
        return Results.LocalRedirect(LocalPath.Of(next));
    }

    private static async Task<IResult> SingleAsync(HttpContext context, Settings settings, string? next)
    {
        if (settings.OidcAuthority.Length == 0)
            return Refusal.NotFound("Not Found").ToResult();
        try
        {
            var properties = new AuthenticationProperties { RedirectUri = LocalPath.Of(next) };
            await context.ChallengeAsync(SingleSignOn.Scheme, properties);
            return Results.Empty;
        }
        catch (Exception away) when (away is InvalidOperationException or HttpRequestException or IOException)
        {
            return new Refusal(
                "identity-provider",
                StatusCodes.Status503ServiceUnavailable,
                "The identity provider of your organisation does not answer",
                "Sign in with your password, or try again later"
            ).ToResult();
        }
    }

    private static async Task<IResult> CodeAsync(
        HttpContext context,
        SignIn signIn,
        Steps steps,
        [FromForm] string? step,
        [FromForm] string? code,
        [FromForm] string? next
    )
    {
        if (await signIn.HandleCodeAsync(step, code, context.RequestAborted) is { } person)
        {
            await Session.BeginAsync(context, person, Methods.Code);
            return Results.LocalRedirect(LocalPath.Of(next));
        }
        return await steps.FindAsync(Steps.Code, step, context.RequestAborted) is null
            ? Page(next, email: null, StatusCodes.Status401Unauthorized)
            : CodePage(next, step!, StatusCodes.Status401Unauthorized);
    }

    private static RazorComponentResult<CodePage> CodePage(string? next, string step, int status) =>
        new(
            new Dictionary<string, object?>
            {
                [nameof(Pages.CodePage.Next)] = LocalPath.Of(next),
                [nameof(Pages.CodePage.Step)] = step,
                [nameof(Pages.CodePage.IsRefused)] = status == StatusCodes.Status401Unauthorized,
            }
        )
        {
            StatusCode = status,
        };

    private static async Task<IResult> SignOutAsync(HttpContext context, Sessions sessions)
    {
        if (context.FindCaller() is { Session: { } session } caller)
            await sessions.EndAsync(context.Work().Viewer, caller.Person.Name, session.Id, context.RequestAborted);
        await context.SignOutAsync(Session.Scheme);
        return Results.LocalRedirect(SignInPaths.SignIn);
    }

    private static async Task<IResult> ChooseReasonAsync(
        HttpContext context,
        [FromForm] string? justification,
        [FromForm(Name = "case")] string? atCase,
        [FromForm] string? next
    )
    {
        if (context.FindCaller() is not { IsToken: false } caller)
            return Refusal
                .NotFound("Not Found", $"With a token, send the header {Access.JustificationHeader}")
                .ToResult();
        if (atCase?.Length > Session.MaxCaseLength)
            return Refusal
                .BadRequest("case-too-long", $"A case has at most {Session.MaxCaseLength} characters", field: "case")
                .ToResult();
        await Session.GoOnAsync(context, caller.Person, Reasons.Need(justification ?? ""), atCase?.Trim());
        return Results.LocalRedirect(LocalPath.Of(next));
    }

    public static RazorComponentResult<SignInPage> Page(string? next, string? email, int status) =>
        new(
            new Dictionary<string, object?>
            {
                [nameof(SignInPage.Next)] = LocalPath.Of(next),
                [nameof(SignInPage.Email)] = email,
                [nameof(SignInPage.IsRefused)] = status == StatusCodes.Status401Unauthorized,
            }
        )
        {
            StatusCode = status,
        };
}
