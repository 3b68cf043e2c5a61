using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>
/// The text of a refused row, kept so that somebody can mend it and have it read again: of a table a JSON object with a
/// value for each column, of a format in lines the line itself. Formats in which one record has many rows keep none.
/// </summary>
public static class RefusedRow
{
    /// <summary>A longer row is mended in its file.</summary>
    public const int MaxLength = 16 * 1024;

    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True for formats whose refused rows are kept as objects of columns.</summary>
    public static bool IsTable(string format) => format is "csv" or "xlsx";

    /// <summary>True for formats whose refused rows can be read again one by one.</summary>
    public static bool IsKept(string format) => IsTable(format) || format is "ftm" or "senzing";

    /// <summary>The columns of a kept row of a table with their values; null when the text is no such object.</summary>
    public static IReadOnlyList<(string Column, string Value)>? Columns(string row)
    {
        try
        {
            using var json = JsonDocument.Parse(row);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? [.. json.RootElement.EnumerateObject().Select(p => (p.Name, $"{p.Value}"))]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A row of a table from its columns and values.</summary>
    public static string OfColumns(IEnumerable<(string Column, string Value)> columns)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Written))
        {
            writer.WriteStartObject();
            foreach (var (column, value) in columns)
                writer.WriteString(column, value);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A file of its own for one mended row, and how it is read; the reason of a refusal says what is wrong with the text.</summary>
    public static Parsed<(IRecordReader Reader, InputFile File, ReadOptions Options)> ToFile(
        string format,
        string row,
        Place place,
        ColumnMapping? mapping
    )
    {
        if (!IsTable(format))
            return Parsed.Accept(
                (RecordFormats.Find(format)!, InMemory(place.File, OneLine(row)), ReadOptions.Default)
            );
        if (mapping is null)
            return Parsed.Refuse("the import has no mapping: give one");
        if (Columns(row) is not { Count: > 0 } columns)
            return Parsed.Refuse("a row of a table is a JSON object with its columns");
        var text = $"{Line(columns.Select(c => c.Column))}{Line(columns.Select(c => c.Value))}";
        var options = new ReadOptions { Mapping = mapping with { Delimiter = ',', Encoding = "utf-8" } };
        return Parsed.Accept((RecordFormats.Find("csv")!, InMemory(place.File, text), options));
    }

    /// <summary>What a reader hands out, with the text of the row it came from where something of it was refused.</summary>
    internal static ReadItem Keep(ReadItem item, Func<string?> row) =>
        item switch
        {
            Rejection refused => refused with { Row = row() },
            ReadRecord { DroppedValues.Count: > 0 } record when row() is var text => record with
            {
                DroppedValues = [.. record.DroppedValues.Select(d => d with { Row = text })],
            },
            _ => item,
        };

    /// <summary>Columns without a name, twice the same, or beyond the header are told apart by their number.</summary>
    internal static string? OfTable(IReadOnlyList<string> names, IReadOnlyList<string> fields)
    {
        if (fields.Sum(f => (long)f.Length) > MaxLength || fields.Count > DelimitedReader.MaxFields)
            return null;
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < Math.Max(names.Count, fields.Count); at++)
        {
            var name = at < names.Count && names[at].Length > 0 ? names[at] : Numbered(at);
            columns[columns.ContainsKey(name) ? Numbered(at) : name] = at < fields.Count ? fields[at] : "";
        }
        return Kept(OfColumns(columns.Select(c => (c.Key, c.Value))));
    }

    internal static string? OfLine(ReadOnlySpan<byte> line) =>
        line.Length > MaxLength ? null : Kept(Encoding.UTF8.GetString(line));

    private static string? Kept(string text) => text.Length <= MaxLength ? text : null;

    private static string Numbered(int at) => string.Create(CultureInfo.InvariantCulture, $"column {at + 1}");

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Line(IEnumerable<string> fields) =>
        string.Join(',', fields.Select(f => $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n";

    private static InputFile InMemory(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(name, () => new MemoryStream(bytes, writable: false));
    }
}
