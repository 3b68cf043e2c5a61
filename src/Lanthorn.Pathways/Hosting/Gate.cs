using Lanthorn.Pathways.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Lanthorn.Pathways.Hosting;

/// <summary>What a request must be before any route behind the wall sees it: addressed to us, meant by its sender, signed in here.</summary>
internal static class Gate
{
    private const string Bearer = "Bearer ";
    private const string FetchMode = "Sec-Fetch-Mode";

    private static readonly Refusal Unauthenticated = new(
        "unauthenticated",
        StatusCodes.Status401Unauthorized,
        "Nobody is signed in behind the wall",
        "Send 'Authorization: Bearer TOKEN' with a token of Pathways, or sign in at /pathways/sign-in"
    );

    public static Func<HttpContext, RequestDelegate, Task> OnlyHosts(string allowed)
    {
        var hosts = allowed
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (context, next) =>
            hosts.Contains(context.Request.Host.Host)
                ? next(context)
                : context.RefuseAsync(Refusal.BadRequest("unknown-host", "This server does not go by that name"));
    }

    /// <summary>A request with a token is judged by the token alone, even where a browser also sent its cookie.</summary>
    public static async Task RecogniseAsync(HttpContext context, RequestDelegate next)
    {
        var sent = context.Request.Headers.Authorization.ToString();
        if (sent.Length > 0)
        {
            var token = sent.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? sent[Bearer.Length..].Trim() : "";
            var own = context.RequestServices.GetRequiredService<OwnAccount>();
            if (await own.ByTokenAsync(token, context.RequestAborted) is { } account)
                context.SetCaller(new(account, IsToken: true));
        }
        else if (MayCarrySession(context.Request) && await Session.FindAsync(context) is { } account)
            context.SetCaller(new(account, IsToken: false));
        await next(context);
    }

    /// <summary>
    /// A session is for pages that a person opens. A script fetches none of them, also not one of the enforcement side's pages,
    /// which a browser takes for the same site.
    /// </summary>
    private static bool MayCarrySession(HttpRequest request) =>
        request.Headers[FetchMode].ToString() is "" or "navigate";

    /// <summary>What changes something under a session needs the proof that one of our pages gave; tokens are never sent by themselves.</summary>
    public static async Task RefuseForgedAsync(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Method;
        var isSafe = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
        if (isSafe || context.FindCaller() is not { IsToken: false } || await IsProvenAsync(context))
            await next(context);
        else
            await context.RefuseAsync(
                Refusal.BadRequest(
                    "antiforgery",
                    "The form's proof of where it comes from is missing or too old",
                    "Load the page again and repeat"
                )
            );
    }

    private static async Task<bool> IsProvenAsync(HttpContext context)
    {
        try
        {
            return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }

    /// <summary>Without sign-in there is nothing here but the page for it; unknown paths are no exception.</summary>
    public static Task NeedCallerAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);
        if (context.FindCaller() is not null)
            return endpoint is null ? context.RefuseAsync(Refusal.NotFound) : next(context);
        var request = context.Request;
        if (request.Headers.Authorization.Count == 0 && request.WantsPage())
        {
            var wanted = HttpMethods.IsGet(request.Method) ? $"{request.Path}{request.QueryString}" : null;
            context.Response.Redirect(SitePaths.SignInTo(wanted));
            return Task.CompletedTask;
        }
        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"Lanthorn Pathways\"";
        return context.RefuseAsync(Unauthenticated);
    }

    /// <summary>A password that somebody else made up opens only the page on which it is changed.</summary>
    public static Task NeedOwnPasswordAsync(HttpContext context, RequestDelegate next)
    {
        if (context.FindCaller() is not { IsToken: false, Account.MustChange: true } || MayDoBefore(context))
            return next(context);
        if (!context.Request.WantsPage())
            return context.RefuseAsync(
                new(
                    "password-to-change",
                    403,
                    "The password was made up by another one",
                    "Choose one of your own first"
                )
            );
        context.Response.Redirect(SitePaths.Account);
        return Task.CompletedTask;
    }

    private static bool MayDoBefore(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
        || context.Request.Path.Value is SitePaths.Account or SitePaths.Password or SitePaths.SignOut;
}
