using System.Globalization;
using Lanthorn.Commitments.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Lanthorn.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Lanthorn.Web.Words;

namespace Lanthorn.Commitments;

/// <summary><c>GET /undertakings.csv</c> and <c>/undertakings.xlsx</c>: the table as it is filtered and sorted.</summary>
internal static class UndertakingFile
{
    public static readonly IReadOnlyList<Column<UndertakingLine>> Columns =
    [
        new("reference", "Reference", u => u.Reference) { Href = u => $"/undertakings/{u.Reference}" },
        new("text", "Undertaking", u => u.Text),
        new("promiser", "Who promises", u => u.Promiser),
        new("promisee", "To whom", u => u.Promisee),
        new("strand", "Strand", u => UndertakingWords.Of(u.Strand)),
        new("aim", "Aim", u => u.Aim),
        new("due", "Due", u => Times.Text(u.Due) ?? ""),
        new("state", "State", u => UndertakingWords.Of(u.State)),
        new("reached", "Reached", u => UndertakingWords.Number(u.Reached)) { Number = u => (double)u.Reached },
        new("target", "Target", u => u.Target is { } wanted ? UndertakingWords.Number(wanted) : "")
        {
            Number = u => (double?)u.Target,
        },
        new("unit", "Unit", u => u.Unit),
        new("waiting", "Evidence that waits", u => u.Waiting.ToString(CultureInfo.InvariantCulture))
        {
            Number = u => u.Waiting,
        },
        new("owner", "Owner", u => u.Owner),
        new("project", "Project", u => u.Project ?? ""),
        new("label", "Label", u => u.Label),
        new("source", "Source", u => u.Source),
        new("as-of", "As of", u => Times.Text(u.AsOf) ?? ""),
    ];

    /// <summary>What of it a page has room for.</summary>
    public static readonly IReadOnlyList<Column<UndertakingLine>> Shown =
    [
        .. Columns
            .Where(c => c.Key is "reference" or "text" or "promiser" or "due" or "state" or "waiting" or "owner")
            .Select(c =>
                c.Key == "due"
                    ? c with
                    {
                        Text = u => UndertakingWords.Day(u.Due).Replace(' ', '\u00A0'),
                        Order = u => u.Due?.DayNumber,
                    }
                    : c
            ),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("").WithTags("Commitments");
        files
            .MapGet("/undertakings.csv", (HttpContext c, ListUndertakings l) => HandleAsync(c, l, TableFile.Kind.Csv))
            .WithSummary("Undertakings that you may see, as CSV");
        files
            .MapGet("/undertakings.xlsx", (HttpContext c, ListUndertakings l) => HandleAsync(c, l, TableFile.Kind.Xlsx))
            .WithSummary("Undertakings that you may see, as a spreadsheet");
    }

    public static ListUndertakings.Request RequestOf(HttpContext context)
    {
        var query = context.Request.Query;
        return ListUndertakings.Request.Of(query["state"], query["strand"], query["owner"]);
    }

    private static async Task HandleAsync(HttpContext context, ListUndertakings list, TableFile.Kind kind)
    {
        Rights.NeedRead(context.Work());
        var answer = await list.HandleAsync(
            context.Work(),
            RequestOf(context),
            context.RequestAborted,
            Operation.Disclosure
        );
        string[] notes = answer.IsCut
            ? [$"This file is of the first {ReadUndertakings.MaxListed} by their day: there are more"]
            : [];
        var rows = context.TableView().Of(answer.Undertakings, Columns);
        await TableFile.WriteAsync(context, kind, "undertakings", Columns, rows, notes);
    }
}

/// <summary>How undertakings are worded on pages.</summary>
internal static class UndertakingWords
{
    public static string Of(Strand strand) =>
        strand switch
        {
            Strand.Prevent => T("Prevent"),
            Strand.Respond => T("Respond"),
            _ => T("Alternatives"),
        };

    public static string Of(UndertakingState state) =>
        state switch
        {
            UndertakingState.Open => T("open"),
            UndertakingState.DueSoon => T("due soon"),
            UndertakingState.Late => T("late"),
            UndertakingState.Delivered => T("delivered"),
            _ => T("withdrawn"),
        };

    public static string Of(EvidenceState state) =>
        state switch
        {
            EvidenceState.Waits => T("waits"),
            EvidenceState.Accepted => T("accepted"),
            _ => T("refused"),
        };

    public static string Of(EvidenceKind kind) =>
        kind switch
        {
            EvidenceKind.Document => T("document"),
            EvidenceKind.Record => T("record"),
            _ => T("count"),
        };

    public static string Of(ChangeUndertaking.Act act) =>
        act switch
        {
            ChangeUndertaking.Act.Due => T("another day"),
            ChangeUndertaking.Act.Owner => T("another owner"),
            ChangeUndertaking.Act.Withdraw => T("withdrawn"),
            ChangeUndertaking.Act.Resume => T("taken up again"),
            _ => T("owner asked"),
        };

    public static string Number(decimal number) => number.ToString("#,0.###", CultureInfo.CurrentCulture);

    public static string Day(DateOnly? day) =>
        day?.ToString("d MMM yyyy", CultureInfo.CurrentCulture) ?? T("no day said");
}
