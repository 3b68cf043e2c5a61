using Lanthorn.Matching;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening;

/// <summary><c>GET /algorithms</c>: the ways to score, under the names that clients of the matching API use.</summary>
internal static class ListAlgorithms
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/algorithms", Handle)
            .RequireEnforcement()
            .WithTags("Matching")
            .WithSummary("The scoring algorithms");

    private static Answer Handle(HttpContext context)
    {
        context.Response.KeepPrivate();
        return new(
            [.. Algorithms.All.Select(a => new Listed(a.Name, a.Description, Described))],
            Algorithms.Default,
            Algorithms.Default
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
