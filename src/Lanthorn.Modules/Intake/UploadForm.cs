using Lanthorn.Intake.Pages;
using Lanthorn.Intake.Proposing;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Lanthorn.Intake;

/// <summary>
/// What the import page sends. The proof against forged forms is the form's first field and is looked at before anything
/// else is read: reading the whole form to find it would put every upload into a buffer.
/// </summary>
internal static class UploadForm
{
    /// <summary>The field for the code of a source that is not in the list.</summary>
    public const string OwnSource = "own";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/import/files", BeginAsync).RequireEnforcement().DisableAntiforgery().ExcludeFromDescription();
        routes.MapPost("/imports/{id}/cancel", CancelAsync).RequireEnforcement().ExcludeFromDescription();
    }

    private static async Task<IResult> BeginAsync(
        HttpContext context,
        ImportQueue queue,
        HoldTable hold,
        IAntiforgery antiforgery,
        IOptions<AntiforgeryOptions> forgery
    )
    {
        context.Response.KeepPrivate();
        var parts = new UploadedParts();
        ReceivedFiles? received = null;
        try
        {
            received = queue.Receive();
            await parts.ReadAsync(context, received, queue.MaxBytes, ProveAsync);
            var source = SourceOf(parts);
            if (
                await hold.HandleAsync(context.Work(), received, Given(parts, source), context.RequestAborted) is
                { } table
            )
                return Results.LocalRedirect($"{TableSteps.Root}/{table.Id}");
            var request = parts.ToRequest(received, source ?? throw Refuse(NoSource, ChooseOne));
            var plan = await queue.EnterAsync(context.Work(), request, received, context.RequestAborted);
            return Results.LocalRedirect($"/imports/{plan.Id}");
        }
        catch (RefusedException refused)
        {
            received?.Dispose();
            if (refused.Refusal == Forged)
                throw;
            await PassOverAsync(context);
            return new RazorComponentResult<ImportAgain>(new { refused.Refusal, Given = parts.Fields })
            {
                StatusCode = refused.Refusal.Status,
            };
        }
        catch
        {
            received?.Dispose();
            throw;
        }

        async Task ProveAsync(string name, string text)
        {
            if (name != forgery.Value.FormFieldName || forgery.Value.HeaderName is not { } header)
                throw new RefusedException(Forged);
            context.Request.Headers[header] = text;
            if (!await antiforgery.IsRequestValidAsync(context))
                throw new RefusedException(Forged);
        }
    }

    private static async Task<IResult> CancelAsync(HttpContext context, ImportQueue queue, string id)
    {
        await queue.CancelAsync(context.Work(), id, context.RequestAborted);
        return Results.LocalRedirect($"/imports/{id}");
    }

    private const string NoSource = "No source is named";
    private const string ChooseOne = "Choose one from the list, or give the code of your own";

    /// <summary>What the page of a table asks once more, with the one source that was named.</summary>
    private static Dictionary<string, string> Given(UploadedParts parts, string? source)
    {
        var given = parts.Fields.ToDictionary(StringComparer.Ordinal);
        if (source is not null)
            given["source"] = source;
        return given;
    }

    /// <summary>Null where none is named: the page of a table asks for it later.</summary>
    private static string? SourceOf(UploadedParts parts) =>
        (parts.Field("source"), parts.Field(OwnSource)) switch
        {
            ({ } listed, null) => listed,
            (null, { } own) => own,
            ({ } listed, { } own) when listed == own => own,
            (null, null) => null,
            _ => throw Refuse(
                "A source is chosen and another one is named",
                "Choose one from the list, or leave the list and give the code of your own"
            ),
        };

    /// <summary>A browser shows no answer before it has sent everything.</summary>
    private static async Task PassOverAsync(HttpContext context)
    {
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            // Longer than an upload may be, or gone: whoever still listens gets the answer.
        }
    }

    private static RefusedException Refuse(string message, string wayOut) =>
        new(Refusal.Unprocessable("import-source", message, wayOut, "source"));

    public static readonly Refusal Forged = Refusal.BadRequest(
        "antiforgery",
        "The form's proof of where it comes from is missing or too old",
        "Load the page again and repeat"
    );
}
