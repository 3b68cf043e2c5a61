using Lanthorn.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Lanthorn.Governance;

/// <summary>What a request must be before any route sees it: addressed to us, meant by its sender, signed in.</summary>
internal static class Gate
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>A name that is not ours is how a page elsewhere gets a browser to talk to a server on its own machine.</summary>
    public static Func<HttpContext, RequestDelegate, Task> OnlyHosts(string allowed)
    {
        var hosts = allowed
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (context, next) =>
            hosts.Contains(context.Request.Host.Host)
                ? next(context)
                : AnswerAsync(
                    context,
                    Refusal.BadRequest(
                        "unknown-host",
                        "This server does not go by that name",
                        "An administrator sets the names with LANTHORN_ALLOWEDHOSTS"
                    )
                );
    }

    /// <summary>
    /// Who was recognised becomes who works, and why: header, then session or token, then account. Wider sight is marked,
    /// whatever reason was given.
    /// </summary>
    public static Task SetWorkAsync(HttpContext context, RequestDelegate next)
    {
        if (context.FindCaller() is not { } caller)
            return next(context);
        var given = context.Request.Headers[Access.JustificationHeader].ToString();
        if (given.Length > Work.MaxJustificationLength)
            return AnswerAsync(context, Reasons.TooLong);
        var reason = Reasons.First(given, caller.Reason, caller.Person.DefaultReason);
        var viewer = caller.Person.ToViewer(caller.Scope);
        var work = caller.Glass is { } glass
            ? new Work(glass.Widen(viewer), glass.Justification, glass.Case)
            : new Work(viewer, reason, caller.Case);
        context.SetWork(work with { LookedAt = caller.Person.LastLook });
        return next(context);
    }

    /// <summary>
    /// A browser sends its cookie also when a page elsewhere made it ask, so what changes something needs a proof: forms
    /// their antiforgery token; other calls that token in the header, or the browser's own word that the page was ours. A
    /// route that switches antiforgery off sees to it itself. API tokens are never sent by themselves, so calls with one
    /// need no proof where no form is meant.
    /// </summary>
    public static async Task RefuseForgedAsync(HttpContext context, RequestDelegate next, IAntiforgery antiforgery)
    {
        var required = context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation;
        var isSession = context.FindCaller() is { IsToken: false };
        var needed = required ?? (isSession && context.Request.Headers[FetchSite] != "same-origin");
        if (IsSafe(context.Request.Method) || !needed || await IsProvenAsync(context, antiforgery))
            await next(context);
        else
            await AnswerAsync(
                context,
                Refusal.BadRequest(
                    "antiforgery",
                    "The form's proof of where it comes from is missing or too old",
                    "Load the page again and repeat"
                )
            );
    }

    /// <summary>A form that is cut off or not well formed proves nothing.</summary>
    private static async Task<bool> IsProvenAsync(HttpContext context, IAntiforgery antiforgery)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }

    /// <summary>Without sign-in there is nothing here but what is marked as open; unknown paths are no exception.</summary>
    public static Task NeedWorkAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);
        if (context.FindCaller() is { LacksFactor: true } && !LeadsToFactor(context.Request.Path))
            return LeadToFactorAsync(context);
        if (WritesWithWiderSight(context))
            return AnswerAsync(context, OnlySeeing);
        if (context.FindWork() is not null)
            return endpoint is null ? AnswerAsync(context, NothingHere) : next(context);
        var request = context.Request;
        var isToken = CallerAuthentication.HasToken(context);
        if (!isToken && request.WantsPage())
        {
            // What a form was about to do is not done later, so there is nowhere to lead back to.
            var wanted = HttpMethods.IsGet(request.Method) ? $"{request.Path}{request.QueryString}" : "/";
            context.Response.Redirect(SignInPaths.SignInTo(wanted));
            return Task.CompletedTask;
        }
        var bearer = isToken ? "Bearer error=\"invalid_token\"" : "Bearer";
        context.Response.Headers[HeaderNames.WWWAuthenticate] = CallerAuthentication.TakesBasic(context)
            ? new([bearer, "Basic realm=\"Lanthorn\", charset=\"UTF-8\""])
            : new(bearer);
        return AnswerAsync(context, Unauthenticated);
    }

    /// <summary>
    /// Wider sight is for seeing: nothing is decided or written with it, save what ends it. What asks by POST, as matching
    /// does, reads.
    /// </summary>
    private static bool WritesWithWiderSight(HttpContext context) =>
        context.FindCaller() is { Glass: not null }
        && !IsSafe(context.Request.Method)
        && !WhileSeeing.Any(path => context.Request.Path.StartsWithSegments(path));

    private static readonly string[] WhileSeeing =
    [
        "/match",
        "/reconcile",
        "/break-glass",
        "/api/v1/break-glass",
        SignInPaths.SignOut,
        Languages.Path,
    ];

    private static readonly Refusal OnlySeeing = new(
        "wider-sight-reads-only",
        StatusCodes.Status403Forbidden,
        "Wider sight is for seeing: nothing is written or decided with it",
        "End it at /break-glass, and go on as yourself"
    );

    /// <summary>Whose role needs a second factor sets one up before anything else.</summary>
    private static Task LeadToFactorAsync(HttpContext context)
    {
        if (!context.Request.WantsPage())
            return AnswerAsync(context, FactorNeeded);
        context.Response.Redirect(SignInPaths.SecondFactor);
        return Task.CompletedTask;
    }

    private static bool LeadsToFactor(PathString path) =>
        path.Equals(SignInPaths.SecondFactor)
        || path.Equals(SignInPaths.SignOut)
        || path.StartsWithSegments($"/api/v1{SignInPaths.SecondFactor}");

    private static readonly Refusal FactorNeeded = new(
        "second-factor-needed",
        StatusCodes.Status403Forbidden,
        "Your role needs a second factor, and you have none",
        $"Set it up at {SignInPaths.SecondFactor}"
    );

    private static readonly Refusal NothingHere = Refusal.NotFound("Not Found");

    private static readonly Refusal Unauthenticated = new(
        "unauthenticated",
        StatusCodes.Status401Unauthorized,
        "Nobody is signed in",
        "Send 'Authorization: Bearer TOKEN', or sign in at /sign-in"
    );

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static Task AnswerAsync(HttpContext context, Refusal refusal) => refusal.ToResult().ExecuteAsync(context);
}
