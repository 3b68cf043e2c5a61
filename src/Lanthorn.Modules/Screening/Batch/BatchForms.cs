using Lanthorn.Platform;
using Lanthorn.Screening.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening.Batch;

/// <summary>What the pages of screenings send.</summary>
internal static class BatchForms
{
    public const string Root = "/screenings";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup(Root).RequireEnforcement().ExcludeFromDescription();
        forms
            // Not at the page's own address: a page answers every method there.
            .MapPost("/begin", BeginAsync)
            .WithFormOptions(memoryBufferThreshold: BatchUpload.MaxForm, multipartBodyLengthLimit: BatchUpload.MaxForm);
        forms.MapPost("/{id}/stop", StopAsync);
        forms.MapPost("/{id}/delete", DeleteAsync);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, BeginBatch begin, IAntiforgery antiforgery)
    {
        context.Response.KeepPrivate();
        var form = await ProvenAsync(context, antiforgery);
        string? Field(string name) => form[name] is [{ } text, ..] ? text : null;
        try
        {
            var run = await begin.HandleAsync(
                context.Work(),
                BatchRequest.Of(Field),
                BatchUpload.FileOf(form),
                context.RequestAborted
            );
            return Results.LocalRedirect($"{Root}/{run.Id}");
        }
        catch (RefusedException refused)
        {
            var given = form.Keys.Where(k => k.Length > 0).ToDictionary(k => k, k => Field(k) ?? "");
            return new RazorComponentResult<BatchAgain>(new { refused.Refusal, Given = given })
            {
                StatusCode = refused.Refusal.Status,
            };
        }
    }

    private static async Task<IResult> StopAsync(
        HttpContext context,
        BatchRuns runs,
        IAntiforgery antiforgery,
        string id
    )
    {
        await ProvenAsync(context, antiforgery);
        runs.Need(context.Work(), id).Stop();
        return Results.LocalRedirect($"{Root}/{id}");
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext context,
        BatchRuns runs,
        IAntiforgery antiforgery,
        string id
    )
    {
        await ProvenAsync(context, antiforgery);
        runs.Remove(runs.Need(context.Work(), id));
        return Results.LocalRedirect(Root);
    }

    private static async Task<IFormCollection> ProvenAsync(HttpContext context, IAntiforgery antiforgery)
    {
        var form = await BatchUpload.ReadAsync(context);
        return await antiforgery.IsRequestValidAsync(context) ? form : throw new RefusedException(Forged);
    }

    private static readonly Refusal Forged = Refusal.BadRequest(
        "antiforgery",
        "The form's proof of where it comes from is missing or too old",
        "Load the page again and repeat"
    );
}
