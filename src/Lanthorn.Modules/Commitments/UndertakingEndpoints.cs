using Lanthorn.Commitments.Contracts;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Commitments;

/// <summary>Undertakings over the API.</summary>
internal static class UndertakingEndpoints
{
    private const string Api = "/api/v1/undertakings";
    private const string One = $"{Api}/{{reference}}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithTags("Commitments");
        api.MapGet(Api, ListAsync)
            .WithSummary("Undertakings that you may see, by state, strand and owner, those due first")
            .Produces<IReadOnlyList<UndertakingLine>>();
        api.MapGet(One, ShowAsync)
            .WithSummary("An undertaking with its evidence and its history")
            .Produces<ShowUndertaking.Answer>();
        api.MapPost(Api, AddAsync)
            .WithSummary("Enter what somebody promised")
            .Produces<AddUndertaking.Added>(StatusCodes.Status201Created);
        api.MapPost($"{One}/changes", ChangeAsync)
            .WithSummary("Another day or owner, withdraw, resume, or ask the owner how it stands")
            .Produces(StatusCodes.Status204NoContent);
        api.MapPost($"{One}/evidence", OfferAsync)
            .WithSummary("Offer evidence that it was delivered")
            .Produces<OfferEvidence.Offered>(StatusCodes.Status201Created);
        api.MapPost($"{One}/evidence/{{evidence}}/decision", DecideAsync)
            .WithSummary("Accept or refuse evidence that somebody else offered")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        ListUndertakings list,
        string? state = null,
        string? strand = null,
        string? owner = null
    )
    {
        Rights.NeedRead(context.Work());
        var request = ListUndertakings.Request.Of(state, strand, owner);
        var answer = await list.HandleAsync(context.Work(), request, context.RequestAborted);
        return Json(context, answer.Undertakings);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ShowUndertaking show, string reference) =>
        Json(context, await show.HandleAsync(context.Work(), reference, context.RequestAborted));

    private static async Task<IResult> AddAsync(
        HttpContext context,
        AddUndertaking add,
        [FromBody] AddUndertaking.Request request
    ) =>
        Json(
            context,
            await add.HandleAsync(context.Work(), request, context.RequestAborted),
            StatusCodes.Status201Created
        );

    private static async Task<IResult> ChangeAsync(
        HttpContext context,
        ChangeUndertaking change,
        string reference,
        [FromBody] ChangeUndertaking.Request request
    )
    {
        await change.HandleAsync(context.Work(), reference, request, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> OfferAsync(
        HttpContext context,
        OfferEvidence offer,
        string reference,
        [FromBody] OfferEvidence.Request request
    ) =>
        Json(
            context,
            await offer.HandleAsync(context.Work(), reference, request, context.RequestAborted),
            StatusCodes.Status201Created
        );

    private static async Task<IResult> DecideAsync(
        HttpContext context,
        DecideEvidence decide,
        string reference,
        string evidence,
        [FromBody] DecideEvidence.Request request
    )
    {
        await decide.HandleAsync(context.Work(), reference, evidence, request, context.RequestAborted);
        return Results.NoContent();
    }

    private static IResult Json<T>(HttpContext context, T answer, int status = StatusCodes.Status200OK)
    {
        context.Response.KeepPrivate();
        return Results.Json(answer, CommitmentsJson.Options, statusCode: status);
    }
}
