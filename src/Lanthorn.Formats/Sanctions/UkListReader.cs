using System.Runtime.CompilerServices;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>
/// The United Kingdom's lists: the UK sanctions list as XML (<c>Designations</c>) or table, by its Unique ID, and the
/// consolidated list of the Office of Financial Sanctions Implementation (<c>ConList.csv</c>), by its Group ID. An entry has
/// several rows and becomes one record.
/// </summary>
internal sealed class UkListReader : IRecordReader
{
    public const string Root = "Designations";

    private const string WayOut = "Take the XML or CSV of the UK sanctions list, or name the format that this is.";
    private const string Generated = "DateGenerated";
    private const string Listing = "Designation";

    /// <summary>Rows before the header; there is one, with the date.</summary>
    private const int MaxRowsBefore = 5;

    private static readonly string[] Elements = [Generated, Listing];

    public string Format => "uk";

    public bool IsCompleteEdition => true;

    /// <summary>True for the header of one of the tables.</summary>
    public static bool IsHeader(IEnumerable<string> row) =>
        row.Select(UkColumns.NameOf).ToList() is var names
        && names.Contains("name6")
        && (names.Contains(UkColumns.UniqueId) || names.Contains(UkColumns.GroupId));

    public async IAsyncEnumerable<ReadItem> ReadAsync(
        IReadOnlyList<InputFile> files,
        ReadOptions options,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var seen = new SeenIds();
        foreach (var file in files)
        {
            var head = await FileHead.ReadAsync(file, cancellation);
            head.RefuseOtherThanUtf8(file);
            await foreach (
                var item in head.LooksLikeMarkup ? XmlAsync(file, cancellation) : TableAsync(file, cancellation)
            )
                yield return item is ReadRecord record && !seen.Add(record.ExternalId, record.Place)
                    ? Rejection.At(record.Place, UkColumns.UniqueId, record.ExternalId, "a second entry with this id")
                    : item;
        }
    }

    private static async IAsyncEnumerable<ReadItem> XmlAsync(
        InputFile file,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var stream = file.Open();
        using var elements = new ListedElements(stream, file.Name);
        await elements.ToRootAsync(Root, "", WayOut);
        while (await elements.NextAsync(Elements, cancellation) is var (element, refusal))
            if (element.Name == Generated)
            {
                if (ListedDays.Find(element.Text) is { } day)
                    yield return new EditionDate(day);
            }
            else if (refusal is not null)
                yield return Rejection.At(element.Place, element.Name, element["UniqueID"], refusal);
            else
                yield return Entry(element["UniqueID"], UkColumns.RowsOf(element), element.Place);
    }

    private static async IAsyncEnumerable<ReadItem> TableAsync(
        InputFile file,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var stream = file.Open();
        using var text = new StreamReader(
            stream,
            TextEncoding.Find("utf-8").Value,
            detectEncodingFromByteOrderMarks: false
        );
        var rows = new DelimitedReader(text, ',', file.Name);
        IReadOnlyList<string>? columns = null;
        DateOnly? asOf = null;
        for (var before = 0; columns is null && before <= MaxRowsBefore; before++)
        {
            if (await rows.ReadAsync(cancellation) is not { Damage: null } row)
                break;
            if (IsHeader(row.Fields))
                columns = [.. row.Fields.Select(UkColumns.NameOf)];
            else
                asOf ??= row
                    .Fields.Select(f => ListedDays.Find(f[(f.IndexOf(':', StringComparison.Ordinal) + 1)..]))
                    .Max();
        }
        if (columns is null)
            throw new UnreadableFileException(
                new(file.Name, 1, 1),
                "there is no header with the columns Name 6 and Unique ID or Group ID",
                WayOut
            );
        if (asOf is { } day)
            yield return new EditionDate(day);
        var id = columns.Contains(UkColumns.UniqueId) ? UkColumns.UniqueId : UkColumns.GroupId;
        var entries = new EntryRows();
        await foreach (var (row, refusal) in EntryRows.ReadAsync(rows, columns, cancellation))
            if (row is null)
                yield return refusal!;
            else if (row[id] is { Length: > 0 } entry)
                entries.Add(entry, row);
            else
                yield return Rejection.At(row.Place, id, "", "a row belongs to an entry");
        foreach (var entry in entries.Entries)
            yield return Entry(entry[0][id], entry, entry[0].Place);
    }

    private static ReadItem Entry(string id, IReadOnlyList<EntryRow> rows, Place place) =>
        id.Length is 0 or > Record.MaxExternalIdLength
            ? Rejection.At(place, UkColumns.UniqueId, id, "an entry has an id")
            : UkEntry.Read(id, rows, place);
}
