using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Screening.Learning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening;

/// <summary><c>GET /algorithms</c>: the ways to score, under the names that clients of the matching API use.</summary>
internal static class ListAlgorithms
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/algorithms", HandleAsync)
            .RequireEnforcement()
            .WithTags("Matching")
            .WithSummary("The scoring algorithms");

    private static async Task<Answer> HandleAsync(HttpContext context, ScorerVersions versions, Scorers scorers)
    {
        context.Response.KeepPrivate();
        var learnt = await versions.ListAsync(context.Work().Viewer, context.RequestAborted);
        var inUse = await scorers.NameInUseAsync(context.RequestAborted);
        return new(
            [
                .. Algorithms
                    .All.Concat(learnt.Select(v => Algorithms.Learnt(v.Id)))
                    .Select(a => new Listed(a.Name, a.Description, Described)),
            ],
            inUse,
            inUse
        );
    }

    private static readonly Dictionary<string, Feature> Described = Features.All.ToDictionary(
        f => f.Name,
        f => new Feature(f.Description)
    );

    internal sealed record Answer(IReadOnlyList<Listed> Algorithms, string Default, string Best);

    internal sealed record Listed(string Name, string Description, IReadOnlyDictionary<string, Feature> Features);

    internal sealed record Feature(string Description);
}
