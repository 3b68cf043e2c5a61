using Lanthorn.Pathways.Hosting;
using Lanthorn.Pathways.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Pathways.Audit;

/// <summary>The log behind the wall, for its administrator.</summary>
internal static class AuditEndpoints
{
    private const int DefaultEntries = 100;

    internal sealed record Verdict(bool Holds, BrokenLink? Broken);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{SitePaths.Api}/audit", ListAsync);
        routes.MapGet($"{SitePaths.Api}/audit/verify", VerifyAsync);
        routes.MapGet(SitePaths.Audit, ShowAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ReadAudit log, int limit = DefaultEntries) =>
        Answers.Of(await log.ListAsync(context.Account(), limit, context.RequestAborted));

    private static async Task<IResult> VerifyAsync(HttpContext context, ReadAudit log)
    {
        var broken = await log.VerifyAsync(context.Account(), context.RequestAborted);
        return Answers.Of(new Verdict(broken is null, broken));
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ReadAudit log, bool verify = false)
    {
        var (by, stop) = (context.Account(), context.RequestAborted);
        var entries = await log.ListAsync(by, DefaultEntries, stop);
        // All of the log is read for it: only when it is asked for.
        var broken = verify ? await log.VerifyAsync(by, stop) : null;
        return new RazorComponentResult<AuditPage>(
            new Dictionary<string, object?>
            {
                [nameof(AuditPage.Who)] = PageAccount.Of(by),
                [nameof(AuditPage.Entries)] = entries.Select(ListedEntry.Of).ToList(),
                [nameof(AuditPage.IsVerified)] = verify,
                [nameof(AuditPage.BrokenAt)] = broken?.Sequence,
            }
        );
    }
}
