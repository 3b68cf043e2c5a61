using System.Globalization;
using System.Net.Mime;
using Lanthorn.Platform;
using Lanthorn.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.Oversight;

/// <summary>The statistics of a year over the API and as files, and the supervisor's export.</summary>
internal static class StatisticsFile
{
    private const string Statistics = "/oversight/statistics";

    public static readonly IReadOnlyList<Column<YearlyStatistics.Line>> Columns =
    [
        new("group", "What", l => T(l.Group)),
        new("kind", "Of it", l => l.What.Length == 0 ? "" : T(l.What.Replace('_', ' '))),
        new("count", "Number", l => l.Count.ToString("N0", CultureInfo.CurrentCulture)) { Number = l => l.Count },
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("").RequireRole(Officers.Both).WithTags("Oversight");
        desk.MapGet(
                $"/api/v1{Statistics}",
                async (HttpContext c, YearlyStatistics u, int? year) =>
                    Rights.RightsEndpoints.Json(c, await u.HandleAsync(c.Work(), year, c.RequestAborted))
            )
            .WithSummary("Requests, complaints, breaches, erasures and reads of a year, in numbers")
            .Produces<YearlyStatistics.Answer>();
        foreach (var kind in Enum.GetValues<TableFile.Kind>())
            desk.MapGet(
                    $"{Statistics}.{(kind == TableFile.Kind.Csv ? "csv" : "xlsx")}",
                    (HttpContext c, YearlyStatistics u, int? year) => FileAsync(c, u, year, kind)
                )
                .WithSummary("The statistics of a year, as a file");
        foreach (var path in new[] { "/oversight/export.zip", "/api/v1/oversight/export" })
            desk.MapGet(path, ExportAsync)
                .WithSummary("What the supervisory authority asks for, as one ZIP")
                .Produces<FileContentResult>(StatusCodes.Status200OK, MediaTypeNames.Application.Zip);
    }

    private static async Task FileAsync(HttpContext context, YearlyStatistics use, int? year, TableFile.Kind kind)
    {
        var answer = await use.HandleAsync(context.Work(), year, context.RequestAborted);
        await TableFile.WriteAsync(context, kind, $"statistics-{answer.Year}", Columns, answer.Lines, []);
    }

    /// <summary>Made in memory, which its limits keep small: so a refusal half-way is an answer and no torn file.</summary>
    private static async Task<IResult> ExportAsync(HttpContext context, SupervisorExport export, int? year)
    {
        context.Response.KeepPrivate();
        var file = new MemoryStream();
        await export.HandleAsync(context.Work(), year, file, context.RequestAborted);
        file.Position = 0;
        return Results.File(file, MediaTypeNames.Application.Zip, "lanthorn-supervisor.zip");
    }
}
