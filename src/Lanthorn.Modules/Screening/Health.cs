using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening;

/// <summary>Is the program alive, can it answer, and how does it fare.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/healthz", () => Results.Json(new { status = "ok" }))
            .AllowAnonymous()
            .WithTags("Operation")
            .WithSummary("The program is alive");
        routes
            .MapGet(
                "/readyz",
                async (Candidates candidates, Store store, CancellationToken cancellation) =>
                {
                    if (await store.WhyUnreachableAsync(cancellation) is { } why)
                        throw new RefusedException(Refusal.StoreUnavailable(why));
                    return candidates.IsReady ? Results.Json(new { status = "ok" }) : Match.NotReady.ToResult();
                }
            )
            .AllowAnonymous()
            .WithTags("Operation")
            .WithSummary("The database answers and the indexes are loaded; 503 with the reason until then");
    }
}
