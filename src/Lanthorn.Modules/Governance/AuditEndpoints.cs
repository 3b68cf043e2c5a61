using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance;

/// <summary>The audit log over the API, for those who oversee; for others there is nothing here.</summary>
internal static class AuditEndpoints
{
    private const string Tag = "Oversight";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/v1").RequireRole(Roles.Overseeing).WithTags(Tag);
        audit
            .MapGet("/audit", ListAsync)
            .WithSummary("Who read or changed what, and why: the newest first, by account where one is named")
            .Produces<ReadAuditLog.Answer>();
        audit
            .MapGet("/audit/verify", VerifyAsync)
            .WithSummary("Whether the chains of the log hold, and where the first breaks")
            .Produces<ReadAuditLog.Verdict>();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        ReadAuditLog log,
        string? account,
        long before = 0,
        int limit = ReadAuditLog.DefaultEntries
    )
    {
        context.Response.KeepPrivate();
        var answer = await log.HandleAsync(context.Work(), account, before, limit, context.RequestAborted);
        return Results.Json(answer, GovernanceJson.Options);
    }

    private static async Task<IResult> VerifyAsync(HttpContext context, ReadAuditLog log)
    {
        context.Response.KeepPrivate();
        return Results.Json(await log.VerifyAsync(context.Work(), context.RequestAborted), GovernanceJson.Options);
    }
}
