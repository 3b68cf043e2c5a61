using System.Globalization;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance.Notices;

/// <summary>Notices over the API, and the button of their page.</summary>
internal static class NoticeEndpoints
{
    private const string Api = "/api/v1/notices";
    private const string Page = "/notices";

    /// <param name="Until">Until when everything was seen; null is now.</param>
    internal sealed record SeenRequest(DateTimeOffset? Until = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithTags("Home");
        api.MapGet(Api, ListAsync)
            .WithSummary("What is new to me since I last looked, the newest first")
            .Produces<ShowNotices.Notices>();
        api.MapPost($"{Api}/seen", SeenAsync)
            .WithSummary("Say that I have seen my notices")
            .Produces(StatusCodes.Status204NoContent);
        routes.MapPost($"{Page}/seen", SeenFormAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(HttpContext context, ShowNotices notices)
    {
        context.Response.KeepPrivate();
        return Results.Json(await notices.HandleAsync(context.Work(), context.RequestAborted), GovernanceJson.Options);
    }

    private static async Task<IResult> SeenAsync(
        HttpContext context,
        ShowNotices notices,
        [FromBody] SeenRequest? request = null
    )
    {
        await notices.SeenAsync(context.Work(), request?.Until, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> SeenFormAsync(
        HttpContext context,
        ShowNotices notices,
        [FromForm] string? until = null
    )
    {
        await notices.SeenAsync(context.Work(), MomentOf(until), context.RequestAborted);
        return Results.LocalRedirect(Page);
    }

    private static DateTimeOffset? MomentOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;
}
