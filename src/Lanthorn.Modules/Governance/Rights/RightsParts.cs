using Lanthorn.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance.Rights;

/// <summary>What this folder adds to the module.</summary>
internal static class RightsParts
{
    public static readonly string[] Tables =
    [
        "gov_request",
        "gov_request_record",
        "gov_request_consultation",
        "gov_request_step",
        "gov_certificate",
    ];

    public static IEnumerable<NavigationEntry> Navigation =>
        [new(Area.Protect, 10, "Requests of people", "/rights", Officers.IsDataProtection)];

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<SealedText>();
        services.AddSingleton<ReadRequests>();
        services.AddSingleton<WriteRequests>();
        services.AddSingleton<AddRequest>();
        services.AddSingleton<ListRequests>();
        services.AddSingleton<ShowRequest>();
        services.AddSingleton<CheckIdentity>();
        services.AddSingleton<ExtendRequest>();
        services.AddSingleton<SearchPerson>();
        services.AddSingleton<MarkRecord>();
        services.AddSingleton<ConsultProvider>();
        services.AddSingleton<DecideRequest>();
        services.AddSingleton<CarryOutRequest>();
        services.AddSingleton<AnswerRequest>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        RightsEndpoints.Map(routes);
        RightsForms.Map(routes);
        RightsFile.Map(routes);
    }
}
