using Lanthorn.Pathways.Hosting;
using Lanthorn.Pathways.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Pathways.Applicants;

/// <summary>Applicants for counsellors: API and pages over the same use cases.</summary>
internal static class ApplicantEndpoints
{
    internal sealed record NewApplicant(string Name, string? Note = null);

    internal sealed record StateRequest(string State);

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string api = $"{SitePaths.Api}/applicants";
        routes.MapGet(api, ListAsync);
        routes.MapPost(api, AddAsync);
        routes.MapGet($"{api}/{{id}}", OpenAsync);
        routes.MapPut($"{api}/{{id}}/state", SetStateAsync);
        routes.MapGet(SitePaths.Applicants, ShowListAsync);
        routes.MapPost(SitePaths.Applicants, AddOnPageAsync);
        routes.MapGet($"{SitePaths.Applicants}/{{id}}", ShowOneAsync);
        routes.MapPost($"{SitePaths.Applicants}/{{id}}", SetStateOnPageAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, KeepApplicants applicants) =>
        Answers.Of(await applicants.ListAsync(context.Account(), context.RequestAborted));

    private static async Task<IResult> AddAsync(
        HttpContext context,
        KeepApplicants applicants,
        [FromBody] NewApplicant asked
    ) =>
        Answers.Of(
            await applicants.AddAsync(context.Account(), asked.Name, asked.Note, context.RequestAborted),
            StatusCodes.Status201Created
        );

    private static async Task<IResult> OpenAsync(HttpContext context, KeepApplicants applicants, string id) =>
        Answers.Of(await applicants.OpenAsync(context.Account(), id, context.RequestAborted));

    private static async Task<IResult> SetStateAsync(
        HttpContext context,
        KeepApplicants applicants,
        string id,
        [FromBody] StateRequest asked
    ) => Answers.Of(await applicants.SetStateAsync(context.Account(), id, asked.State, context.RequestAborted));

    private static Task<IResult> ShowListAsync(HttpContext context, KeepApplicants applicants) =>
        ListPageAsync(context, applicants, refusal: null);

    private static async Task<IResult> AddOnPageAsync(
        HttpContext context,
        KeepApplicants applicants,
        [FromForm] string? name,
        [FromForm] string? note
    )
    {
        try
        {
            var added = await applicants.AddAsync(context.Account(), name, note, context.RequestAborted);
            return Results.LocalRedirect(SitePaths.Applicant(added.Id));
        }
        catch (RefusedException refused) when (refused.Refusal.Status == StatusCodes.Status422UnprocessableEntity)
        {
            return await ListPageAsync(context, applicants, refused.Refusal);
        }
    }

    private static async Task<IResult> ShowOneAsync(HttpContext context, KeepApplicants applicants, string id)
    {
        var found = await applicants.OpenAsync(context.Account(), id, context.RequestAborted);
        return new RazorComponentResult<ApplicantPage>(
            new Dictionary<string, object?>
            {
                [nameof(ApplicantPage.Who)] = PageAccount.Of(context.Account()),
                [nameof(ApplicantPage.Shown)] = ShownApplicant.Of(found),
            }
        );
    }

    private static async Task<IResult> SetStateOnPageAsync(
        HttpContext context,
        KeepApplicants applicants,
        string id,
        [FromForm] string? state
    )
    {
        var changed = await applicants.SetStateAsync(context.Account(), id, state, context.RequestAborted);
        return Results.LocalRedirect(SitePaths.Applicant(changed.Id));
    }

    private static async Task<IResult> ListPageAsync(HttpContext context, KeepApplicants applicants, Refusal? refusal)
    {
        var listed = await applicants.ListAsync(context.Account(), context.RequestAborted);
        return new RazorComponentResult<ApplicantsPage>(
            new Dictionary<string, object?>
            {
                [nameof(ApplicantsPage.Who)] = PageAccount.Of(context.Account()),
                [nameof(ApplicantsPage.Applicants)] = listed.Select(ListedApplicant.Of).ToList(),
                [nameof(ApplicantsPage.Refusal)] = refusal,
            }
        )
        {
            StatusCode = refusal?.Status,
        };
    }
}
