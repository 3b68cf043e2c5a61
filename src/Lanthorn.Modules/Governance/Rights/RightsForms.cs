using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance.Rights;

/// <summary>The forms of the pages of requests. Each leads back to the page of the request.</summary>
internal static class RightsForms
{
    private const string List = "/rights";
    private const string One = $"{List}/{{reference}}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").RequireRole(Roles.DataProtectionOfficer).ExcludeFromDescription();
        forms.MapPost(List, AddAsync);
        forms.MapPost(
            $"{One}/identity",
            (HttpContext c, CheckIdentity u, string reference, IFormCollection f) =>
                BackAsync(reference, u.HandleAsync(c.Work(), reference, new(f["how"]), c.RequestAborted))
        );
        forms.MapPost(
            $"{One}/extension",
            (HttpContext c, ExtendRequest u, string reference, IFormCollection f) =>
                BackAsync(reference, u.HandleAsync(c.Work(), reference, new(f["until"], f["reason"]), c.RequestAborted))
        );
        forms.MapPost(
            $"{One}/search",
            (HttpContext c, SearchPerson u, string reference, IFormCollection f) =>
                BackAsync(reference, u.HandleAsync(c.Work(), reference, new(f["names"], f["born"]), c.RequestAborted))
        );
        forms.MapPost(
            $"{One}/marks",
            (HttpContext c, MarkRecord u, string reference, IFormCollection f) =>
                BackAsync(
                    reference,
                    u.HandleAsync(c.Work(), reference, new(f["record"], f["verdict"]), c.RequestAborted)
                )
        );
        forms.MapPost(
            $"{One}/consultations",
            (HttpContext c, ConsultProvider u, string reference, IFormCollection f) =>
                BackAsync(reference, u.AskAsync(c.Work(), reference, new(f["provider"], f["text"]), c.RequestAborted))
        );
        forms.MapPost(
            $"{One}/consultations/{{id}}",
            (HttpContext c, ConsultProvider u, string reference, string id, IFormCollection f) =>
                BackAsync(
                    reference,
                    u.AnswerAsync(c.Work(), reference, id, new(f["verdict"], f["text"]), c.RequestAborted)
                )
        );
        forms.MapPost($"{One}/decision", DecideAsync);
        forms.MapPost(
            $"{One}/carry-out",
            (HttpContext c, CarryOutRequest u, string reference, IFormCollection f) =>
                BackAsync(reference, u.HandleAsync(c.Work(), reference, new(f["note"]), c.RequestAborted))
        );
        forms.MapPost(
            $"{One}/lift",
            (HttpContext c, CarryOutRequest u, string reference, IFormCollection f) =>
                BackAsync(reference, u.LiftAsync(c.Work(), reference, new(f["record"], f["reason"]), c.RequestAborted))
        );
        forms.MapPost(
            $"{One}/answered",
            (HttpContext c, AnswerRequest u, string reference, IFormCollection f) =>
                BackAsync(reference, u.GiveAsync(c.Work(), reference, new(f["how"]), c.RequestAborted))
        );
    }

    private static async Task<IResult> AddAsync(HttpContext context, AddRequest add, IFormCollection form)
    {
        var request = new AddRequest.Request
        {
            Kind = form["kind"],
            Law = form["law"],
            Received = form["received"],
            Through = form["through"],
            Subject = form["subject"],
            Born = form["born"],
            Contact = form["contact"],
            Wish = form["wish"],
        };
        var added = await add.HandleAsync(context.Work(), request, context.RequestAborted);
        return Back(added.Reference);
    }

    private static Task<IResult> DecideAsync(
        HttpContext context,
        DecideRequest decide,
        string reference,
        IFormCollection form
    )
    {
        var request = new DecideRequest.Request
        {
            Outcome = form["outcome"],
            Ground = form["ground"],
            Reason = form["reason"],
            Recipients = form["recipients"],
        };
        return BackAsync(reference, decide.HandleAsync(context.Work(), reference, request, context.RequestAborted));
    }

    internal static async Task<IResult> BackAsync(string reference, Task done)
    {
        await done;
        return Back(reference);
    }

    private static IResult Back(string reference) => Results.LocalRedirect($"{List}/{Uri.EscapeDataString(reference)}");
}
