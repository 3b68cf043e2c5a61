using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Platform;

/// <summary>Who may use a route at all. Somebody who may not is told that there is nothing: not allowed is not found.</summary>
public static class Access
{
    /// <summary>The request header that carries why personal data is read.</summary>
    public const string JustificationHeader = "X-Justification";

    public static TBuilder RequireEnforcement<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder =>
        route.AddEndpointFilter(
            async (context, next) =>
                context.HttpContext.Work().HasEnforcementAccess
                    ? await next(context)
                    : Refusal.NotFound("Not Found").ToResult()
        );

    public static TBuilder RequireRole<TBuilder>(this TBuilder route, params string[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        route.AddEndpointFilter(
            async (context, next) =>
                roles.Any(context.HttpContext.Work().IsIn)
                    ? await next(context)
                    : Refusal.NotFound("Not Found").ToResult()
        );

    /// <summary>
    /// A program that can send no token of its own accord may send it as the password of HTTP Basic. Browsers repeat such
    /// a password by themselves, so only routes that change nothing take it.
    /// </summary>
    public static TBuilder TakeTokenAsPassword<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new TokenAsPassword());

    /// <summary>Every answer that depends on the viewer is for that viewer alone.</summary>
    public static void KeepPrivate(this HttpResponse response)
    {
        response.Headers.CacheControl = "private, no-store";
        response.Headers.Vary = "Authorization, Cookie";
    }
}

/// <summary>Marks a route that <see cref="Access.TakeTokenAsPassword"/>.</summary>
public sealed record TokenAsPassword;
