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
            $"{Cell(row.File)},{row.Line},{row.Column},{Cell(row.Field)},{Cell(row.Value)},{Cell(row.Reason)},{(row.IsWholeRow ? "row" : "value")}\r\n"
        );

    /// <summary>
    /// As RFC 4180 has it. What a spreadsheet would take for a formula gets an apostrophe in front: these are strangers' texts.
    /// </summary>
    internal static string Cell(string text)
    {
        var plain = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{text}" : text;
        return plain.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? plain
            : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
