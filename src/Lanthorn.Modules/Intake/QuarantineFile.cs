using System.Globalization;
using System.Text;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Lanthorn.Intake;

/// <summary><c>GET /imports/{id}/quarantine.csv</c>: all that an import refused, as a table for whoever mends the files.</summary>
internal static class QuarantineFile
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/imports/{id}/quarantine.csv", HandleAsync)
            .RequireEnforcement()
            .WithTags("Intake")
            .WithSummary("What an import refused, as CSV")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");

    private static async Task HandleAsync(HttpContext context, ReadQuarantine quarantine, string id)
    {
        context.Response.KeepPrivate();
        var cancellation = context.RequestAborted;
        if (await quarantine.AllAsync(context.Work(), id, cancellation) is not { } rows)
        {
            await ImportsEndpoint.NoSuchImport.ToResult().ExecuteAsync(context);
            return;
        }
        context.Response.ContentType = "text/csv; charset=utf-8";
        var attachment = new ContentDispositionHeaderValue("attachment") { FileName = $"quarantine-{id}.csv" };
        context.Response.Headers.ContentDisposition = attachment.ToString();
        await using var text = new StreamWriter(context.Response.Body, new UTF8Encoding(true), leaveOpen: true);
        await text.WriteAsync("file,line,column,field,value,reason,refused\r\n".AsMemory(), cancellation);
        await foreach (var row in rows.WithCancellation(cancellation))
            await text.WriteAsync(Line(row).AsMemory(), cancellation);
    }

    private static string Line(ReadQuarantine.Refused row) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{TableFile.Cell(row.File)},{row.Line},{row.Column},{TableFile.Cell(row.Field)},{TableFile.Cell(row.Value)},{TableFile.Cell(row.Reason)},{(row.IsWholeRow ? "row" : "value")}\r\n"
        );
}
