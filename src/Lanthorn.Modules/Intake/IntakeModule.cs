using Lanthorn.Intake.Contracts;
using Lanthorn.Intake.Proposing;
using Lanthorn.Intake.Refreshing;
using Lanthorn.Intake.Starting;
using Lanthorn.Intake.Vintages;
using Lanthorn.Platform;
using Lanthorn.Screening.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake;

/// <summary>How records come in: sources, imports, quarantine.</summary>
public sealed class IntakeModule : IModule
{
    public string Name => "Intake";

    public IReadOnlyList<string> Tables =>
        [
            "intake_imports",
            "intake_quarantine",
            "intake_refresh",
            "intake_fetched",
            "intake_news",
            "intake_column_names",
        ];

    public IEnumerable<Verb> Verbs =>
        [ImportVerb.Verb, SuggestVerb.Verb, ReplayVerb.Verb, UndoVerb.Verb, .. SourcesVerb.All, .. RecordVerbs.All];

    public IEnumerable<NavigationEntry> Navigation =>
        [
            new(Area.Know, 20, "Sources", "/sources", work => work.HasEnforcementAccess),
            new(Area.Know, 30, "Imports", "/imports", work => work.HasEnforcementAccess),
            new(Area.Know, 40, "New record", "/records/new", ByHand.MayWrite),
        ];

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ImportFiles>();
        services.AddSingleton(provider => new Imports(provider.GetRequiredService<ImportFiles>()));
        services.AddSingleton(new OfficialLists(OfficialSources.All.Select(s => s.Code).ToHashSet()));
        services.AddSingleton<ListSources>();
        RefreshingParts.AddTo(services);
        VintageParts.AddTo(services);
        StartParts.AddTo(services);
        ProposingParts.AddTo(services);
        services.AddSingleton<ImportProgress>();
        services.AddSingleton<ReadQuarantine>();
        services.AddSingleton<UndoImport>();
        services.AddSingleton<ReplayRows>();
        services.AddSingleton<WriteRecords>();
        services.AddSingleton<RecordHistory>();
        services.AddSingleton<ImportQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<ImportQueue>());
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        SourcesEndpoint.Map(routes);
        RefreshingParts.Map(routes);
        VintageParts.Map(routes);
        ImportsEndpoint.Map(routes);
        UploadForm.Map(routes);
        ProposingParts.Map(routes);
        QuarantineFile.Map(routes);
        IntakeTables.Map(routes);
        UndoImport.Map(routes);
        ReplayEndpoint.Map(routes);
        RecordsEndpoint.Map(routes);
    }
}
