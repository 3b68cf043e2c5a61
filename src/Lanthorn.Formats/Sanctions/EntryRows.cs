using System.Globalization;
using System.Runtime.CompilerServices;

namespace Lanthorn.Formats;

/// <summary>What a row of a list says under its columns; without the empty ones.</summary>
internal sealed record EntryRow(IReadOnlyList<(string Column, string Value)> Cells, Place Place)
{
    /// <summary>By the column's name in any case; empty when the row says nothing there.</summary>
    public string this[string column]
    {
        get
        {
            foreach (var (name, value) in Cells)
                if (name.Equals(column, StringComparison.OrdinalIgnoreCase))
                    return value;
            return "";
        }
    }
}

/// <summary>
/// The rows of a table in which one entry has several. They are kept until the end, since lists do not always have the rows
/// of an entry together.
/// </summary>
internal sealed class EntryRows
{
    /// <summary>Ten times the rows of the longest list of 2026.</summary>
    public const int MaxRows = 1_000_000;
    public const long MaxCharacters = 256L * 1024 * 1024;

    private readonly Dictionary<string, List<EntryRow>> byEntry = new(StringComparer.Ordinal);
    private int count;
    private long characters;

    /// <summary>Each entry with its rows, in the order in which the list first names it.</summary>
    public IEnumerable<IReadOnlyList<EntryRow>> Entries => byEntry.Values;

    /// <param name="entry">What all rows of the entry have: the external id, or what stands for it.</param>
    public void Add(string entry, EntryRow row)
    {
        characters += row.Cells.Sum(c => c.Value.Length);
        if (++count > MaxRows || characters > MaxCharacters)
            throw new UnreadableFileException(
                row.Place,
                $"more than {MaxRows:N0} rows, or {MaxCharacters:N0} characters in them",
                "No such list is so long; check where the file comes from."
            );
        if (byEntry.TryGetValue(entry, out var rows))
            rows.Add(row);
        else
            byEntry.Add(entry, [row]);
    }

    /// <summary>The rows behind the header under their columns, or why one is refused.</summary>
    /// <param name="columns">The names of the columns; one that is empty is passed over.</param>
    public static async IAsyncEnumerable<(EntryRow? Row, Rejection? Refusal)> ReadAsync(
        DelimitedReader rows,
        IReadOnlyList<string> columns,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        while (await rows.ReadAsync(cancellation) is { } row)
            if (Problem(row, columns.Count) is var (reason, at))
                yield return (null, Rejection.At(at, "", string.Join(';', row.Fields.Take(20)), reason));
            else
                yield return (new(Cells(row, columns), row.Place), null);
    }

    private static (string Reason, Place Place)? Problem(DelimitedRow row, int width) =>
        row.Damage
        ?? (
            row.Fields.Count < width || row.Fields.Skip(width).Any(f => f.Length > 0)
                ? (
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the row has {row.Fields.Count} columns and the header {width}"
                    ),
                    row.Place
                )
                : null
        );

    private static List<(string, string)> Cells(DelimitedRow row, IReadOnlyList<string> columns)
    {
        var cells = new List<(string, string)>();
        for (var at = 0; at < columns.Count; at++)
            if (columns[at].Length > 0 && row.Fields[at].Trim() is { Length: > 0 } value)
                cells.Add((columns[at], value));
        return cells;
    }
}
