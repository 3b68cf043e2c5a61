using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening.Bulk;

/// <summary>What this folder adds to the module.</summary>
internal static class BulkParts
{
    public static readonly IReadOnlyList<string> Tables = ["screening_bulk", "screening_bulk_item"];

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<BulkActions>();
        services.AddSingleton<PreviewBulk>();
        services.AddSingleton<DoBulk>();
        services.AddSingleton<UndoBulk>();
        services.AddSingleton<ShowBulk>();
    }

    public static void Map(IEndpointRouteBuilder routes) => BulkEndpoints.Map(routes);
}
