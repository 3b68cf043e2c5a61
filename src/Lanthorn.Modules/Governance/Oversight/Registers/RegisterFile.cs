using System.Globalization;
using Lanthorn.Platform;
using Lanthorn.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.Oversight.Registers;

/// <summary><c>GET /registers/activities.csv</c> and the like: each register as a table.</summary>
internal static class RegisterFile
{
    public static IReadOnlyList<Column<KeepRegister.Entry>> Columns(RegisterKind kind) =>
        [
            new("reference", "Reference", e => e.Reference)
            {
                Href = e => $"/registers/{Written.Word(kind)}/{e.Reference}",
            },
            .. RegisterBook.Fields(kind).Select(f => new Column<KeepRegister.Entry>(f.Key, f.Title, e => e[f.Key])),
            new("template", "Template", e => e.IsTemplate ? T("template") : ""),
            new("changed", "Changed", e => e.ChangedAt is { } at ? OversightWords.Day(at) : "")
            {
                Order = e => e.ChangedAt?.UtcTicks,
            },
        ];

    /// <summary>What of it a page has room for.</summary>
    public static IReadOnlyList<Column<KeepRegister.Entry>> Shown(RegisterKind kind) =>
        [
            .. Columns(kind)
                .Where(c => c.Key is "reference" or "name" or "purposes" or "outcome" or "review" or "template"),
        ];

    public static readonly IReadOnlyList<Column<RecordBreach.Breach>> Breaches =
    [
        new("reference", "Reference", b => b.Reference),
        new("what", "What happened", b => b.What),
        new("aware", "Aware", b => Moment(b.AwareAt)) { Order = b => b.AwareAt.UtcTicks },
        new("due", "Until", b => Moment(b.DueAt)) { Order = b => b.DueAt.UtcTicks },
        new("state", "State", b => Of(b.State)),
        new("risk", "Risk", b => Of(b.Risk)),
        new("notified", "Authority told", b => b.NotifiedAt is { } at ? Moment(at) : ""),
        new("delay", "Why late", b => b.DelayReason),
        new("people", "Whose data, and which", b => b.People),
        new("consequences", "Consequences", b => b.Consequences),
        new("measures", "Measures", b => b.Measures),
        new("told", "People told", b => b.ToldAt is { } at ? $"{Moment(at)} {b.ToldHow}" : ""),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/registers").RequireRole(Officers.Both).WithTags("Oversight");
        foreach (var kind in Enum.GetValues<RegisterKind>())
        foreach (var file in Enum.GetValues<TableFile.Kind>())
            files
                .MapGet(
                    $"/{Written.Word(kind)}.{Ending(file)}",
                    async (HttpContext c, KeepRegister keep) =>
                    {
                        var entries = await keep.ListAsync(c.Work(), kind, c.RequestAborted);
                        var columns = Columns(kind);
                        var rows = c.TableView().Of(entries, columns);
                        await TableFile.WriteAsync(c, file, Written.Word(kind), columns, rows, []);
                    }
                )
                .WithSummary($"The register of {Written.Word(kind)}, as a file");
        foreach (var file in Enum.GetValues<TableFile.Kind>())
            files
                .MapGet(
                    $"/breaches.{Ending(file)}",
                    async (HttpContext c, RecordBreach breaches) =>
                    {
                        var rows = c.TableView().Of(await breaches.ListAsync(c.Work(), c.RequestAborted), Breaches);
                        await TableFile.WriteAsync(c, file, "breaches", Breaches, rows, []);
                    }
                )
                .WithSummary("The register of breaches, as a file");
    }

    public static string Of(BreachState state) =>
        state switch
        {
            BreachState.Runs => T("the clock runs"),
            BreachState.Overdue => T("overdue"),
            BreachState.InTime => T("told in time"),
            BreachState.Late => T("told late"),
            _ => T("documented; nobody has to be told"),
        };

    public static string Of(BreachRisk risk) =>
        risk switch
        {
            BreachRisk.Unlikely => T("a risk is unlikely"),
            BreachRisk.Risk => T("a risk to people"),
            _ => T("a high risk to people"),
        };

    public static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Ending(TableFile.Kind kind) => kind == TableFile.Kind.Csv ? "csv" : "xlsx";
}
