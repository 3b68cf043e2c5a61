using System.Globalization;
using Lanthorn.Platform;
using Lanthorn.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance;

/// <summary><c>GET /audit.csv</c> and <c>/audit.xlsx</c>: the newest entries of the log as a table; taking them is logged.</summary>
internal static class AuditFile
{
    public static readonly IReadOnlyList<Column<ReadAuditLog.Entry>> Columns =
    [
        new("at", "At (UTC)", e => e.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        new("account", "Account", e => e.Account),
        new("organisation", "Organisation", e => e.Organisation),
        new("roles", "Roles", e => e.Roles),
        new("operation", "Operation", e => e.Operation),
        new("what", "What", e => e.What),
        new("records", "Records", e => e.VersionCount.ToString(CultureInfo.InvariantCulture))
        {
            Number = e => e.VersionCount,
        },
        new("reason", "Reason", e => e.Justification),
        new("case", "Case", e => e.Case ?? ""),
        new("entry", "Entry", e => e.Chain),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("").RequireRole(Roles.Overseeing).WithTags("Oversight");
        files
            .MapGet("/audit.csv", (HttpContext c, ReadAuditLog l) => HandleAsync(c, l, TableFile.Kind.Csv))
            .WithSummary("The newest entries of the audit log, as CSV");
        files
            .MapGet("/audit.xlsx", (HttpContext c, ReadAuditLog l) => HandleAsync(c, l, TableFile.Kind.Xlsx))
            .WithSummary("The newest entries of the audit log, as a spreadsheet");
    }

    private static async Task HandleAsync(HttpContext context, ReadAuditLog log, TableFile.Kind kind)
    {
        var account = context.Request.Query["account"].ToString();
        var before = long.TryParse(context.Request.Query["before"], out var id) ? id : 0;
        var answer = await log.HandleAsync(
            context.Work(),
            account,
            before,
            ReadAuditLog.MaxEntries,
            context.RequestAborted
        );
        string[] notes = answer.Before is { } older
            ? [$"Older entries are not in this file, which has {ReadAuditLog.MaxEntries}: ask with before={older}"]
            : [];
        await TableFile.WriteAsync(
            context,
            kind,
            "audit",
            Columns,
            context.TableView().Of(answer.Entries, Columns),
            notes
        );
    }
}
