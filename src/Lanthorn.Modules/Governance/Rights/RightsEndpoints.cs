using System.Globalization;
using Lanthorn.Governance.Rights.Pages;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Lanthorn.Governance.Rights;

/// <summary>Requests of people about their data over the API, for the data protection officer; for others there is nothing.</summary>
internal static class RightsEndpoints
{
    private const string Api = "/api/v1/rights";
    private const string One = $"{Api}/{{reference}}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").RequireRole(Roles.DataProtectionOfficer).WithTags("Rights");
        api.MapGet(Api, ListAsync)
            .WithSummary("Requests of people about their data, open ones first")
            .Produces<IReadOnlyList<ListRequests.Line>>();
        api.MapGet(One, ShowAsync)
            .WithSummary("A request with the records found, who was asked, and what was done")
            .Produces<ShowRequest.Answer>();
        api.MapPost(Api, AddAsync)
            .WithSummary("Enter what a person asks about himself")
            .Produces<AddRequest.Added>(StatusCodes.Status201Created);
        MapSteps(api);
        var documents = routes.MapGroup("/rights/{reference}").RequireRole(Roles.DataProtectionOfficer);
        documents
            .MapGet("/answer", (HttpContext c, AnswerRequest a, string reference) => DocumentAsync(c, a, reference))
            .ExcludeFromDescription();
        documents.MapGet("/answer.html", FileAsync).WithTags("Rights").WithSummary("The answer as a file");
    }

    private static void MapSteps(RouteGroupBuilder api)
    {
        api.MapPost(
                $"{One}/identity",
                (HttpContext c, CheckIdentity u, string reference, [FromBody] CheckIdentity.Request r) =>
                    DoneAsync(u.HandleAsync(c.Work(), reference, r, c.RequestAborted))
            )
            .WithSummary("Record how it was made sure who asks");
        api.MapPost(
                $"{One}/extension",
                (HttpContext c, ExtendRequest u, string reference, [FromBody] ExtendRequest.Request r) =>
                    DoneAsync(u.HandleAsync(c.Work(), reference, r, c.RequestAborted))
            )
            .WithSummary("Record the one extension that national law may allow");
        api.MapPost($"{One}/search", SearchAsync)
            .WithSummary("Look for the person across scripts and spellings")
            .Produces<SearchPerson.Answer>();
        api.MapPost(
                $"{One}/marks",
                (HttpContext c, MarkRecord u, string reference, [FromBody] MarkRecord.Request r) =>
                    DoneAsync(u.HandleAsync(c.Work(), reference, r, c.RequestAborted))
            )
            .WithSummary("Say of a found record whether it is about the person");
        api.MapPost($"{One}/consultations", AskAsync)
            .WithSummary("Record that a provider was asked")
            .Produces<ConsultProvider.Asked>(StatusCodes.Status201Created);
        api.MapPost(
                $"{One}/consultations/{{id}}/answer",
                (HttpContext c, ConsultProvider u, string reference, string id, [FromBody] ConsultProvider.Reply r) =>
                    DoneAsync(u.AnswerAsync(c.Work(), reference, id, r, c.RequestAborted))
            )
            .WithSummary("Record what a provider answered");
        api.MapPost(
                $"{One}/decision",
                (HttpContext c, DecideRequest u, string reference, [FromBody] DecideRequest.Request r) =>
                    DoneAsync(u.HandleAsync(c.Work(), reference, r, c.RequestAborted))
            )
            .WithSummary("Decide a request, with the ground where it is refused or in part");
        api.MapPost($"{One}/carry-out", CarryOutAsync)
            .WithSummary("Erase or restrict the records, or say that they were corrected")
            .Produces<CarryOutRequest.Answer>();
        api.MapPost(
                $"{One}/lift",
                (HttpContext c, CarryOutRequest u, string reference, [FromBody] CarryOutRequest.Lifting r) =>
                    DoneAsync(u.LiftAsync(c.Work(), reference, r, c.RequestAborted))
            )
            .WithSummary("Lift the restriction of a record");
        api.MapPost(
                $"{One}/answered",
                (HttpContext c, AnswerRequest u, string reference, [FromBody] AnswerRequest.Request r) =>
                    DoneAsync(u.GiveAsync(c.Work(), reference, r, c.RequestAborted))
            )
            .WithSummary("Record that the answer was given");
    }

    private static async Task<IResult> ListAsync(HttpContext context, ListRequests list) =>
        Json(context, await list.HandleAsync(context.Work(), context.RequestAborted));

    private static async Task<IResult> ShowAsync(HttpContext context, ShowRequest show, string reference) =>
        Json(context, await show.HandleAsync(context.Work(), reference, context.RequestAborted));

    private static async Task<IResult> AddAsync(
        HttpContext context,
        AddRequest add,
        [FromBody] AddRequest.Request request
    ) => Json(context, await add.HandleAsync(context.Work(), request, context.RequestAborted), 201);

    private static async Task<IResult> SearchAsync(
        HttpContext context,
        SearchPerson search,
        string reference,
        [FromBody] SearchPerson.Request request
    ) => Json(context, await search.HandleAsync(context.Work(), reference, request, context.RequestAborted));

    private static async Task<IResult> CarryOutAsync(
        HttpContext context,
        CarryOutRequest carryOut,
        string reference,
        [FromBody] CarryOutRequest.Request request
    ) => Json(context, await carryOut.HandleAsync(context.Work(), reference, request, context.RequestAborted));

    private static async Task<IResult> AskAsync(
        HttpContext context,
        ConsultProvider consult,
        string reference,
        [FromBody] ConsultProvider.Question question
    ) => Json(context, await consult.AskAsync(context.Work(), reference, question, context.RequestAborted), 201);

    private static async Task<IResult> FileAsync(HttpContext context, AnswerRequest answer, string reference)
    {
        var name = new ContentDispositionHeaderValue("attachment") { FileName = $"answer-{reference}.html" };
        context.Response.Headers.ContentDisposition = name.ToString();
        return await DocumentAsync(context, answer, reference);
    }

    /// <summary>The answer's language is the person's, not the reader's.</summary>
    private static async Task<IResult> DocumentAsync(HttpContext context, AnswerRequest answer, string reference)
    {
        context.Response.KeepPrivate();
        var made = await answer.HandleAsync(context.Work(), reference, context.RequestAborted);
        var language = context.Request.Query["lang"].ToString();
        var culture = CultureInfo.GetCultureInfo(Languages.All.Any(l => l.Code == language) ? language : "en");
        var page = new RazorComponentResult<AnswerDocument>(
            new Dictionary<string, object?> { [nameof(AnswerDocument.Answer)] = made }
        );
        return new InLanguage(page, culture);
    }

    /// <summary>The language is set where the page is written: what a method sets before it ends does not reach further.</summary>
    private sealed class InLanguage(IResult page, CultureInfo culture) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return page.ExecuteAsync(context);
        }
    }

    internal static async Task<IResult> DoneAsync(Task done)
    {
        await done;
        return Results.NoContent();
    }

    internal static IResult Json<T>(HttpContext context, T answer, int status = StatusCodes.Status200OK)
    {
        context.Response.KeepPrivate();
        return Results.Json(answer, GovernanceJson.Options, statusCode: status);
    }
}
