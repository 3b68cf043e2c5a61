using System.Globalization;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Lanthorn.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.Rights;

/// <summary><c>GET /rights.csv</c> and <c>/rights.xlsx</c>: the list of requests, without names.</summary>
internal static class RightsFile
{
    public static readonly IReadOnlyList<Column<ListRequests.Line>> Columns =
    [
        new("reference", "Reference", r => r.Reference) { Href = r => $"/rights/{r.Reference}" },
        new("kind", "Kind", r => RightsWords.Of(r.Kind)),
        new("received", "Received", r => Times.Text(r.ReceivedOn) ?? "") { Order = r => r.ReceivedOn.DayNumber },
        new("through", "Through", r => r.Through),
        new("due", "Due", r => Times.Text(r.DueOn) ?? "") { Order = r => r.DueOn.DayNumber },
        new("state", "State", r => r.IsOverdue ? T("overdue") : RightsWords.Of(r.State)),
        new("outcome", "Outcome", r => r.Outcome is { } outcome ? RightsWords.Of(outcome) : ""),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("").RequireRole(Roles.DataProtectionOfficer).WithTags("Rights");
        files
            .MapGet("/rights.csv", (HttpContext c, ListRequests l) => HandleAsync(c, l, TableFile.Kind.Csv))
            .WithSummary("Requests of people about their data, as CSV");
        files
            .MapGet("/rights.xlsx", (HttpContext c, ListRequests l) => HandleAsync(c, l, TableFile.Kind.Xlsx))
            .WithSummary("Requests of people about their data, as a spreadsheet");
    }

    private static async Task HandleAsync(HttpContext context, ListRequests list, TableFile.Kind kind)
    {
        var lines = await list.HandleAsync(context.Work(), context.RequestAborted, Operation.Disclosure);
        var rows = context.TableView().Of(lines, Columns);
        await TableFile.WriteAsync(context, kind, "rights", Columns, rows, []);
    }
}

/// <summary>How requests are worded on pages and in answers.</summary>
internal static class RightsWords
{
    public static string Of(RightsKind kind) =>
        kind switch
        {
            RightsKind.Access => T("access"),
            RightsKind.Rectification => T("rectification"),
            RightsKind.Erasure => T("erasure"),
            _ => T("restriction"),
        };

    public static string Of(RightsLaw law) =>
        law == RightsLaw.Europol ? T("Regulation (EU) 2016/794") : T("Directive (EU) 2016/680");

    public static string Of(RightsState state) =>
        state switch
        {
            RightsState.Received => T("received"),
            RightsState.IdentityChecked => T("identity checked"),
            RightsState.Searched => T("records looked for"),
            RightsState.Decided => T("decided"),
            RightsState.CarriedOut => T("carried out"),
            _ => T("answered"),
        };

    public static string Of(RightsOutcome outcome) =>
        outcome switch
        {
            RightsOutcome.Granted => T("granted"),
            RightsOutcome.Partly => T("granted in part"),
            _ => T("refused"),
        };

    public static string Of(RecordVerdict verdict) =>
        verdict switch
        {
            RecordVerdict.Open => T("not looked at"),
            RecordVerdict.Person => T("about the person"),
            _ => T("about somebody else"),
        };

    public static string Of(ProviderVerdict? verdict) =>
        verdict switch
        {
            null => T("waits for an answer"),
            ProviderVerdict.Agrees => T("has agreed"),
            ProviderVerdict.Objects => T("has objected"),
            _ => T("did not answer in time"),
        };

    public static string Of(RecordAct act) =>
        act switch
        {
            RecordAct.Erased => T("erased"),
            RecordAct.Restricted => T("restricted"),
            _ => T("restriction lifted"),
        };

    public static string Of(RightsStep step) =>
        step switch
        {
            RightsStep.Received => T("entered"),
            RightsStep.IdentityChecked => T("identity checked"),
            RightsStep.Extended => T("extended"),
            RightsStep.Searched => T("records looked for"),
            RightsStep.Marked => T("record marked"),
            RightsStep.Asked => T("provider asked"),
            RightsStep.ProviderAnswered => T("provider answered"),
            RightsStep.Decided => T("decided"),
            RightsStep.Erased => T("erased"),
            RightsStep.Restricted => T("restricted"),
            RightsStep.Lifted => T("restriction lifted"),
            RightsStep.Rectified => T("rectified"),
            RightsStep.Answered => T("answered"),
            _ => T("read"),
        };

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);

    public static string Day(DateTimeOffset at) => Day(DateOnly.FromDateTime(at.UtcDateTime));
}
