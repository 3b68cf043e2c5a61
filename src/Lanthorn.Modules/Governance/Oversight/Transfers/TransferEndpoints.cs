using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance.Oversight.Transfers;

/// <summary>Transfers over the API and by the forms of their pages.</summary>
internal static class TransferEndpoints
{
    private const string Api = "/api/v1/transfers";

    internal sealed record Marking(string? Source);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Api).WithTags("Transfers");
        api.MapGet("", async (HttpContext c, ReadTransfers u) => Json(c, await u.ListAsync(c.Work(), c.RequestAborted)))
            .WithSummary("Transfers to third countries, the newest first, also those that the gate refused")
            .Produces<IReadOnlyList<Transfer>>();
        api.MapGet(
                "/{reference}",
                async (HttpContext c, ReadTransfers u, string reference) =>
                    Json(c, await u.NeedAsync(c.Work(), reference, c.RequestAborted))
            )
            .WithSummary("A transfer with its ground, checks and decision")
            .Produces<Transfer>();
        api.MapPost(
                "",
                async (HttpContext c, ProposeTransfer u, [FromBody] ProposeTransfer.Request r) =>
                    Json(c, await u.HandleAsync(c.Work(), r, c.RequestAborted), StatusCodes.Status201Created)
            )
            .WithSummary("Propose a transfer: the gate says at once what it refuses, and why")
            .Produces<ProposeTransfer.Proposed>(StatusCodes.Status201Created);
        api.MapPost(
                "/{reference}/decision",
                (HttpContext c, DecideTransfer u, string reference, [FromBody] DecideTransfer.Request r) =>
                    Rights.RightsEndpoints.DoneAsync(u.HandleAsync(c.Work(), reference, r, c.RequestAborted))
            )
            .WithSummary("Approve or refuse a transfer that somebody else proposed");
        api.MapPost(
                "/debrief-sources",
                (HttpContext c, DebriefSources u, [FromBody] Marking r) =>
                    Rights.RightsEndpoints.DoneAsync(u.MarkAsync(c.Work(), r.Source, c.RequestAborted))
            )
            .WithSummary("Mark a source as holding debriefs: its items leave one by one");
        var forms = routes.MapGroup("/transfers").ExcludeFromDescription();
        forms.MapPost("", ProposeAsync);
        forms.MapPost("/debrief-sources", MarkAsync);
        forms.MapPost("/{reference}/decision", DecideAsync);
    }

    private static async Task<IResult> ProposeAsync(HttpContext context, ProposeTransfer propose, IFormCollection form)
    {
        ProposeTransfer.Answer Said(string check) => new(form[check], form[$"{check}_text"]);
        var request = new ProposeTransfer.Request
        {
            Country = form["country"],
            Authority = form["authority"],
            Ground = form["ground"],
            Purpose = form["purpose"],
            Records = form["records"].ToString().Split('\n'),
            Torture = Said("torture"),
            Death = Said("death"),
            Onward = Said("onward"),
            Asylum = Said("asylum"),
        };
        var proposed = await propose.HandleAsync(context.Work(), request, context.RequestAborted);
        return Results.LocalRedirect($"/transfers/{proposed.Reference}");
    }

    private static async Task<IResult> MarkAsync(HttpContext context, DebriefSources sources, IFormCollection form)
    {
        await sources.MarkAsync(context.Work(), form["source"], context.RequestAborted);
        return Results.LocalRedirect("/transfers");
    }

    private static async Task<IResult> DecideAsync(
        HttpContext context,
        DecideTransfer decide,
        string reference,
        IFormCollection form
    )
    {
        var request = new DecideTransfer.Request(form["verdict"] == "approve", form["reason"], form["necessity"]);
        await decide.HandleAsync(context.Work(), reference, request, context.RequestAborted);
        return Results.LocalRedirect($"/transfers/{Uri.EscapeDataString(reference)}");
    }

    private static IResult Json<T>(HttpContext context, T answer, int status = StatusCodes.Status200OK) =>
        Rights.RightsEndpoints.Json(context, answer, status);
}
