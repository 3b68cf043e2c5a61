using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Lanthorn.Formats;

/// <summary>
/// An open workbook: its sheets by name, its texts, and which cell formats are dates. Only the sheet that is read is
/// streamed; texts are kept, within limits. Names of parts are looked up in the archive and never used as paths.
/// </summary>
internal sealed class Workbook : IDisposable
{
    /// <summary>A workbook inside a compressed file is unpacked into memory; larger ones are given as they are.</summary>
    public const int MaxInMemory = 64 * 1024 * 1024;

    private const string Main = "xl/workbook.xml";
    private const string Links = "xl/_rels/workbook.xml.rels";
    private const string WayOut = "Save it again as .xlsx in a spreadsheet program, or export the sheet as CSV.";

    private readonly ZipArchive archive;
    private readonly string file;
    private readonly Dictionary<string, ZipArchiveEntry> parts = new(StringComparer.OrdinalIgnoreCase);

    private Workbook(ZipArchive archive, string file)
    {
        (this.archive, this.file) = (archive, file);
        foreach (var entry in archive.Entries)
            parts.TryAdd(entry.FullName.TrimStart('/'), entry);
        PackedFiles.RefuseBomb(
            file,
            archive.Entries.Sum(e => Math.Min(e.Length, PackedFiles.MaxUnpacked + 1)),
            archive.Entries.Sum(e => e.CompressedLength)
        );
    }

    public static async Task<Workbook> OpenAsync(InputFile file, CancellationToken cancellation)
    {
        var head = await FileHead.ReadAsync(file, cancellation);
        if (!head.LooksLikeZip)
            throw Refuse(file.Name, "this is no workbook of the form .xlsx");
        var stream = file.Open();
        if (!stream.CanSeek)
            stream = await InMemoryAsync(stream, file.Name, cancellation);
        var archive = ZipContent.Open(stream, file.Name);
        try
        {
            return new(archive, file.Name);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>The rows of a sheet that have a cell; columns that a row leaves out before its last are empty.</summary>
    /// <exception cref="UnreadableFileException">There is no such sheet, or the workbook is damaged or too large.</exception>
    public async IAsyncEnumerable<DelimitedRow> RowsAsync(
        string? sheet,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var (path, isFrom1904) = await SheetAsync(sheet, cancellation);
        var dates = await StylesAsync(cancellation);
        var texts = await TextsAsync(cancellation);
        using var part = Part(path);
        var rows = new SheetRows(part, texts, dates, isFrom1904);
        while (await rows.ReadAsync(cancellation) is { } row)
            yield return row;
    }

    /// <summary>The sheets by their names, in the order of the workbook.</summary>
    /// <exception cref="UnreadableFileException">The workbook is damaged.</exception>
    public async Task<IReadOnlyList<string>> SheetNamesAsync(CancellationToken cancellation) =>
        [.. (await SheetsAsync(cancellation)).Sheets.Select(s => s.Name)];

    private async Task<(List<(string Name, string Link)> Sheets, bool IsFrom1904)> SheetsAsync(
        CancellationToken cancellation
    )
    {
        var (sheets, isFrom1904) = (new List<(string Name, string Link)>(), false);
        using var part = Part(Main);
        await part.EachElementAsync(
            xml =>
            {
                if (xml.LocalName == "sheet" && sheets.Count < XlsxPart.MaxSheets)
                    sheets.Add((xml.GetAttribute("name") ?? "", XlsxPart.AttributeEnding(xml, ":id")));
                else if (xml.LocalName == "workbookPr")
                    isFrom1904 = xml.GetAttribute("date1904") is "1" or "true";
            },
            cancellation
        );
        return (sheets, isFrom1904);
    }

    private async Task<(string Path, bool IsFrom1904)> SheetAsync(string? wanted, CancellationToken cancellation)
    {
        var (sheets, isFrom1904) = await SheetsAsync(cancellation);
        var link = sheets.Find(n => wanted is null || n.Name == wanted).Link;
        if (link is null)
            throw new UnreadableFileException(
                new(file, 1, 1),
                wanted is null ? "the workbook has no sheet" : $"there is no sheet '{wanted}'",
                $"The sheets are: {string.Join(", ", sheets.Select(n => n.Name).Take(20))}."
            );
        var path = "";
        using (var part = Part(Links))
            await part.EachElementAsync(
                xml =>
                {
                    if (xml.LocalName == "Relationship" && xml.GetAttribute("Id") == link)
                        path = xml.GetAttribute("Target") ?? "";
                },
                cancellation
            );
        return (path.StartsWith('/') ? path[1..] : $"xl/{path}", isFrom1904);
    }

    private async Task<DateFormats> StylesAsync(CancellationToken cancellation)
    {
        var dates = new DateFormats();
        if (!parts.ContainsKey("xl/styles.xml"))
            return dates;
        using var part = Part("xl/styles.xml");
        await part.EachElementAsync(dates.Take, cancellation);
        return dates;
    }

    private async Task<IReadOnlyList<string?>> TextsAsync(CancellationToken cancellation)
    {
        if (!parts.ContainsKey("xl/sharedStrings.xml"))
            return [];
        using var part = Part("xl/sharedStrings.xml");
        return await SharedTexts.ReadAsync(part, cancellation);
    }

    private XlsxPart Part(string path) =>
        parts.TryGetValue(path, out var entry)
            ? new(ZipContent.Read(entry, file), file)
            : throw Refuse(file, $"the workbook has no part '{(path.Length > 60 ? path[..60] : path)}'");

    private static async Task<Stream> InMemoryAsync(Stream stream, string name, CancellationToken cancellation)
    {
        await using var from = stream;
        var copy = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, cancellation)) > 0; )
        {
            if (copy.Length + read > MaxInMemory)
                throw new UnreadableFileException(
                    new(name, 1, 1),
                    $"a workbook of more than {MaxInMemory / 1024 / 1024} MiB inside a compressed file",
                    "Unpack it and import the workbook itself."
                );
            copy.Write(buffer, 0, read);
        }
        return copy;
    }

    private static UnreadableFileException Refuse(string file, string reason) => new(new(file, 1, 1), reason, WayOut);

    public void Dispose() => archive.Dispose();
}
