using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance.Oversight.Registers;

/// <summary>Registers and breaches over the API and by the forms of their pages.</summary>
internal static class RegisterEndpoints
{
    private const string Tag = "Oversight";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var kind in Enum.GetValues<RegisterKind>())
            MapRegister(routes, kind);
        MapBreaches(routes);
    }

    private static void MapRegister(IEndpointRouteBuilder routes, RegisterKind kind)
    {
        var path = $"/registers/{Written.Word(kind)}";
        var read = routes.MapGroup($"/api/v1{path}").RequireRole(Officers.Both).WithTags(Tag);
        read.MapGet(
                "",
                async (HttpContext c, KeepRegister u) => Json(c, await u.ListAsync(c.Work(), kind, c.RequestAborted))
            )
            .WithSummary($"The register of {Written.Word(kind)}, templates last")
            .Produces<IReadOnlyList<KeepRegister.Entry>>();
        var write = routes.MapGroup("").RequireRole(Roles.DataProtectionOfficer);
        write
            .MapPost(
                $"/api/v1{path}",
                async (HttpContext c, KeepRegister u, [FromBody] KeepRegister.Request r) =>
                    Json(c, await u.AddAsync(c.Work(), kind, r, c.RequestAborted), StatusCodes.Status201Created)
            )
            .WithTags(Tag)
            .WithSummary($"Write an entry of {Written.Word(kind)}, or take a template over")
            .Produces<KeepRegister.Kept>(StatusCodes.Status201Created);
        write
            .MapPut(
                $"/api/v1{path}/{{reference}}",
                async (HttpContext c, KeepRegister u, string reference, [FromBody] KeepRegister.Request r) =>
                {
                    await u.ChangeAsync(c.Work(), kind, reference, r, c.RequestAborted);
                    return Results.NoContent();
                }
            )
            .WithTags(Tag)
            .WithSummary($"Change an entry of {Written.Word(kind)}")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost(
                path,
                async (HttpContext c, KeepRegister u, IFormCollection f) =>
                {
                    await KeepAsync(c, u, kind, f);
                    return Results.LocalRedirect(path);
                }
            )
            .ExcludeFromDescription();
    }

    /// <summary>One form writes an entry anew, takes a template over, or changes an entry.</summary>
    private static Task KeepAsync(HttpContext context, KeepRegister keep, RegisterKind kind, IFormCollection form)
    {
        var fields = RegisterBook.Fields(kind).ToDictionary(f => f.Key, f => form[f.Key].ToString());
        var (reference, request) = (form["reference"].ToString(), new KeepRegister.Request(fields, form["template"]));
        return reference.Length == 0
            ? keep.AddAsync(context.Work(), kind, request, context.RequestAborted)
            : keep.ChangeAsync(context.Work(), kind, reference, request, context.RequestAborted);
    }

    private static void MapBreaches(IEndpointRouteBuilder routes)
    {
        const string path = "/registers/breaches";
        routes
            .MapGet(
                $"/api/v1{path}",
                async (HttpContext c, RecordBreach u) => Json(c, await u.ListAsync(c.Work(), c.RequestAborted))
            )
            .RequireRole(Officers.Both)
            .WithTags(Tag)
            .WithSummary("Breaches with their clock, the newest first")
            .Produces<IReadOnlyList<RecordBreach.Breach>>();
        var api = routes.MapGroup($"/api/v1{path}").RequireRole(Roles.DataProtectionOfficer).WithTags(Tag);
        api.MapPost(
                "",
                async (HttpContext c, RecordBreach u, [FromBody] RecordBreach.Request r) =>
                    Json(c, await u.HandleAsync(c.Work(), r, c.RequestAborted), StatusCodes.Status201Created)
            )
            .WithSummary("Record a breach: the clock of 72 hours begins when somebody became aware")
            .Produces<RecordBreach.Recorded>(StatusCodes.Status201Created);
        api.MapPost(
                "/{reference}/notification",
                (HttpContext c, RecordBreach u, string reference, [FromBody] RecordBreach.Notification r) =>
                    Rights.RightsEndpoints.DoneAsync(u.NotifyAsync(c.Work(), reference, r, c.RequestAborted))
            )
            .WithSummary("Record that the supervisory authority was told; late needs the reasons");
        api.MapPost(
                "/{reference}/people",
                (HttpContext c, RecordBreach u, string reference, [FromBody] RecordBreach.Telling r) =>
                    Rights.RightsEndpoints.DoneAsync(u.TellAsync(c.Work(), reference, r, c.RequestAborted))
            )
            .WithSummary("Record that the people concerned were told");
        var forms = routes.MapGroup(path).RequireRole(Roles.DataProtectionOfficer).ExcludeFromDescription();
        forms.MapPost("", (HttpContext c, RecordBreach u, IFormCollection f) => BackAsync(RecordAsync(c, u, f)));
        forms.MapPost(
            "/{reference}/notification",
            (HttpContext c, RecordBreach u, string reference, IFormCollection f) =>
                BackAsync(u.NotifyAsync(c.Work(), reference, new(f["at"], f["reason"]), c.RequestAborted))
        );
        forms.MapPost(
            "/{reference}/people",
            (HttpContext c, RecordBreach u, string reference, IFormCollection f) =>
                BackAsync(u.TellAsync(c.Work(), reference, new(f["at"], f["how"]), c.RequestAborted))
        );
    }

    private static Task<RecordBreach.Recorded> RecordAsync(
        HttpContext context,
        RecordBreach breaches,
        IFormCollection form
    )
    {
        var request = new RecordBreach.Request
        {
            What = form["what"],
            Aware = form["aware"],
            People = form["people"],
            Consequences = form["consequences"],
            Measures = form["measures"],
            Risk = form["risk"],
        };
        return breaches.HandleAsync(context.Work(), request, context.RequestAborted);
    }

    private static async Task<IResult> BackAsync(Task done)
    {
        await done;
        return Results.LocalRedirect("/registers/breaches");
    }

    private static IResult Json<T>(HttpContext context, T answer, int status = StatusCodes.Status200OK) =>
        Rights.RightsEndpoints.Json(context, answer, status);
}
