using Lanthorn.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening;

/// <summary>Search, match, entities and the judgements that make them.</summary>
public sealed class ScreeningModule : IModule
{
    public string Name => "Screening";

    public IReadOnlyList<string> Tables => ["screening_bookmark"];

    public IEnumerable<Verb> Verbs => [MatchFile.Verb, ScoreNames.Verb];

    public IEnumerable<NavigationEntry> Navigation =>
        [new(Area.Know, 10, "Search", "/search", work => work.HasEnforcementAccess)];

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<Candidates>();
        services.AddHostedService(provider => provider.GetRequiredService<Candidates>());
        services.AddSingleton<Match>();
        services.AddSingleton<FindByName>();
        services.AddSingleton<ShowEntityPage>();
        services.AddSingleton<PreviewJudgement>();
        services.AddSingleton<ShowAccess>();
        services.AddSingleton<Bookmarks>();
        services.AddSingleton<ShowHome>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        Health.Map(routes);
        Catalog.Map(routes);
        ListAlgorithms.Map(routes);
        MatchEndpoint.Map(routes);
        SearchTexts.Map(routes);
        ShowEntity.Map(routes);
        Adjacent.Map(routes);
        Judge.Map(routes);
        Annotate.Map(routes);
    }
}
