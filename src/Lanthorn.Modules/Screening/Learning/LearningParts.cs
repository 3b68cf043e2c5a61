using Lanthorn.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening.Learning;

/// <summary>What this folder adds to the module.</summary>
internal static class LearningParts
{
    public static readonly IReadOnlyList<string> Tables = ["screening_scorer", "screening_scorer_switch"];

    public static IEnumerable<Verb> Verbs => ScorerVerbs.All;

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ScorerVersions>();
        services.AddSingleton<Scorers>();
        services.AddSingleton<TrainVersion>();
        services.AddSingleton<SwitchScorer>();
        services.AddSingleton<ShowScorers>();
    }

    public static void Map(IEndpointRouteBuilder routes) => ScorerEndpoints.Map(routes);
}
