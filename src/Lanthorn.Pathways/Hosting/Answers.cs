using System.Text.Json;
using Lanthorn.Pathways.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lanthorn.Pathways.Hosting;

/// <summary>How what is behind the wall answers: pages, JSON, and refusals as either.</summary>
internal static class Answers
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static IResult Of<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, Json, statusCode: status);

    /// <summary>True for a browser that shows a page to a person.</summary>
    public static bool WantsPage(this HttpRequest request)
    {
        var accepted = request.Headers.Accept.ToString();
        return accepted.Contains("text/html", StringComparison.OrdinalIgnoreCase)
            && !accepted.Contains("json", StringComparison.OrdinalIgnoreCase);
    }

    public static Task RefuseAsync(this HttpContext context, Refusal refusal)
    {
        IResult result = context.Request.WantsPage()
            ? new RazorComponentResult<RefusalPage>(
                new Dictionary<string, object?> { [nameof(RefusalPage.Refusal)] = refusal }
            )
            {
                StatusCode = refusal.Status,
            }
            : Results.Json(
                new
                {
                    type = $"urn:lanthorn:refusal:{refusal.Code}",
                    title = refusal.Message,
                    status = refusal.Status,
                    detail = refusal.InWords,
                    code = refusal.Code,
                    field = refusal.Field,
                },
                contentType: "application/problem+json",
                statusCode: refusal.Status
            );
        return result.ExecuteAsync(context);
    }

    /// <summary>Where somebody wanted to go: a path behind the wall, never another address.</summary>
    public static string LocalPath(string? next) =>
        next is { Length: <= 2_000 }
        && (next == PathwaysSite.Path || next.StartsWith($"{PathwaysSite.Path}/", StringComparison.Ordinal))
        && next.All(c => c is > ' ' and <= '~' and not '\\')
            ? next
            : $"{PathwaysSite.Path}/";
}
