using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening.Batch;

/// <summary>Screening of whole files: what this folder adds to the module.</summary>
internal static class BatchParts
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<BatchRuns>();
        services.AddHostedService(provider => provider.GetRequiredService<BatchRuns>());
        services.AddSingleton<BeginBatch>();
        services.AddSingleton<ShowBatch>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        BatchEndpoints.Map(routes);
        BatchForms.Map(routes);
        BatchFile.Map(routes);
    }
}
