using System.Data.Common;
using Lanthorn.Governance.Contracts;
using Lanthorn.Pathways.Hosting;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Prometheus;
using Scalar.AspNetCore;

namespace Lanthorn.Program;

/// <summary>The server: every module's routes and pages behind one sign-in.</summary>
internal static class Server
{
    /// <summary>Lists and uploads of files have their own limit; nothing else sends more than this.</summary>
    private const long MaxBodyBytes = 16 * 1024 * 1024;

    /// <summary>A search takes long lists of filters in its address; longer is a mistake.</summary>
    private const int MaxRequestLineBytes = 60_000;

    private const string RetryAfterSeconds = "5";

    /// <summary>Starts a server on an opened installation. The caller waits for it and disposes it.</summary>
    /// <param name="notice">What every page says at its top; empty for nothing.</param>
    public static async Task<WebApplication> StartAsync(
        Installation installation,
        IReadOnlyList<string> notice,
        CancellationToken cancellation
    )
    {
        await using (var services = installation.BuildServices())
            await ListeningGuard.EnsureMayListenAsync(
                installation.Settings,
                services.GetRequiredService<Accounts>(),
                cancellation
            );
        var wall = Wall.SettingsOf(installation.Settings, installation.Time);
        var pathways = await PathwaysSite.OpenAsync(wall, isDemonstration: notice.Count > 0, cancellation);
        var app = Build(installation, pathways, notice);
        installation.Store.Presence.Announce();
        await app.StartAsync(cancellation);
        return app;
    }

    private static WebApplication Build(Installation installation, PathwaysSite pathways, IReadOnlyList<string> notice)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                // With any other content root every asset answers 200 with no bytes.
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = typeof(Server).Assembly.GetName().Name,
            }
        );
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        });
        builder.WebHost.UseUrls(installation.Settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // It warns of each form it refuses and of each page that says "no-store" already: neither is the operator's work.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        installation.AddTo(builder.Services);
        builder.Services.AddSingleton(new WorkbenchNotice(notice));
        builder.Services.AddHostedService<OutboxDelivery>();
        builder.Services.AddRazorComponents();
        builder.Services.AddOpenApi("v1");
        // Made here, so that it is disposed with the server.
        builder.Services.AddSingleton(_ => pathways);

        var app = builder.Build();
        _ = app.Services.GetRequiredService<PathwaysSite>();
        // First of all: neither sign-in nor measurements of this side see what is asked behind the wall.
        app.Use((context, next) => PathwaysSite.IsFor(context) ? pathways.HandleAsync(context) : next(context));
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandler = AnswerFailureAsync,
                AllowStatusCode404Response = true,
                // A refusal is an answer, not a fault of ours.
                SuppressDiagnosticsCallback = failed =>
                    failed.Exception is RefusedException or BadHttpRequestException or OperationCanceledException
                    || StoreFailure.Why(failed.Exception) is not null,
            }
        );
        Metrics.ConfigureMeterAdapter(meters => meters.InstrumentFilterPredicate = Wall.IsOfThisSide);
        app.UseHttpMetrics(options => options.ReduceStatusCodeCardinality());
        app.UseLanguages();
        app.UseGovernance();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        Languages.Map(app);
        foreach (var module in Modules.All)
            module.Map(app);
        app.MapRazorComponents<App>().AddAdditionalAssemblies(typeof(Workbench).Assembly);
        // Nothing here depends on records: whoever is signed in may read it.
        app.MapMetrics().ExcludeFromDescription();
        app.MapOpenApi("/openapi/{documentName}.json");
        MapDescription(app);
        return app;
    }

    /// <summary>As the library's own, but for its script in the page, which no policy of ours lets run.</summary>
    private const string DescriptionPage = """
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>API · Lanthorn</title>
            <link rel="icon" href="/_content/Lanthorn.Web/lantern.svg" />
          </head>
          <body>
            <div id="app"></div>
            <script src="/docs/scalar.js"></script>
            <script src="/_content/Lanthorn.Web/docs.js"></script>
          </body>
        </html>
        """;

    /// <summary>The page that tries the API. Its library opens the page's script to everybody; here it is behind sign-in too.</summary>
    private static void MapDescription(WebApplication app)
    {
        var closed = app.MapGroup("");
        ((IEndpointConventionBuilder)closed).Finally(endpoint =>
        {
            foreach (var open in endpoint.Metadata.OfType<IAllowAnonymous>().ToList())
                endpoint.Metadata.Remove(open);
        });
        closed.MapGet("/docs", () => Results.Content(DescriptionPage, "text/html")).ExcludeFromDescription();
        closed.MapScalarApiReference("/docs", reference => reference.WithOpenApiRoutePattern("/openapi/v1.json"));
    }

    /// <summary>A refusal is worded as it is; anything else is a bug, logged once and not shown.</summary>
    private static Task AnswerFailureAsync(HttpContext context)
    {
        var failed = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var refusal = failed switch
        {
            RefusedException refused => refused.Refusal,
            DbException when StoreFailure.Why(failed) is { } why => Refusal.StoreUnavailable(why),
            BadHttpRequestException bad => new Refusal("bad-request", bad.StatusCode, bad.Message),
            _ => new Refusal(
                "internal-error",
                StatusCodes.Status500InternalServerError,
                "Something went wrong on our side",
                "It is in the log; try again or tell the administrator"
            ),
        };
        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return refusal.ToResult().ExecuteAsync(context);
    }
}
