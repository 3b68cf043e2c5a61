using System.Runtime.CompilerServices;

namespace Lanthorn.Formats;

/// <summary>
/// The consolidated list of persons and entities under the financial sanctions of the European Union (FSF 1.1), as XML
/// (<c>export</c>) or as its semicolon table: one record for each entity, by its EU reference number. The table does not
/// say which aliases are weak, except in remarks.
/// </summary>
internal sealed class EuListReader : IRecordReader
{
    public const string Namespace = "http://eu.europa.ec/fpi/fsd/export";

    private const string Root = "export";
    private const string WayOut =
        "Take the XML or CSV (1.1) of the Union's consolidated list, or name the format that this is.";

    private static readonly string[] Listings = ["sanctionEntity"];

    public string Format => "eu-fsf";

    public bool IsCompleteEdition => true;

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
                    ? Rejection.At(
                        record.Place,
                        EuListing.Number,
                        record.ExternalId,
                        "a second entity with this number"
                    )
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
        var generated = await elements.ToRootAsync(Root, "generationDate", WayOut);
        if (ListedDays.Find(generated) is { } day)
            yield return new EditionDate(day);
        while (await elements.NextAsync(Listings, cancellation) is var (element, refusal))
            yield return refusal is null
                ? EuListing.Read(element)
                : Rejection.At(element.Place, element.Name, element.Attribute(EuListing.Number), refusal);
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
        var rows = new DelimitedReader(text, ';', file.Name);
        var header = await rows.ReadAsync(cancellation);
        var columns = header?.Fields.Select(f => f.Trim()).ToList() ?? [];
        foreach (var needed in EuTable.Needed)
            if (header is not { Damage: null } || !columns.Contains(needed, StringComparer.OrdinalIgnoreCase))
                throw new UnreadableFileException(
                    new(file.Name, 1, 1),
                    header?.Damage?.Reason ?? $"there is no column '{needed}'",
                    WayOut
                );
        var entities = new EntryRows();
        var isDated = false;
        await foreach (var (row, refusal) in EntryRows.ReadAsync(rows, columns, cancellation))
        {
            if (row is null)
            {
                yield return refusal!;
                continue;
            }
            if (!isDated && ListedDays.Find(row[EuTable.First]) is { } day)
                yield return new EditionDate(day);
            isDated = true;
            if (row[EuTable.Entity] is { Length: > 0 } entity)
                entities.Add(entity, row);
            else
                yield return Rejection.At(row.Place, EuTable.Entity, "", "a row belongs to an entity");
        }
        foreach (var entity in entities.Entries)
            yield return EuListing.Read(EuTable.Element(entity));
    }
}
