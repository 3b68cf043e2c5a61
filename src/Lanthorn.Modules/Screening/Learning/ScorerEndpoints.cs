using Lanthorn.Matching;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Screening.Learning;

/// <summary>Scorers over the API, and the buttons of their pages.</summary>
internal static class ScorerEndpoints
{
    public const string Page = "/review/learning";
    private const string Api = "/api/v1/scorers";

    /// <param name="Judges">Pairs by the account that judged them; of another organisation's version nobody is named.</param>
    internal sealed record Version(
        string Id,
        DateTimeOffset TrainedAt,
        string TrainedBy,
        string Organisation,
        bool InUse,
        IReadOnlyDictionary<string, int>? Judges,
        ScorerArtefact Artefact
    );

    internal sealed record Listed(string Id, DateTimeOffset TrainedAt, string TrainedBy, int Pairs, bool InUse);

    internal sealed record Switched(string Scorer, string By, DateTimeOffset At, string Reason);

    /// <param name="InUse">Its id, or lanthorn-v1.</param>
    /// <param name="Same">Of the pairs that you could train with.</param>
    internal sealed record List(
        string InUse,
        IReadOnlyList<Listed> Versions,
        IReadOnlyList<Switched> Switches,
        int Same,
        int Different
    );

    internal sealed record Trained(string Id);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").RequireEnforcement().WithTags("Screening");
        api.MapGet(Api, ListAsync)
            .WithSummary("Versions of the scorer that were learnt from judgements, and which scores")
            .Produces<List>();
        api.MapPost(Api, TrainAsync)
            .WithSummary("Learn a new version from the judgements that you see")
            .Produces<Trained>(StatusCodes.Status201Created);
        api.MapGet($"{Api}/{{id}}", ShowAsync)
            .WithSummary("A version with its figures before and after")
            .Produces<Version>();
        api.MapPost($"{Api}/{{id}}/use", UseAsync)
            .WithSummary("Switch a version on that another trained, or 'shipped' to go back")
            .Produces(StatusCodes.Status204NoContent);
        var forms = routes.MapGroup(Page).RequireEnforcement().ExcludeFromDescription();
        forms.MapPost("/train", TrainFormAsync);
        forms.MapPost("/use", UseFormAsync);
    }

    internal static List ToList(ShowScorers.Answer answer) =>
        new(
            answer.InUse ?? Algorithms.Default,
            [
                .. answer.Versions.Select(v => new Listed(
                    v.Id,
                    v.TrainedAt,
                    v.TrainedBy,
                    v.Artefact.Pairs,
                    v.Id == answer.InUse
                )),
            ],
            [.. answer.Switches.Select(s => new Switched(s.Scorer ?? SwitchScorer.Shipped, s.By, s.At, s.Reason))],
            answer.Ready.Same,
            answer.Ready.Different
        );

    internal static Version ToVersion(Work work, ShowScorers.One one) =>
        new(
            one.Version.Id,
            one.Version.TrainedAt,
            one.Version.TrainedBy,
            one.Version.Organisation,
            one.IsInUse,
            one.Version.Organisation == work.Viewer.Organisation ? one.Version.Judges : null,
            one.Version.Artefact
        );

    private static async Task<IResult> ListAsync(HttpContext context, ShowScorers show)
    {
        context.Response.KeepPrivate();
        return Results.Json(
            ToList(await show.HandleAsync(context.Work(), context.RequestAborted)),
            JsonAnswers.Options
        );
    }

    private static async Task<IResult> TrainAsync(HttpContext context, TrainVersion train)
    {
        context.Response.KeepPrivate();
        var id = await train.HandleAsync(context.Work(), context.RequestAborted);
        context.Response.Headers.Location = $"{Api}/{Uri.EscapeDataString(id)}";
        return Results.Json(new Trained(id), JsonAnswers.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ShowScorers show, string id)
    {
        context.Response.KeepPrivate();
        return Results.Json(
            ToVersion(context.Work(), await show.HandleAsync(context.Work(), id, context.RequestAborted)),
            JsonAnswers.Options
        );
    }

    private static async Task<IResult> UseAsync(
        HttpContext context,
        SwitchScorer switching,
        string id,
        [FromBody] SwitchScorer.Request request
    )
    {
        await switching.HandleAsync(context.Work(), id, request, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> TrainFormAsync(HttpContext context, TrainVersion train) =>
        Results.LocalRedirect(
            $"{Page}/{Uri.EscapeDataString(await train.HandleAsync(context.Work(), context.RequestAborted))}"
        );

    private static async Task<IResult> UseFormAsync(
        HttpContext context,
        SwitchScorer switching,
        [FromForm] string id,
        [FromForm] string? reason = null
    )
    {
        await switching.HandleAsync(context.Work(), id, new(reason), context.RequestAborted);
        return Results.LocalRedirect(Page);
    }
}
