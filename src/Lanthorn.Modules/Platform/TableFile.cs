using System.Globalization;
using System.Text;
using Lanthorn.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SpreadCheetah;

namespace Lanthorn.Platform;

/// <summary>
/// A table as a file: CSV as RFC 4180 has it, or a spreadsheet. It has at most <see cref="MaxRows"/> rows, and its last row
/// says what is not in it and why.
/// </summary>
public static class TableFile
{
    public const int MaxRows = 5_000;

    private const string Formulas = "=+-@\t\r";

    /// <summary>How a file is written, by the ending of its name.</summary>
    public enum Kind
    {
        Csv,
        Xlsx,
    }

    /// <param name="name">The file's, without its ending.</param>
    /// <param name="notes">What the reader of the file has to know, such as what was left out.</param>
    public static async Task WriteAsync<TRow>(
        HttpContext context,
        Kind kind,
        string name,
        IReadOnlyList<Column<TRow>> columns,
        IReadOnlyList<TRow> rows,
        IEnumerable<string> notes
    )
    {
        // Files are read by programs, too: they are the same whoever takes them.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var cancellation = context.RequestAborted;
        var ending = kind == Kind.Csv ? "csv" : "xlsx";
        context.Response.KeepPrivate();
        context.Response.ContentType =
            kind == Kind.Csv
                ? "text/csv; charset=utf-8"
                : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        var attachment = new ContentDispositionHeaderValue("attachment") { FileName = $"{name}.{ending}" };
        context.Response.Headers.ContentDisposition = attachment.ToString();
        string[] said =
        [
            .. notes,
            .. rows.Count > MaxRows
                ? [$"{rows.Count - MaxRows} more rows are not in this file: it has at most {MaxRows}"]
                : Array.Empty<string>(),
        ];
        var kept = rows.Take(MaxRows);
        if (kind == Kind.Csv)
            await WriteCsvAsync(context.Response.Body, columns, kept, said, cancellation);
        else
            await WriteXlsxAsync(context.Response.Body, columns, kept, said, cancellation);
    }

    /// <summary>
    /// A cell of CSV. What a spreadsheet would take for a formula gets an apostrophe in front: these are strangers' texts.
    /// </summary>
    public static string Cell(string text)
    {
        var plain = text.Length > 0 && Formulas.Contains(text[0]) ? $"'{text}" : text;
        return plain.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? plain
            : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>How the address of a request wants its table.</summary>
    public static TableView TableView(this HttpContext context) =>
        Web.TableView.Of(name => context.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null);

    private static async Task WriteCsvAsync<TRow>(
        Stream body,
        IReadOnlyList<Column<TRow>> columns,
        IEnumerable<TRow> rows,
        IEnumerable<string> notes,
        CancellationToken cancellation
    )
    {
        await using var text = new StreamWriter(body, new UTF8Encoding(true), leaveOpen: true);
        Task LineAsync(IEnumerable<string> cells) =>
            text.WriteAsync($"{string.Join(',', cells.Select(Cell))}\r\n".AsMemory(), cancellation);
        await LineAsync(columns.Select(c => c.Title));
        foreach (var row in rows)
            await LineAsync(columns.Select(c => c.Text(row)));
        foreach (var note in notes)
            await LineAsync([note]);
    }

    /// <summary>Made in memory, which its limit of rows keeps small: the zip container writes in its own time.</summary>
    private static async Task WriteXlsxAsync<TRow>(
        Stream body,
        IReadOnlyList<Column<TRow>> columns,
        IEnumerable<TRow> rows,
        IEnumerable<string> notes,
        CancellationToken cancellation
    )
    {
        using var file = new MemoryStream();
        await using (var sheet = await Spreadsheet.CreateNewAsync(file, cancellationToken: cancellation))
        {
            await sheet.StartWorksheetAsync("Table", token: cancellation);
            await sheet.AddRowAsync([.. columns.Select(c => new DataCell(c.Title))], cancellation);
            foreach (var row in rows)
                await sheet.AddRowAsync([.. columns.Select(c => CellOf(c, row))], cancellation);
            foreach (var note in notes)
                await sheet.AddRowAsync([new DataCell(note)], cancellation);
            await sheet.FinishAsync(cancellation);
        }
        file.Position = 0;
        await file.CopyToAsync(body, cancellation);
    }

    private const int MaxCell = 32_767;

    /// <summary>Texts are texts in a spreadsheet, whatever they begin with; a cell holds so much and no more.</summary>
    private static DataCell CellOf<TRow>(Column<TRow> column, TRow row)
    {
        if (column.Number?.Invoke(row) is { } number)
            return new(number);
        var text = new string([.. column.Text(row).Where(c => !char.IsControl(c) || c is '\n' or '\t')]);
        return new(text[..Math.Min(text.Length, MaxCell)]);
    }
}
