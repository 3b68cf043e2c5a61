using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Intake.Refreshing;

/// <summary>Refreshing over the API, and by the buttons of the page of sources.</summary>
internal static class RefreshEndpoints
{
    private const string One = "/api/v1/sources/{code}";
    private const string Problem = "application/problem+json";

    /// <summary>What became of a source, as the command line tells it.</summary>
    internal sealed record Answer(
        string Source,
        string Result,
        string Text,
        long Read,
        long Imported,
        long Unchanged,
        long Ended,
        long Quarantined
    )
    {
        public static Answer Of(RefreshSource.Outcome outcome)
        {
            var tally = outcome.Tally ?? new ImportTally();
            return new(
                outcome.Source,
                outcome.Result,
                outcome.Text,
                tally.Read,
                tally.Imported,
                tally.Unchanged,
                tally.Ended,
                tally.Quarantined
            );
        }
    }

    /// <param name="Every">Such as 24h or 7d; off ends the schedule.</param>
    /// <param name="At">A time of the day in UTC, such as 04:30.</param>
    internal sealed record ScheduleRequest(string? Every, string? At);

    /// <param name="Addresses">In the order of the files; none is the publisher's own.</param>
    internal sealed record AddressRequest(IReadOnlyList<string>? Addresses);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var sources = routes.MapGroup("").RequireEnforcement().WithTags("Intake");
        sources
            .MapGet(One, ShowAsync)
            .WithSummary("A source: as of when, from where it is fetched, how the last look at its publisher ended")
            .Produces<ListSources.Source>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problem);
        sources
            .MapPost($"{One}/refresh", RefreshAsync)
            .WithSummary("Fetch an official list from its publisher, where it changed, and import it in the background")
            .Produces<ListSources.Source>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound, Problem)
            .ProducesProblem(StatusCodes.Status409Conflict, Problem);
        sources
            .MapPut($"{One}/schedule", ScheduleAsync)
            .WithSummary("Let the server refresh a list regularly as your account, or no longer")
            .Produces<ListSources.Source>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problem)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity, Problem);
        routes
            .MapPut($"{One}/addresses", AddressAsync)
            .RequireRole(AddressSource.Roles)
            .WithTags("Intake")
            .WithSummary("Set where an official list is fetched from; for administrators")
            .Produces<AddressRequest>()
            .ProducesProblem(StatusCodes.Status404NotFound, Problem)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity, Problem);
        var forms = routes.MapGroup("/sources/{code}").RequireEnforcement().ExcludeFromDescription();
        forms.MapPost("/refresh", RefreshFormAsync);
        forms.MapPost("/schedule", ScheduleFormAsync);
    }

    private static Task<IResult> ShowAsync(HttpContext context, ListSources list, string code) =>
        FoundAsync(context, list, code, StatusCodes.Status200OK);

    private static Task<IResult> RefreshAsync(HttpContext context, ListSources list, RefreshRunner runner, string code)
    {
        runner.Ask(context.Work(), code);
        return FoundAsync(context, list, code, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ScheduleAsync(
        HttpContext context,
        ListSources list,
        ScheduleSource schedules,
        string code,
        [FromBody] ScheduleRequest request
    )
    {
        await schedules.SetAsync(context.Work(), code, request.Every, request.At, context.RequestAborted);
        return await FoundAsync(context, list, code, StatusCodes.Status200OK);
    }

    private static async Task<IResult> AddressAsync(
        HttpContext context,
        AddressSource addresses,
        string code,
        [FromBody] AddressRequest request
    )
    {
        context.Response.KeepPrivate();
        var shown = await addresses.HandleAsync(context.Work(), code, request.Addresses ?? [], context.RequestAborted);
        return Results.Json(new AddressRequest(shown), IntakeJson.Options);
    }

    private static IResult RefreshFormAsync(HttpContext context, RefreshRunner runner, string code)
    {
        runner.Ask(context.Work(), code);
        return Results.LocalRedirect($"/sources#{code}");
    }

    private static async Task<IResult> ScheduleFormAsync(
        HttpContext context,
        ScheduleSource schedules,
        string code,
        [FromForm] string every
    )
    {
        await schedules.SetAsync(context.Work(), code, every, at: null, context.RequestAborted);
        return Results.LocalRedirect($"/sources#{code}");
    }

    private static async Task<IResult> FoundAsync(HttpContext context, ListSources list, string code, int status)
    {
        context.Response.KeepPrivate();
        var sources = await list.HandleAsync(context.Work(), context.RequestAborted);
        return sources.FirstOrDefault(s => s.Code == code) is { } source
            ? Results.Json(source, IntakeJson.Options, statusCode: status)
            : NoSuchSource.ToResult();
    }

    public static readonly Refusal NoSuchSource = Refusal.NotFound(
        "There is no such source",
        "The list of sources has those that you may see"
    );
}
