using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Commitments;

/// <summary>The forms of the undertakings' pages. Each leads back to the page of the undertaking.</summary>
internal static class UndertakingForms
{
    private const string List = "/undertakings";
    private const string One = $"{List}/{{reference}}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").ExcludeFromDescription();
        forms.MapPost(List, AddAsync);
        forms.MapPost($"{One}/change", ChangeAsync);
        forms.MapPost($"{One}/evidence", OfferAsync);
        forms.MapPost($"{One}/evidence/{{evidence}}", DecideAsync);
    }

    private static async Task<IResult> AddAsync(HttpContext context, AddUndertaking add, IFormCollection form)
    {
        Rights.NeedWrite(context.Work());
        var request = new AddUndertaking.Request
        {
            Promiser = form["promiser"],
            Promisee = form["promisee"],
            Text = form["text"],
            Strand = form["strand"],
            Aim = form["aim"],
            Due = form["due"],
            Measure = form["measure"],
            Unit = form["unit"],
            Target = UndertakingFields.Amount("target", form["target"]),
            Owner = form["owner"],
            Project = form["project"],
            Label = form["label"],
            Source = form["source"],
            AsOf = form["as_of"],
        };
        var added = await add.HandleAsync(context.Work(), request, context.RequestAborted);
        return Back(added.Reference);
    }

    private static async Task<IResult> ChangeAsync(
        HttpContext context,
        ChangeUndertaking change,
        string reference,
        IFormCollection form
    )
    {
        Rights.NeedWrite(context.Work());
        if (!Enum.TryParse<ChangeUndertaking.Act>(form["act"], ignoreCase: true, out var act) || !Enum.IsDefined(act))
            throw Written.Refuse("act", "That is nothing to be done", "Use the buttons of the page");
        var request = new ChangeUndertaking.Request(act, form["value"], form["reason"]);
        await change.HandleAsync(context.Work(), reference, request, context.RequestAborted);
        return Back(reference);
    }

    private static async Task<IResult> OfferAsync(
        HttpContext context,
        OfferEvidence offer,
        string reference,
        IFormCollection form
    )
    {
        Rights.NeedOffer(context.Work());
        if (!Enum.TryParse<EvidenceKind>(form["kind"], ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            throw Written.Refuse("kind", "That is no kind of evidence", "Choose document, record or count");
        var request = new OfferEvidence.Request
        {
            Kind = kind,
            Text = form["text"],
            Link = form["link"],
            Record = form["record"],
            Amount = UndertakingFields.Amount("amount", form["amount"]),
            Day = form["day"],
        };
        await offer.HandleAsync(context.Work(), reference, request, context.RequestAborted);
        return Back(reference);
    }

    private static async Task<IResult> DecideAsync(
        HttpContext context,
        DecideEvidence decide,
        string reference,
        string evidence,
        IFormCollection form
    )
    {
        var request = new DecideEvidence.Request(form["verdict"] == "accept", form["reason"]);
        await decide.HandleAsync(context.Work(), reference, evidence, request, context.RequestAborted);
        return Back(reference);
    }

    private static IResult Back(string reference) => Results.LocalRedirect($"{List}/{Uri.EscapeDataString(reference)}");
}
