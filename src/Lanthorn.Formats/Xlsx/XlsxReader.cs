using System.Runtime.CompilerServices;

namespace Lanthorn.Formats;

/// <summary>
/// A sheet of a workbook (Office Open XML, ECMA-376) with a header, read by a <see cref="ColumnMapping"/>. A formula counts
/// with the value that was stored with it, a cell that shows an error as empty; a cell formatted as a date is a date.
/// </summary>
internal sealed class XlsxReader : IRecordReader
{
    public string Format => "xlsx";

    public bool IsCompleteEdition => false;

    public async IAsyncEnumerable<ReadItem> ReadAsync(
        IReadOnlyList<InputFile> files,
        ReadOptions options,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var seen = new SeenIds();
        foreach (var file in files)
        {
            var mapping =
                options.Mapping
                ?? throw new UnreadableFileException(
                    new(file.Name, 1, 1),
                    "a workbook does not say which column is what",
                    "Give a mapping file: schema, id and properties."
                );
            using var workbook = await Workbook.OpenAsync(file, cancellation);
            var rows = workbook.RowsAsync(mapping.Sheet, cancellation);
            MappedCsvReader.Table? table = null;
            var width = 0;
            await foreach (var row in rows)
            {
                if (table is not null)
                    yield return table.Read(Fitted(row, width), seen);
                else
                {
                    table = new(mapping, row, file.Name);
                    width = row.Fields.Count;
                }
            }
            if (table is null)
                throw new UnreadableFileException(
                    new(file.Name, 1, 1),
                    "the sheet is empty",
                    "The first row holds the names of the columns; name another sheet in the mapping."
                );
        }
    }

    /// <summary>A sheet leaves out cells that are empty: they are filled up, and empty ones too many are taken away.</summary>
    private static DelimitedRow Fitted(DelimitedRow row, int width)
    {
        var fields = row.Fields.ToList();
        var starts = row.Starts.ToList();
        while (fields.Count < width)
        {
            fields.Add("");
            starts.Add(row.Place with { Column = fields.Count });
        }
        while (fields.Count > width && string.IsNullOrWhiteSpace(fields[^1]))
        {
            fields.RemoveAt(fields.Count - 1);
            starts.RemoveAt(starts.Count - 1);
        }
        return row with { Fields = fields, Starts = starts };
    }
}
