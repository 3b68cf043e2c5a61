using System.Globalization;
using System.Text;
using System.Xml;

namespace Lanthorn.Formats;

/// <summary>The rows of one sheet, one in memory at a time. Not safe for several threads.</summary>
internal sealed class SheetRows(XlsxPart part, IReadOnlyList<string?> texts, DateFormats dates, bool isFrom1904)
{
    /// <summary>As many as a sheet has.</summary>
    public const int MaxRows = 1_048_576;

    private readonly StringBuilder value = new();
    private int number;
    private List<string> fields = [];
    private List<Place> starts = [];
    private (string, Place)? damage;

    /// <summary>The next row with a value in it; null behind the last.</summary>
    public async Task<DelimitedRow?> ReadAsync(CancellationToken cancellation)
    {
        while (await part.ReadAsync(cancellation))
        {
            if (part.Xml is not { NodeType: XmlNodeType.Element, LocalName: "row" })
                continue;
            Begin(part.Xml.GetAttribute("r"));
            if (!part.Xml.IsEmptyElement)
                await CellsAsync(cancellation);
            if (damage is not null || fields.Exists(f => f.Length > 0))
                return new(fields, starts, new(part.File, number, 1), damage);
        }
        return null;
    }

    private void Begin(string? said)
    {
        // A number that goes back, or is none, is the next one.
        var given = int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        number = Math.Max(number + 1, given);
        if (number > MaxRows)
            throw new UnreadableFileException(
                new(part.File, MaxRows, 1),
                $"more than {MaxRows:N0} rows",
                "No sheet has so many; export it as CSV and import that."
            );
        (fields, starts, damage) = ([], [], null);
    }

    private async Task CellsAsync(CancellationToken cancellation)
    {
        var depth = part.Xml.Depth;
        while (await part.ReadAsync(cancellation) && part.Xml.Depth > depth)
            if (part.Xml is { NodeType: XmlNodeType.Element, LocalName: "c" })
                await CellAsync(cancellation);
    }

    private async Task CellAsync(CancellationToken cancellation)
    {
        var xml = part.Xml;
        var column = Math.Max(fields.Count, ColumnOf(xml.GetAttribute("r")) ?? fields.Count);
        var (kind, format) = (xml.GetAttribute("t") ?? "n", Number(xml.GetAttribute("s")));
        value.Clear();
        if (!xml.IsEmptyElement)
            await ValueAsync(cancellation);
        if (column >= DelimitedReader.MaxFields)
        {
            damage ??= ($"more than {DelimitedReader.MaxFields:N0} columns", At(DelimitedReader.MaxFields));
            return;
        }
        while (fields.Count < column)
            Add("");
        Add(Shown(kind, format));
    }

    /// <summary>The text of the cell's value, or of all its pieces where it holds the text itself.</summary>
    private async Task ValueAsync(CancellationToken cancellation)
    {
        var (depth, isValue) = (part.Xml.Depth, false);
        while (await part.ReadAsync(cancellation) && part.Xml.Depth > depth)
            switch (part.Xml.NodeType)
            {
                case XmlNodeType.Element:
                    isValue = part.Xml is { LocalName: "v" or "t", IsEmptyElement: false };
                    break;
                case XmlNodeType.EndElement:
                    isValue = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when isValue:
                    SharedTexts.Append(value, part.Text);
                    break;
            }
    }

    private string Shown(string kind, int format)
    {
        var text = value.ToString();
        switch (kind)
        {
            case "s":
                var at = Number(text.Trim());
                if (at < 0 || at >= texts.Count)
                    return Damaged("the cell points to a text that the workbook does not have");
                return texts[at] ?? Damaged($"a text of more than {SharedTexts.MaxCell:N0} characters");
            case "e":
                return "";
            case "b":
                return text.Trim() == "1" ? "true" : "false";
            case "n":
                return NumberText(text.Trim(), format);
            default:
                return text.Length > SharedTexts.MaxCell
                    ? Damaged($"a text of more than {SharedTexts.MaxCell:N0} characters")
                    : text;
        }
    }

    private string NumberText(string text, int format)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return text.Length <= SharedTexts.MaxCell ? text : Damaged("the number is none");
        if (dates.IsDate(format))
            return DateFormats.Read(number, isFrom1904) ?? text;
        const double exactly = 1e15;
        return Math.Abs(number) < exactly && Math.Floor(number) == number
            ? number.ToString("F0", CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }

    private string Damaged(string reason)
    {
        damage ??= (reason, At(fields.Count));
        return "";
    }

    private void Add(string text)
    {
        starts.Add(At(fields.Count));
        fields.Add(text);
    }

    private Place At(int column) => new(part.File, number, column + 1);

    /// <summary>The column of a reference such as AB12, from 0; null where there is none.</summary>
    private static int? ColumnOf(string? reference)
    {
        const int letters = 26;
        var column = 0;
        foreach (var c in (reference ?? "").TakeWhile(char.IsAsciiLetterUpper))
            column = Math.Min((column * letters) + c - 'A' + 1, DelimitedReader.MaxFields + 1);
        return column == 0 ? null : column - 1;
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
