using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance.Oversight;

/// <summary>What this folder adds to the module.</summary>
internal static class OversightParts
{
    public static readonly string[] Tables = ["gov_complaint", "gov_complaint_subject", "gov_hold"];

    public static IEnumerable<NavigationEntry> Navigation =>
        [
            new(Area.Govern, 20, "Complaints", "/complaints", Officers.IsFundamentalRights),
            new(Area.Govern, 25, "Holds", "/holds", work => Officers.Both.Any(work.IsIn)),
        ];

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<Complaints>();
        services.AddSingleton<Holds>();
        services.AddSingleton<ReceiveComplaint>();
        services.AddSingleton<ReadComplaints>();
        services.AddSingleton<ActOnComplaint>();
        services.AddSingleton<PlaceHold>();
        services.AddSingleton<ComplaintDoor>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        DeskEndpoints.Map(routes);
        ComplaintDoor.Map(routes);
    }
}
