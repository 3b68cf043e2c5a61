using Lanthorn.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening.Reviewing;

/// <summary>What this folder adds to the module.</summary>
internal static class ReviewParts
{
    public static readonly IReadOnlyList<string> Tables =
    [
        "screening_pair",
        "screening_pair_run",
        "screening_decision",
    ];

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<Worklist>();
        services.AddSingleton<Decisions>();
        services.AddSingleton<MakeJudgement>();
        services.AddSingleton<AnswerProposal>();
        services.AddSingleton<JoinSure>();
        services.AddSingleton<ShowJoined>();
        services.AddSingleton<FindPairs>();
        services.AddSingleton<PairRuns>();
        services.AddSingleton<PairSearcher>();
        services.AddHostedService(provider => provider.GetRequiredService<PairSearcher>());
        services.AddSingleton<NextPair>();
        services.AddSingleton<DecidePair>();
        services.AddSingleton<UndoDecision>();
        services.AddSingleton<ReviewHistory>();
        services.AddSingleton<IStartLines, ReviewLines>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        ReviewEndpoints.Map(routes);
        ReviewForms.Map(routes);
        ReviewFile.Map(routes);
    }
}
