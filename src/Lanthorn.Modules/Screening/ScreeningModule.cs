using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Screening.Batch;
using Lanthorn.Screening.Bulk;
using Lanthorn.Screening.Learning;
using Lanthorn.Screening.Reconciling;
using Lanthorn.Screening.Reviewing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening;

/// <summary>Search, match, entities and the judgements that make them.</summary>
public sealed class ScreeningModule : IModule
{
    public string Name => "Screening";

    public IEnumerable<Verb> Verbs => [MatchFile.Verb, ScoreNames.Verb, DedupeFile.Verb, .. LearningParts.Verbs];

    public IEnumerable<NavigationEntry> Navigation =>
        [
            new(Area.Know, 10, "Search", "/search", work => work.HasEnforcementAccess),
            new(Area.Know, 12, "Screen a file", "/screenings", work => work.HasEnforcementAccess),
            new(Area.Know, 15, "Saved searches", "/searches", work => work.HasEnforcementAccess),
            new(Area.Know, 17, "Review", "/review", work => work.HasEnforcementAccess),
        ];

    public IReadOnlyList<string> Tables =>
        [
            "screening_search",
            "screening_look",
            "screening_bookmark",
            .. BulkParts.Tables,
            .. ReviewParts.Tables,
            .. LearningParts.Tables,
        ];

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<Candidates>();
        services.AddHostedService(provider => provider.GetRequiredService<Candidates>());
        services.AddSingleton<Match>();
        services.AddSingleton<MatchMany>();
        services.AddSingleton<FindByName>();
        services.AddSingleton<IFindPersons, FindPersons>();
        services.AddSingleton<SavedSearches>();
        services.AddSingleton<ShowEntityPage>();
        services.AddSingleton<PreviewJudgement>();
        services.AddSingleton<ShowAccess>();
        services.AddSingleton<Bookmarks>();
        services.AddSingleton<BookmarkNews>();
        services.AddSingleton<IStartLines>(provider => provider.GetRequiredService<BookmarkNews>());
        services.AddSingleton<IStartLines, SavedSearchLines>();
        services.AddSingleton<ShowHome>();
        BulkParts.AddTo(services);
        ReconcilingParts.AddTo(services);
        BatchParts.AddTo(services);
        ReviewParts.AddTo(services);
        LearningParts.AddTo(services);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        Health.Map(routes);
        Catalog.Map(routes);
        ListAlgorithms.Map(routes);
        MatchEndpoint.Map(routes);
        SearchTexts.Map(routes);
        SearchFile.Map(routes);
        SavedSearchEndpoints.Map(routes);
        ShowEntity.Map(routes);
        Adjacent.Map(routes);
        Judge.Map(routes);
        Annotate.Map(routes);
        AnnotationEndpoints.Map(routes);
        BulkParts.Map(routes);
        ReconcilingParts.Map(routes);
        BatchParts.Map(routes);
        ReviewParts.Map(routes);
        LearningParts.Map(routes);
        HomeEndpoint.Map(routes);
    }
}
