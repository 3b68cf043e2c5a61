using Lanthorn.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Governance;

/// <summary>
/// What every answer says to browsers, refusals and failures included: nothing from elsewhere, nothing framed, nothing
/// guessed, nothing kept by others.
/// </summary>
internal static class SecurityHeaders
{
    private const string DescriptionPage = "/docs";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>The page that tries the API sets styles in its elements; it is the only one that may.</summary>
    private const string DescriptionPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string Permissions =
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";

    private const string OneYear = "max-age=31536000";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        // Just before the answer starts: what answers failures has cleared earlier headers by then.
        context.Response.OnStarting(
            static state =>
            {
                Write((HttpContext)state);
                return Task.CompletedTask;
            },
            context
        );
        return next(context);
    }

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(DescriptionPage)
            ? DescriptionPolicy
            : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = OneYear;
        var isForViewer =
            context.FindWork() is not null && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null;
        if (isForViewer && headers.CacheControl.Count == 0)
            context.Response.KeepPrivate();
    }
}
