using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance.Oversight;

/// <summary>Complaints and holds over the API and by the forms of their pages.</summary>
internal static class DeskEndpoints
{
    private const string Tag = "Oversight";

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapApi(routes);
        var forms = routes.MapGroup("").RequireRole(Officers.FundamentalRights).ExcludeFromDescription();
        forms.MapPost("/complaints", EnterAsync);
        forms.MapPost(
            "/complaints/{reference}",
            async (HttpContext c, ActOnComplaint u, string reference, IFormCollection f) =>
            {
                await u.HandleAsync(c.Work(), reference, Of(f), c.RequestAborted);
                return Results.LocalRedirect($"/complaints/{Uri.EscapeDataString(reference)}");
            }
        );
        forms.MapPost(
            "/holds",
            async (HttpContext c, PlaceHold u, IFormCollection f) =>
            {
                await u.HandleAsync(c.Work(), new(f["kind"], f["subject"], f["reason"]), c.RequestAborted);
                return Results.LocalRedirect("/holds");
            }
        );
        forms.MapPost(
            "/holds/{reference}/lift",
            async (HttpContext c, PlaceHold u, string reference, IFormCollection f) =>
            {
                await u.LiftAsync(c.Work(), reference, f["reason"], c.RequestAborted);
                return Results.LocalRedirect("/holds");
            }
        );
    }

    internal sealed record Lifting(string? Reason);

    private static void MapApi(IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/api/v1").RequireRole(Officers.FundamentalRights).WithTags(Tag);
        desk.MapGet(
                "/complaints",
                async (HttpContext c, ReadComplaints u) => Json(c, await u.ListAsync(c.Work(), c.RequestAborted))
            )
            .WithSummary("Complaints, open ones first")
            .Produces<IReadOnlyList<Complaint>>();
        desk.MapGet(
                "/complaints/{reference}",
                async (HttpContext c, ReadComplaints u, string reference) =>
                    Json(c, await u.NeedAsync(c.Work(), reference, c.RequestAborted))
            )
            .WithSummary("A complaint, and what it is about")
            .Produces<Complaint>();
        desk.MapPost(
                "/complaints",
                async (HttpContext c, ReceiveComplaint u, [FromBody] ReceiveComplaint.Request r) =>
                    Json(c, await u.HandleAsync(r, c.RequestAborted, c.Work().Viewer), StatusCodes.Status201Created)
            )
            .WithSummary("Enter a complaint that came by letter or by word of mouth")
            .Produces<ReceiveComplaint.Received>(StatusCodes.Status201Created);
        desk.MapPost(
                "/complaints/{reference}/acts",
                async (HttpContext c, ActOnComplaint u, string reference, [FromBody] ActOnComplaint.Request r) =>
                {
                    await u.HandleAsync(c.Work(), reference, r, c.RequestAborted);
                    return Results.NoContent();
                }
            )
            .WithSummary("Take a complaint up, say what it is about, or answer it")
            .Produces(StatusCodes.Status204NoContent);
        desk.MapPost(
                "/holds",
                async (HttpContext c, PlaceHold u, [FromBody] PlaceHold.Request r) =>
                    Json(c, await u.HandleAsync(c.Work(), r, c.RequestAborted), StatusCodes.Status201Created)
            )
            .WithSummary("Place a hold on something")
            .Produces<PlaceHold.Placed>(StatusCodes.Status201Created);
        desk.MapPost(
                "/holds/{reference}/lift",
                async (HttpContext c, PlaceHold u, string reference, [FromBody] Lifting r) =>
                {
                    await u.LiftAsync(c.Work(), reference, r.Reason, c.RequestAborted);
                    return Results.NoContent();
                }
            )
            .WithSummary("Lift a hold, with the reason")
            .Produces(StatusCodes.Status204NoContent);
        routes
            .MapGet(
                "/api/v1/holds",
                async (HttpContext c, PlaceHold u) => Json(c, await u.ListAsync(c.Work(), c.RequestAborted))
            )
            .RequireRole(Officers.Both)
            .WithTags(Tag)
            .WithSummary("Holds, those that stand first")
            .Produces<IReadOnlyList<PlaceHold.Line>>();
    }

    private static async Task<IResult> EnterAsync(HttpContext context, ReceiveComplaint receive, IFormCollection form)
    {
        var request = new ReceiveComplaint.Request(form["text"], form["contact"], form["language"]);
        var received = await receive.HandleAsync(request, context.RequestAborted, context.Work().Viewer);
        return ComplaintDoor.ReceiptOf(context, form["language"].ToString(), received.Receipt);
    }

    private static ActOnComplaint.Request Of(IFormCollection form) =>
        new()
        {
            Act = form["act"],
            Kind = form["kind"],
            Subject = form["subject"],
            Outcome = form["outcome"],
            Text = form["text"],
        };

    private static IResult Json<T>(HttpContext context, T answer, int status = StatusCodes.Status200OK) =>
        Rights.RightsEndpoints.Json(context, answer, status);
}
