using System.Text;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>
/// Recognises the format of files by their first bytes, and of compressed ones by those of what is in them. Names do not
/// count: lists are published under any name.
/// </summary>
public static class FormatDetection
{
    /// <summary>The reader for the files; the reason of a refusal says what would help.</summary>
    public static async Task<Parsed<IRecordReader>> DetectAsync(
        IReadOnlyList<InputFile> files,
        ReadOptions options,
        CancellationToken cancellation
    )
    {
        if (files.Count == 0)
            return Parsed.Refuse("there is no file to read");
        try
        {
            return await FormatAsync(await PackedFiles.UnpackAsync(files, cancellation), options, cancellation);
        }
        catch (UnreadableFileException e)
        {
            return Parsed.Refuse($"{e.File}: {e.Reason}. {e.WayOut}");
        }
    }

    private static async Task<Parsed<IRecordReader>> FormatAsync(
        IReadOnlyList<InputFile> files,
        ReadOptions options,
        CancellationToken cancellation
    )
    {
        string? format = null;
        foreach (var file in files)
        {
            var found = await FormatOfAsync(file, options, cancellation);
            if (!found.IsAccepted)
                return Parsed.Refuse($"{file.Name}: {found.Reason}");
            format ??= found.Value;
            if (format != found.Value)
                return Parsed.Refuse(
                    $"{files[0].Name} is {format} and {file.Name} is {found.Value}: import one format"
                );
        }
        return Parsed.Accept(RecordFormats.Find(format!)!);
    }

    private static async Task<Parsed<string>> FormatOfAsync(
        InputFile file,
        ReadOptions options,
        CancellationToken cancellation
    )
    {
        var head = await FileHead.ReadAsync(file, cancellation);
        if (head.LooksLikeWorkbook)
            return options.Mapping is not null
                ? Parsed.Accept("xlsx")
                : Parsed.Refuse("a workbook: give a mapping file that says which column is what");
        if (options.Mapping is not null)
            return Parsed.Accept("csv");
        if (head.LooksLikeUtf16)
            return Parsed.Refuse("the file is UTF-16: convert it to UTF-8 first, or give a mapping with its encoding");
        // Bytes as characters: what tells formats apart is ASCII, and a character may be cut at the end.
        var text = Encoding.Latin1.GetString(head.HasUtf8Mark ? head.Bytes[3..] : head.Bytes).TrimStart();
        if (text.Length == 0)
            return Parsed.Refuse("the file is empty");
        if (text[0] == '<')
            return Markup(text);
        if (text[0] == '{')
            return Parsed.Accept(IsSenzing(text) ? "senzing" : "ftm");
        if (text.StartsWith(EuTable.First, StringComparison.OrdinalIgnoreCase))
            return Parsed.Accept("eu-fsf");
        using var start = new StringReader(text);
        var rows = new DelimitedReader(start, ',', file.Name);
        var first = await rows.ReadAsync(cancellation);
        if (first is { } row && OfacColumns.KindOf(row.Fields) is not null)
            return Parsed.Accept("ofac");
        var second = await rows.ReadAsync(cancellation);
        return new[] { first, second }.Any(r => r is not null && UkListReader.IsHeader(r.Value.Fields))
            ? Parsed.Accept("uk")
            : Parsed.Refuse("a table: give a mapping file that says which column is what, or name its format");
    }

    private static Parsed<string> Markup(string text) =>
        text.Contains($"<{UnListReader.Root}", StringComparison.Ordinal) ? Parsed.Accept("un")
        : text.Contains(EuListReader.Namespace, StringComparison.Ordinal) ? Parsed.Accept("eu-fsf")
        : text.Contains($"<{UkListReader.Root}", StringComparison.Ordinal) ? Parsed.Accept("uk")
        : Parsed.Refuse("an XML file that is no list known here: name its format");

    /// <summary>By the keys that it has and FollowTheMoney has not.</summary>
    private static bool IsSenzing(string text) =>
        text.Contains("\"RECORD_ID\"", StringComparison.Ordinal)
        || text.Contains("\"DATA_SOURCE\"", StringComparison.Ordinal);
}
