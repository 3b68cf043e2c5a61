using System.Net;
using Lanthorn.Governance.Identity;
using Lanthorn.Governance.Notices;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance.Contracts;

/// <summary>What stands between the network and every route. To be called before <c>UseAntiforgery</c>.</summary>
public static class GovernancePipeline
{
    /// <summary>
    /// In this order: the proxies' word, host names, headers, sign-in attempts, who it is, how often, for which reason,
    /// forged forms, and nothing but open routes without sign-in.
    /// </summary>
    public static WebApplication UseGovernance(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<Settings>();
        var limits = app.Services.GetRequiredService<RequestLimits>();
        var antiforgery = app.Services.GetRequiredService<IAntiforgery>();
        // Settings that name no mail server or no identity provider are refused before anything starts.
        _ = MailServer.Of(settings);
        SingleSignOn.Check(settings);
        if (TrustedProxies(settings) is { Count: > 0 } proxies)
            app.UseForwardedHeaders(Believing(proxies));
        Use(app, Gate.OnlyHosts(settings.AllowedHosts), SecurityHeaders.AddAsync, limits.LimitSignInsAsync);
        app.UseAuthentication();
        Use(
            app,
            limits.LimitCallersAsync,
            Gate.SetWorkAsync,
            (context, next) => Gate.RefuseForgedAsync(context, next, antiforgery),
            Gate.NeedWorkAsync
        );
        return app;
    }

    internal static List<IPAddress> TrustedProxies(Settings settings) =>
        [
            .. settings
                .TrustedProxies.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(text =>
                    IPAddress.TryParse(text, out var address)
                        ? address
                        : throw new RefusedException(
                            Refusal.BadRequest(
                                "trusted-proxies",
                                $"'{text}' in LANTHORN_TRUSTEDPROXIES is no address",
                                "Write addresses such as 10.0.0.2, separated by semicolons"
                            )
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

    private static void Use(WebApplication app, params ReadOnlySpan<Func<HttpContext, RequestDelegate, Task>> steps)
    {
        foreach (var step in steps)
            app.Use(step);
    }
}
