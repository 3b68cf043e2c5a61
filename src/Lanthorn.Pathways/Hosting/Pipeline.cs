using System.Data.Common;
using System.Net;
using Lanthorn.Pathways.Accounts;
using Lanthorn.Pathways.Applicants;
using Lanthorn.Pathways.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Pathways.Hosting;

/// <summary>What stands between the network and the routes behind the wall, and these routes.</summary>
internal static class Pipeline
{
    public static void Use(WebApplication app, PathwaysSettings settings)
    {
        var limits = app.Services.GetRequiredService<RequestLimits>();
        if (Proxies(settings) is { Count: > 0 } proxies)
            app.UseForwardedHeaders(Believing(proxies));
        Use(app, Headers.AddAsync, AnswerFailureAsync, Gate.OnlyHosts(settings.AllowedHosts));
        SiteLanguages.Use(app);
        app.UseRouting();
        Use(app, limits.LimitSignInsAsync, Gate.RecogniseAsync, limits.LimitCallersAsync);
        Use(app, Gate.RefuseForgedAsync, Gate.NeedCallerAsync, Gate.NeedOwnPasswordAsync);
        app.UseAntiforgery();
        SiteLanguages.Map(app);
        AccountEndpoints.Map(app);
        ManagingEndpoints.Map(app);
        ApplicantEndpoints.Map(app);
        AuditEndpoints.Map(app);
        app.UseEndpoints(_ => { });
    }

    private static void Use(WebApplication app, params ReadOnlySpan<Func<HttpContext, RequestDelegate, Task>> steps)
    {
        foreach (var step in steps)
            app.Use(step);
    }

    /// <summary>A refusal is worded as it is; anything else is a bug, logged once and not shown.</summary>
    private static async Task AnswerFailureAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception failed) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var refusal = failed switch
            {
                RefusedException refused => refused.Refusal,
                BadHttpRequestException bad => new Refusal("bad-request", bad.StatusCode, "The request cannot be read"),
                DbException => new(
                    "store-unavailable",
                    503,
                    "The database does not answer",
                    "Try again in some seconds"
                ),
                _ => new("internal-error", 500, "Something went wrong on our side", "It is in the log; try again"),
            };
            if (failed is not (RefusedException or BadHttpRequestException))
                context
                    .RequestServices.GetRequiredService<ILoggerFactory>()
                    .CreateLogger(typeof(Pipeline).FullName!)
                    .LogError(failed, "A request behind the wall failed");
            context.Response.Clear();
            await context.RefuseAsync(refusal);
        }
    }

    private static List<IPAddress> Proxies(PathwaysSettings settings) =>
        [
            .. settings
                .TrustedProxies.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(text =>
                    IPAddress.TryParse(text, out var address)
                        ? address
                        : throw new RefusedException(
                            Refusal.BadRequest("trusted-proxies", $"'{text}' among the trusted proxies is no address")
                        )
                ),
        ];

    private static ForwardedHeadersOptions Believing(List<IPAddress> proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        proxies.ForEach(options.KnownProxies.Add);
        return options;
    }
}
