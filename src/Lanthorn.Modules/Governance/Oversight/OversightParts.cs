using Lanthorn.Governance.Contracts;
using Lanthorn.Governance.Oversight.Registers;
using Lanthorn.Governance.Oversight.Transfers;
using Lanthorn.Governance.Rights;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance.Oversight;

/// <summary>What this folder adds to the module.</summary>
internal static class OversightParts
{
    public static readonly string[] Tables =
    [
        "gov_complaint",
        "gov_complaint_subject",
        "gov_hold",
        "gov_register_entry",
        "gov_breach",
        "gov_transfer",
        "gov_transfer_record",
        "gov_debrief_source",
    ];

    public static IEnumerable<NavigationEntry> Navigation =>
        [
            new(Area.Govern, 5, "Oversight", "/oversight", work => Officers.Both.Any(work.IsIn)),
            new(Area.Govern, 20, "Complaints", "/complaints", Officers.IsFundamentalRights),
            new(Area.Govern, 25, "Holds", "/holds", work => Officers.Both.Any(work.IsIn)),
            new(Area.Govern, 28, "Transfers", "/transfers", ReadTransfers.MayRead),
            new(Area.Govern, 30, "Registers", "/registers", work => Officers.Both.Any(work.IsIn)),
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
        services.AddSingleton<KeepRegister>();
        services.AddSingleton<RecordBreach>();
        services.AddSingleton<YearlyStatistics>();
        services.AddSingleton<SupervisorExport>();
        services.AddSingleton<IStartLines, OfficerLines>();
        services.AddSingleton(FictionalDeskOf);
        services.AddSingleton<DebriefSources>();
        services.AddSingleton<ReadTransfers>();
        services.AddSingleton<ProposeTransfer>();
        services.AddSingleton<DecideTransfer>();
        services.AddSingleton<Contracts.Transfers>();
    }

    private static FictionalDesk FictionalDeskOf(IServiceProvider services)
    {
        T Of<T>()
            where T : notnull => services.GetRequiredService<T>();
        return new(
            (Of<AddRequest>(), Of<CheckIdentity>(), Of<ReadRequests>()),
            (Of<ReceiveComplaint>(), Of<ActOnComplaint>(), Of<ReadComplaints>()),
            (Of<RecordBreach>(), Of<KeepRegister>())
        );
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        DeskEndpoints.Map(routes);
        ComplaintDoor.Map(routes);
        RegisterEndpoints.Map(routes);
        RegisterFile.Map(routes);
        StatisticsFile.Map(routes);
        TransferEndpoints.Map(routes);
    }
}
