using System.Buffers;
using System.Text;

namespace Lanthorn.Formats;

/// <summary>Finds out how a table in text is written, from its first <see cref="MaxBytes"/>, and reads its first rows.</summary>
internal static class TextTable
{
    /// <summary>All that is looked at: what a hostile file can cost is bounded by it.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const char EndOfFileMark = '\u001A';

    public static async Task<TableHead> ReadAsync(
        InputFile file,
        FileHead head,
        TableReading reading,
        CancellationToken cancellation
    )
    {
        if (head.LooksLikeMarkup)
            throw NoTable(file, "the file is markup (XML or HTML), not a table");
        var (bytes, isCut) = await BeginningAsync(file, cancellation);
        var guess = EncodingOf(head, bytes);
        var encoding = reading.Encoding ?? guess;
        var text = Decode(bytes, encoding, isCut, file);
        RefuseOtherThanText(text, file);
        var delimiter = reading.Delimiter ?? await DelimiterOfAsync(text, isCut, file, cancellation);
        var rows = await RowsAsync(text, delimiter, isCut, file, cancellation);
        return TableHead.Of("csv", rows, file.Name, "the file is empty") with
        {
            Delimiter = delimiter,
            Encoding = encoding,
            IsEncodingGuessed = reading.Encoding is null && encoding == OldWindows,
        };
    }

    private const string OldWindows = "windows-1252";

    private static async Task<(byte[] Bytes, bool IsCut)> BeginningAsync(InputFile file, CancellationToken cancellation)
    {
        await using var stream = file.Open();
        var buffer = new byte[MaxBytes + 1];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return (buffer[..Math.Min(read, MaxBytes)], read > MaxBytes);
    }

    private static string EncodingOf(FileHead head, ReadOnlySpan<byte> bytes)
    {
        if (head.LooksLikeUtf16)
            return head.Bytes is [0xFE, 0xFF, ..] or [0, not 0, ..] ? "utf-16BE" : "utf-16";
        // One bad byte in a text that otherwise is UTF-8 costs a row; reading it as something else would garble all.
        var (well, ill) = (0, 0);
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (status == OperationStatus.InvalidData)
                ill++;
            else if (status == OperationStatus.Done && length > 1)
                well++;
            bytes = bytes[length..];
        }
        return ill > well ? OldWindows : "utf-8";
    }

    private static string Decode(byte[] bytes, string name, bool isCut, InputFile file)
    {
        var encoding = TextEncoding.Find(name);
        if (!encoding.IsAccepted)
            throw new UnreadableFileException(new(file.Name, 1, 1), encoding.Reason, "Name another encoding.");
        using var reader = new StreamReader(
            new MemoryStream(bytes),
            encoding.Value,
            detectEncodingFromByteOrderMarks: false
        );
        var text = reader.ReadToEnd();
        return isCut ? text.TrimEnd(DelimitedReader.Undecodable) : text;
    }

    private static void RefuseOtherThanText(string text, InputFile file)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, FileHead.Length)).TrimStart();
        if (start is ['{', ..] || (start is ['[', .. var inside] && inside.TrimStart() is ['{' or '[' or '"', ..]))
            throw NoTable(file, "the file is JSON, not a table");
        foreach (var c in start)
            if (char.IsControl(c) && !char.IsWhiteSpace(c) && c != EndOfFileMark)
                throw NoTable(file, "the file is not text");
    }

    /// <summary>The one that parts most rows into as many columns as the headings are.</summary>
    private static async Task<char> DelimiterOfAsync(
        string text,
        bool isCut,
        InputFile file,
        CancellationToken cancellation
    )
    {
        var (best, most) = (TableHead.Delimiters[0], 0.0);
        foreach (var delimiter in TableHead.Delimiters)
        {
            var rows = await RowsAsync(text, delimiter, isCut, file, cancellation);
            if (rows is not [{ Damage: null } header, ..])
                continue;
            var width = header.Fields.Count;
            var share = (double)rows.Count(r => r.Damage is null && r.Fields.Count == width) / rows.Count;
            // More columns count for more, and one column for nothing.
            var score = share * (1 - (1.0 / width));
            if (score > most)
                (best, most) = (delimiter, score);
        }
        return best;
    }

    /// <summary>The headings and the rows under them; one that the end of what is looked at cuts is left out.</summary>
    private static async Task<List<DelimitedRow>> RowsAsync(
        string text,
        char delimiter,
        bool isCut,
        InputFile file,
        CancellationToken cancellation
    )
    {
        var rows = new List<DelimitedRow>();
        using var reader = new StringReader(text);
        var table = new DelimitedReader(reader, delimiter, file.Name);
        while (rows.Count <= TableHead.MaxRows && await table.ReadAsync(cancellation) is { } row)
            rows.Add(row);
        if (!isCut || rows.Count > TableHead.MaxRows)
            return rows;
        return rows.Count > 1
            ? rows[..^1]
            : throw new UnreadableFileException(
                new(file.Name, 1, 1),
                $"the first row is longer than {MaxBytes / 1024 / 1024} MiB",
                "The first row holds the names of the columns."
            );
    }

    private static UnreadableFileException NoTable(InputFile file, string reason) =>
        new(new(file.Name, 1, 1), reason, "Give a table: CSV or a workbook (.xlsx).");
}
