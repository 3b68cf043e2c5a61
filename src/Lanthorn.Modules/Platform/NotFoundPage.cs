using Microsoft.AspNetCore.Http;

namespace Lanthorn.Platform;

/// <summary>A page that says that there is nothing.</summary>
public static class NotFoundPage
{
    /// <summary>
    /// The answer is 404, with the page that is just being made. Set at once, the status would make the renderer throw the
    /// page away and leave the answer to somebody else, who does not know what was looked for.
    /// </summary>
    public static void SayNotFound(this HttpResponse response) =>
        response.OnStarting(() =>
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
}
