using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Screening.Reconciling;

/// <summary>
/// The Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group), which OpenRefine speaks: another form of
/// asking what <c>/match</c> and <c>/entities</c> answer.
/// </summary>
internal static class ReconcilingParts
{
    public const string Root = "/reconcile";

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<Reconcile>();
        services.AddSingleton<Extend>();
        services.AddSingleton<SuggestEntities>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Root).RequireEnforcement().TakeTokenAsPassword().WithTags("Reconciliation");
        ReconcileEndpoint.Map(group);
        SuggestEndpoints.Map(group);
        PreviewEndpoint.Map(group);
    }

    /// <summary>Where the caller reached this server.</summary>
    public static string Address(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";

    /// <summary>
    /// A script from elsewhere that carries the answer would run with the reader's rights in a page of anybody: JSONP is not
    /// offered.
    /// </summary>
    public static void RefuseScripts(HttpRequest request)
    {
        if (request.Query.ContainsKey("callback"))
            throw new RefusedException(
                Refusal.BadRequest("no-jsonp", "JSONP is not offered", "Ask for JSON, without callback", "callback")
            );
    }
}
