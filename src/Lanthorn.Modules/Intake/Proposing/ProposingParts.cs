using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake.Proposing;

/// <summary>What this folder adds to the module.</summary>
internal static class ProposingParts
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ColumnNames>();
        services.AddSingleton<ProposeMapping>();
        services.AddSingleton<PreviewRecords>();
        services.AddSingleton<HeldTables>();
        services.AddSingleton<HoldTable>();
        services.AddSingleton<ImportTable>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        TableSteps.Map(routes);
        SuggestEndpoint.Map(routes);
    }
}
