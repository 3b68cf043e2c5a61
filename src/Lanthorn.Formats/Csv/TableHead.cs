namespace Lanthorn.Formats;

/// <summary>How a table is read, as far as somebody says it; what is null is found out.</summary>
/// <param name="Sheet">The sheet of a workbook; null takes the first.</param>
public sealed record TableReading(string? Sheet = null, char? Delimiter = null, string? Encoding = null);

/// <summary>A column by its heading.</summary>
/// <param name="Unusable">Why a mapping cannot name it; null where it can.</param>
public sealed record TableColumn(string Name, string? Unusable);

/// <summary>What a table looks like at its beginning, so that somebody can say which column is what.</summary>
/// <param name="Format">The reader of it: <c>csv</c> or <c>xlsx</c>.</param>
/// <param name="Rows">The first rows under the headings, a cell for each column, cut at <see cref="MaxCell"/> characters.</param>
public sealed record TableHead(
    string Format,
    IReadOnlyList<TableColumn> Columns,
    IReadOnlyList<IReadOnlyList<string>> Rows
)
{
    public const int MaxColumns = 200;
    public const int MaxRows = 20;
    public const int MaxCell = Rejection.MaxValueLength;

    /// <summary>A longer heading is a text, and a mapping of such would be longer than a mapping may be.</summary>
    public const int MaxHeading = 200;

    /// <summary>What tables in text are separated by, the usual first.</summary>
    public static readonly IReadOnlyList<char> Delimiters = [',', ';', '\t', '|'];

    /// <summary>The encodings that tables are met in; a mapping file may name others.</summary>
    public static readonly IReadOnlyList<string> Encodings =
    [
        "utf-8",
        "windows-1252",
        "windows-1250",
        "windows-1251",
        "windows-1253",
        "windows-1254",
        "windows-1256",
        "utf-16",
        "utf-16BE",
    ];

    public char Delimiter { get; init; } = ',';

    public string Encoding { get; init; } = "utf-8";

    /// <summary>The text is not UTF-8, and nothing in it says what it is instead.</summary>
    public bool IsEncodingGuessed { get; init; }

    /// <summary>The sheet that was read; null for a table in text.</summary>
    public string? Sheet { get; init; }

    public IReadOnlyList<string> Sheets { get; init; } = [];

    /// <summary>Reads the beginning of a table, which may be compressed.</summary>
    /// <exception cref="UnreadableFileException">It is no table, damaged, hostile or wider than a wizard is for.</exception>
    public static async Task<TableHead> ReadAsync(InputFile file, TableReading reading, CancellationToken cancellation)
    {
        if (await PackedFiles.UnpackAsync([file], cancellation) is not [var table])
            throw new UnreadableFileException(
                new(file.Name, 1, 1),
                "an archive with several files",
                "Unpack it and give one table at a time."
            );
        var head = await FileHead.ReadAsync(table, cancellation);
        return head.LooksLikeWorkbook
            ? await OfWorkbookAsync(table, reading, cancellation)
            : await TextTable.ReadAsync(table, head, reading, cancellation);
    }

    private static async Task<TableHead> OfWorkbookAsync(
        InputFile file,
        TableReading reading,
        CancellationToken cancellation
    )
    {
        using var workbook = await Workbook.OpenAsync(file, cancellation);
        var sheets = await workbook.SheetNamesAsync(cancellation);
        var rows = new List<DelimitedRow>();
        await foreach (var row in workbook.RowsAsync(reading.Sheet, cancellation))
        {
            rows.Add(row);
            if (rows.Count > MaxRows)
                break;
        }
        return Of("xlsx", rows, file.Name, "the sheet is empty") with
        {
            Sheet = reading.Sheet ?? sheets[0],
            Sheets = sheets,
        };
    }

    /// <summary>The head of rows, of which the first has the headings.</summary>
    internal static TableHead Of(string format, List<DelimitedRow> rows, string file, string empty)
    {
        if (rows is not [{ Damage: null } header, ..])
            throw new UnreadableFileException(
                rows is [{ Damage: var (_, place) }, ..] ? place : new(file, 1, 1),
                rows is [{ Damage: var (reason, _) }, ..] ? reason : empty,
                "The first row holds the names of the columns."
            );
        var names = header.Fields.Select(f => f.Trim()).ToList();
        // Spreadsheets end rows with cells that have a colour and no text.
        while (names is [.., ""])
            names.RemoveAt(names.Count - 1);
        if (names.Count is 0 or > MaxColumns)
            throw new UnreadableFileException(
                header.Place,
                names.Count == 0 ? "the first row is empty" : $"{names.Count:N0} columns, more than {MaxColumns}",
                names.Count == 0
                    ? "The first row holds the names of the columns."
                    : "Write a mapping file for a table as wide as this one, or leave columns out."
            );
        return new(
            format,
            [.. names.Select(n => new TableColumn(n, WhyUnusable(n, names)))],
            [.. rows.Skip(1).Take(MaxRows).Select(r => Cells(r.Fields, names.Count))]
        );
    }

    private static IReadOnlyList<string> Cells(IReadOnlyList<string> fields, int count) =>
        [.. Enumerable.Range(0, count).Select(at => at < fields.Count ? Rejection.Cut(fields[at]) : "")];

    private static string? WhyUnusable(string name, List<string> names) =>
        name.Length == 0 ? "it has no heading"
        : name.Length > MaxHeading ? $"its heading has more than {MaxHeading} characters"
        : names.Count(n => n == name) > 1 ? "another column has the same heading"
        : null;
}
