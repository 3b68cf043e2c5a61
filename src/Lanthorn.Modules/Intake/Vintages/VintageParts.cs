using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake.Vintages;

/// <summary>What this folder adds to the module.</summary>
internal static class VintageParts
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<SourceVintages>();
        services.AddSingleton<CompareVintages>();
        services.AddSingleton<VintageFeed>();
        services.AddSingleton(provider => provider.GetRequiredService<VintageFeed>().Subscriber);
    }

    public static void Map(IEndpointRouteBuilder routes) => VintageEndpoints.Map(routes);
}
