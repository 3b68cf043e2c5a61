using Microsoft.AspNetCore.Http;

namespace Lanthorn.Pathways.Hosting;

/// <summary>What every answer behind the wall says to browsers: nothing from elsewhere, nothing framed, nothing kept.</summary>
internal static class Headers
{
    /// <summary>No script of a page here asks the server anything, so none may.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string Permissions =
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";

    private const string OneYear = "max-age=31536000";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(
            static state =>
            {
                var (context, headers) = ((HttpContext)state, ((HttpContext)state).Response.Headers);
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "no-referrer";
                headers["Permissions-Policy"] = Permissions;
                // Not "same-origin": the enforcement side is the same origin to a browser, and must not read a page it opened.
                headers["Cross-Origin-Opener-Policy"] = "noopener-allow-popups";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers.CacheControl = "private, no-store";
                if (context.Request.IsHttps)
                    headers.StrictTransportSecurity = OneYear;
                return Task.CompletedTask;
            },
            context
        );
        return next(context);
    }
}
