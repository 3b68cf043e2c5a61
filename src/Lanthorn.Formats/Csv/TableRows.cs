using System.Runtime.CompilerServices;

namespace Lanthorn.Formats;

/// <summary>The rows of any table in text (CSV in UTF-8) under the names in its first row.</summary>
public static class TableRows
{
    /// <exception cref="UnreadableFileException">A row is damaged, or has other columns than the first.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<(string Column, string Value)>> ReadAsync(
        InputFile file,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        (await FileHead.ReadAsync(file, cancellation)).RefuseOtherThanUtf8(file);
        await using var stream = file.Open();
        using var text = new StreamReader(
            stream,
            TextEncoding.Find("utf-8").Value,
            detectEncodingFromByteOrderMarks: false
        );
        var rows = new DelimitedReader(text, ',', file.Name);
        List<string>? names = null;
        while (await rows.ReadAsync(cancellation) is { } row)
        {
            names ??= [.. row.Fields.Select(f => f.Trim().TrimStart('\uFEFF'))];
            if (row.Damage is var (reason, at) && reason is not null)
                throw new UnreadableFileException(at, reason, "Mend the row in the file.");
            if (row.Fields.Count != names.Count)
                throw new UnreadableFileException(
                    row.Place,
                    $"the row has {row.Fields.Count} columns and the first {names.Count}",
                    "Mend the row in the file."
                );
            if (row.Place.Line > 1)
                yield return [.. names.Zip(row.Fields)];
        }
    }
}
