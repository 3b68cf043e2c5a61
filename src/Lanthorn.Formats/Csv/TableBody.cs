using System.Runtime.CompilerServices;

namespace Lanthorn.Formats;

/// <summary>A row of a table as it stands there, under the columns of its <see cref="TableHead"/>.</summary>
/// <param name="Damage">Why it cannot be used; null when it can.</param>
public sealed record TableRow(long Line, IReadOnlyList<string> Cells, string? Damage);

/// <summary>All rows of a table of which the head has been read.</summary>
public static class TableBody
{
    /// <exception cref="UnreadableFileException">The file as a whole cannot be read.</exception>
    public static async IAsyncEnumerable<TableRow> ReadAsync(
        InputFile file,
        TableHead head,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        if (await PackedFiles.UnpackAsync([file], cancellation) is not [var table])
            yield break;
        var rows = head.Sheet is null
            ? TextAsync(table, head, cancellation)
            : SheetAsync(table, head.Sheet, cancellation);
        var isHeading = true;
        await foreach (var row in rows)
        {
            if (!isHeading)
                yield return Fitted(row, head.Columns.Count);
            isHeading = false;
        }
    }

    private static async IAsyncEnumerable<DelimitedRow> TextAsync(
        InputFile file,
        TableHead head,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var stream = file.Open();
        using var text = new StreamReader(
            stream,
            TextEncoding.Find(head.Encoding).Value,
            detectEncodingFromByteOrderMarks: false
        );
        var rows = new DelimitedReader(text, head.Delimiter, file.Name);
        while (await rows.ReadAsync(cancellation) is { } row)
            yield return row;
    }

    private static async IAsyncEnumerable<DelimitedRow> SheetAsync(
        InputFile file,
        string sheet,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        using var workbook = await Workbook.OpenAsync(file, cancellation);
        await foreach (var row in workbook.RowsAsync(sheet, cancellation))
            yield return row;
    }

    /// <summary>Empty cells at the end may be left out or be too many.</summary>
    private static TableRow Fitted(DelimitedRow row, int width)
    {
        var damage =
            row.Damage?.Reason
            ?? (
                row.Fields.Skip(width).All(string.IsNullOrWhiteSpace)
                    ? null
                    : $"the row has {row.Fields.Count} columns and the first {width}"
            );
        return new(
            row.Place.Line,
            [.. Enumerable.Range(0, width).Select(at => at < row.Fields.Count ? row.Fields[at].Trim() : "")],
            damage
        );
    }
}
