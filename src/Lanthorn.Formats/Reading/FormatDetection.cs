using System.Text;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>
/// Recognises the format of files by their first bytes. Names do not count: lists are published
/// under any name.
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
        if (head.LooksLikeGzip)
            return Parsed.Refuse("the file is compressed: unpack it first, for example with gunzip");
        if (options.Mapping is not null)
            return Parsed.Accept("csv");
        if (head.LooksLikeUtf16)
            return Parsed.Refuse("the file is UTF-16: convert it to UTF-8 first, or give a mapping with its encoding");
        // Bytes as characters: what tells formats apart is ASCII, and a character may be cut at the end.
        var text = Encoding.Latin1.GetString(head.HasUtf8Mark ? head.Bytes[3..] : head.Bytes).TrimStart();
        if (text.Length == 0)
            return Parsed.Refuse("the file is empty");
        if (text[0] == '<')
            return text.Contains($"<{UnListReader.Root}", StringComparison.Ordinal)
                ? Parsed.Accept("un")
                : Parsed.Refuse("an XML file that is no list known here: name its format");
        if (text[0] == '{')
            return Parsed.Accept("ftm");
        using var start = new StringReader(text);
        var row = await new DelimitedReader(start, ',', file.Name).ReadAsync(cancellation);
        return row is { } first && OfacColumns.KindOf(first.Fields) is not null
            ? Parsed.Accept("ofac")
            : Parsed.Refuse("a table: give a mapping file that says which column is what, or name its format");
    }
}
