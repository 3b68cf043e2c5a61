using System.Diagnostics.Metrics;
using Lanthorn.Pathways.Accounts;
using Lanthorn.Pathways.Applicants;
using Lanthorn.Pathways.Audit;
using Lanthorn.Pathways.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Pathways.Hosting;

/// <summary>
/// The site behind the purpose wall: routes, sign-in, sessions and forms with services of their own, so that nothing of the
/// server around it can reach them. It answers inside another server, or stands alone.
/// </summary>
public sealed class PathwaysSite : IAsyncDisposable
{
    /// <summary>Below which everything of it lies.</summary>
    public const string Path = "/pathways";

    private readonly PathwaysStore store;
    private readonly WebApplication app;
    private readonly RequestDelegate answer;

    private PathwaysSite(PathwaysStore store, WebApplication app) =>
        (this.store, this.app, answer) = (store, app, ((IApplicationBuilder)app).Build());

    /// <param name="isDemonstration">Every page says at its top that all is made up.</param>
    /// <exception cref="RefusedException">The key is not that of the database, or a newer version was here.</exception>
    public static async Task<PathwaysSite> OpenAsync(
        PathwaysSettings settings,
        bool isDemonstration,
        CancellationToken cancellation
    )
    {
        var store = await PathwaysStore.OpenAsync(settings, cancellation);
        try
        {
            await Operator.EnsureAsync(store, cancellation);
            return new(store, Build(store, isDemonstration));
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>True for what is answered behind the wall, and by nobody else.</summary>
    public static bool IsFor(HttpContext context) => context.Request.Path.StartsWithSegments(Path);

    /// <summary>
    /// Answers a request that came to another server. To be called before anything there has looked at it: neither its sign-in
    /// nor its measurements may see what is asked here.
    /// </summary>
    public async Task HandleAsync(HttpContext context)
    {
        var outside = context.RequestServices;
        await using var scope = app.Services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        if (context.Features.Get<IHttpMetricsTagsFeature>() is { } measured)
            measured.MetricsDisabled = true;
        try
        {
            await answer(context);
        }
        finally
        {
            context.SetEndpoint(null);
            context.RequestServices = outside;
        }
    }

    /// <summary>Its own services, for tests.</summary>
    internal IServiceProvider Services => app.Services;

    private static WebApplication Build(PathwaysStore store, bool isDemonstration)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        AddTo(builder.Services, store, isDemonstration);
        Session.AddTo(builder.Services, store.Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        Pipeline.Use(app, store.Settings);
        return app;
    }

    private static void AddTo(IServiceCollection services, PathwaysStore store, bool isDemonstration)
    {
        services.AddSingleton(store);
        services.AddSingleton(new SiteNotice(isDemonstration));
        services.AddSingleton<SignIn>();
        services.AddSingleton<OwnAccount>();
        services.AddSingleton<ManageAccounts>();
        services.AddSingleton<KeepApplicants>();
        services.AddSingleton<ReadAudit>();
        services.AddSingleton(_ => new RequestLimits(store.Settings));
        services.AddRazorComponents();
        services.AddSingleton<IMeterFactory, SilentMeters>();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await store.DisposeAsync();
    }
}
