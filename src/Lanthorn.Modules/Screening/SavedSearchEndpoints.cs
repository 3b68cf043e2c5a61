using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening;

/// <summary>Saved searches over the API, and by the buttons of their pages.</summary>
internal static class SavedSearchEndpoints
{
    private const string Api = "/api/v1/searches";
    private const string Pages = "/searches";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").RequireEnforcement().WithTags("Screening");
        api.MapGet(Api, ListAsync)
            .WithSummary("Saved searches, with how much is new to you in each")
            .Produces<IReadOnlyList<SavedSearches.Saved>>();
        api.MapPost(Api, SaveAsync)
            .WithSummary("Save a search, for yourself or for your organisation")
            .Produces<SavedSearches.Saved>(StatusCodes.Status201Created);
        api.MapPost($"{Api}/{{id}}/look", LookAsync)
            .WithSummary("Say that you have seen what a saved search finds")
            .Produces<SavedSearches.Saved>();
        api.MapDelete($"{Api}/{{id}}", DeleteAsync)
            .WithSummary("Delete a saved search of your own")
            .Produces(StatusCodes.Status204NoContent);
        var forms = routes.MapGroup("").RequireEnforcement().ExcludeFromDescription();
        forms.MapPost(Pages, SaveFormAsync);
        forms.MapPost($"{Pages}/{{id}}/look", LookFormAsync);
        forms.MapPost($"{Pages}/{{id}}/delete", DeleteFormAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, SavedSearches searches)
    {
        context.Response.KeepPrivate();
        return Results.Json(await searches.ListAsync(context.Work(), context.RequestAborted), JsonAnswers.Options);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext context,
        SavedSearches searches,
        [FromBody] SavedSearches.Request request
    )
    {
        context.Response.KeepPrivate();
        return Results.Json(
            await searches.SaveAsync(context.Work(), request, context.RequestAborted),
            JsonAnswers.Options,
            statusCode: StatusCodes.Status201Created
        );
    }

    private static async Task<IResult> LookAsync(HttpContext context, SavedSearches searches, string id)
    {
        context.Response.KeepPrivate();
        return Results.Json(await searches.LookAsync(context.Work(), id, context.RequestAborted), JsonAnswers.Options);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, SavedSearches searches, string id)
    {
        await searches.DeleteAsync(context.Work(), id, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> SaveFormAsync(
        HttpContext context,
        SavedSearches searches,
        [FromForm] string name,
        [FromForm] string query,
        [FromForm] string? note = null,
        [FromForm] string? shared = null
    )
    {
        var request = new SavedSearches.Request(name, note, query, shared is not null, "");
        await searches.SaveAsync(context.Work(), request, context.RequestAborted);
        return Results.LocalRedirect(Pages);
    }

    /// <summary>To what is new: the address keeps the moment of the last look, so that going back goes back.</summary>
    private static async Task<IResult> LookFormAsync(HttpContext context, SavedSearches searches, string id)
    {
        var saved = await searches.LookAsync(context.Work(), id, context.RequestAborted);
        var since = Uri.EscapeDataString(Times.Text(saved.LookedAt));
        return Results.LocalRedirect($"/search?{saved.Query}&{FindByName.SinceField}={since}");
    }

    private static async Task<IResult> DeleteFormAsync(HttpContext context, SavedSearches searches, string id)
    {
        await searches.DeleteAsync(context.Work(), id, context.RequestAborted);
        return Results.LocalRedirect(Pages);
    }
}
