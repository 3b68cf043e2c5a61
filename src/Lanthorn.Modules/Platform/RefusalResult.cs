using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Platform;

/// <summary>A refusal as an answer: a page for a browser, problem+json for everybody else.</summary>
internal sealed class RefusalResult(Refusal refusal) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        if (context.Request.WantsPage())
            await PageAsync(context);
        else
            await Problem().ExecuteAsync(context);
    }

    private IResult Problem() =>
        Results.Json(
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

    /// <summary>In a scope of its own: what renders pages may already have begun another one for this request.</summary>
    private async Task PageAsync(HttpContext context)
    {
        var before = context.RequestServices;
        await using var scope = before.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            var parameters = new Dictionary<string, object?> { [nameof(RefusalPage.Refusal)] = refusal };
            var page = new RazorComponentResult<RefusalPage>(parameters) { StatusCode = refusal.Status };
            await page.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = before;
        }
    }
}

internal static class RequestPage
{
    /// <summary>True for a browser that shows a page to a person; false for a program, also one that would take either.</summary>
    public static bool WantsPage(this HttpRequest request)
    {
        var accepted = request.Headers.Accept.ToString();
        return accepted.Contains("text/html", StringComparison.OrdinalIgnoreCase)
            && !accepted.Contains("json", StringComparison.OrdinalIgnoreCase);
    }
}
