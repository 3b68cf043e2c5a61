using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake.Refreshing;

/// <summary>What this folder adds to the module.</summary>
internal static class RefreshingParts
{
    public static void AddTo(IServiceCollection services)
    {
        FetchFile.Configure(services);
        services.AddSingleton<FetchFile>();
        services.AddSingleton<RefreshStates>();
        services.AddSingleton<RefreshSource>();
        services.AddSingleton<ScheduleSource>();
        services.AddSingleton<AddressSource>();
        services.AddSingleton<RefreshesUnderWay>();
        services.AddSingleton<RefreshRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<RefreshRunner>());
    }

    public static void Map(IEndpointRouteBuilder routes) => RefreshEndpoints.Map(routes);
}
