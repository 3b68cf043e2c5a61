using System.Globalization;
using System.Runtime.CompilerServices;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>Any table in text with a header, read by a <see cref="ColumnMapping"/>.</summary>
internal sealed class MappedCsvReader : IRecordReader
{
    public string Format => "csv";

    public bool IsCompleteEdition => false;

    public async IAsyncEnumerable<ReadItem> ReadAsync(
        IReadOnlyList<InputFile> files,
        ReadOptions options,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var seen = new SeenIds();
        foreach (var file in files)
        {
            var mapping =
                options.Mapping
                ?? throw new UnreadableFileException(
                    new(file.Name, 1, 1),
                    "a table does not say which column is what",
                    "Give a mapping file: schema, id and properties."
                );
            var encoding = TextEncoding.Find(mapping.Encoding).Value;
            var head = await FileHead.ReadAsync(file, cancellation);
            if (encoding.IsSingleByte || encoding.WebName == "utf-8")
                head.RefuseOtherThanUtf8(file);
            else
                head.RefuseCompressed(file);
            await using var stream = file.Open();
            using var text = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false);
            var rows = new DelimitedReader(text, mapping.Delimiter, file.Name);
            var table = new Table(mapping, await rows.ReadAsync(cancellation), file.Name);
            while (await rows.ReadAsync(cancellation) is { } row)
                yield return table.Read(row, seen);
        }
    }

    /// <summary>The columns of one file, found once.</summary>
    internal sealed class Table
    {
        private readonly ColumnMapping mapping;
        private readonly List<string> names;
        private readonly int width;
        private readonly int id;
        private readonly int published;
        private readonly List<(Property Property, int[] Columns, string? Split)> properties = [];

        public Table(ColumnMapping mapping, DelimitedRow? header, string file)
        {
            this.mapping = mapping;
            var place = header?.Place ?? new(file, 1, 1);
            if (header is not { Damage: null } row)
                throw new UnreadableFileException(
                    header?.Damage?.Place ?? place,
                    header?.Damage?.Reason ?? "the file is empty",
                    "The first row holds the names of the columns."
                );
            names = [.. row.Fields.Select(f => f.Trim())];
            foreach (var column in mapping.Columns)
                if (names.Count(n => n == column) is not 1 and var count)
                    throw new UnreadableFileException(
                        place,
                        count == 0 ? $"there is no column '{column}'" : $"there are {count} columns '{column}'",
                        $"The columns are: {string.Join(", ", names)}. Name one of them in the mapping, or its delimiter."
                    );
            width = names.Count;
            id = names.IndexOf(mapping.IdColumn);
            published = mapping.PublishedColumn is null ? -1 : names.IndexOf(mapping.PublishedColumn);
            foreach (var mapped in mapping.Properties)
            {
                int[] columns = [.. mapped.Columns.Select(c => names.IndexOf(c))];
                foreach (var joined in mapped.AreSeparate ? columns.Select(c => new[] { c }) : [columns])
                    properties.Add((mapping.Schema.Find(mapped.Property)!, joined, mapped.Split));
            }
        }

        /// <summary>The row as a record, or why it is refused; an id that was seen before is.</summary>
        public ReadItem Read(DelimitedRow row, SeenIds seen)
        {
            var item = Read(row);
            if (item is ReadRecord record && !seen.Add(record.ExternalId, record.Place))
                item = Rejection.At(
                    record.Place,
                    mapping.IdColumn,
                    record.ExternalId,
                    "a second row with this id: is the id column the right one?"
                );
            return RefusedRow.Keep(item, () => RefusedRow.OfTable(names, row.Fields));
        }

        private ReadItem Read(DelimitedRow row)
        {
            var whole = string.Join(mapping.Delimiter, row.Fields.Take(20));
            if (row.Damage is var (reason, at) && reason is not null)
                return Rejection.At(at, "", whole, reason);
            if (row.Fields.Count != width)
                return Rejection.At(
                    row.Starts[Math.Min(width, row.Starts.Count - 1)],
                    "",
                    whole,
                    $"the row has {row.Fields.Count} columns and the header {width}"
                );
            var externalId = row.Fields[id].Trim();
            if (externalId.Length is 0 or > Record.MaxExternalIdLength)
                return Rejection.At(
                    row.Starts[id],
                    mapping.IdColumn,
                    externalId,
                    $"an id has 1 to {Record.MaxExternalIdLength} characters"
                );
            var draft = new RecordDraft(mapping.Schema, row.Place);
            foreach (var (property, columns, split) in properties)
                Add(draft, property, columns, split, row);
            foreach (var (property, value) in mapping.Constants)
                draft.Add(property, value);
            return draft.Finish(externalId, null, Published(row, draft));
        }

        private void Add(RecordDraft draft, Property property, int[] columns, string? split, DelimitedRow row)
        {
            var raw = columns is [var only]
                ? row.Fields[only]
                : string.Join(' ', columns.Select(c => row.Fields[c].Trim()).Where(f => f.Length > 0));
            foreach (var value in split is null ? [raw] : raw.Split(split, StringSplitOptions.TrimEntries))
                draft.Add(property.Name, Meant(property, value), row.Starts[columns[0]]);
        }

        private string Meant(Property property, string value) =>
            property.Type.Name == "date" ? DateOrders.InIso(value, mapping.Dates) : value;

        private DateOnly? Published(DelimitedRow row, RecordDraft draft)
        {
            if (published < 0 || row.Fields[published].Trim() is not { Length: > 0 } text)
                return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out var day))
                return day;
            draft.Drop(
                Rejection.At(row.Starts[published], mapping.PublishedColumn!, text, "a date is written 2026-02-27")
            );
            return null;
        }
    }
}
