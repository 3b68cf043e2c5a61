using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>
/// FollowTheMoney entities as JSON lines, as <c>ftm</c>, Aleph and OpenSanctions write them:
/// <c>{"id", "schema", "properties": {name: [value…]}}</c>. Other keys are passed over; <c>last_change</c> is when the
/// source said it, and <c>subject_category</c>, a key of our own, what a person is to enforcement. An entity that stands in
/// place of an id, as in <c>targets.nested.json</c>, becomes a record of its own with the link; where it also has a line of
/// its own, that line counts.
/// </summary>
internal sealed class FtmLinesReader : IRecordReader
{
    public string Format => "ftm";

    public bool IsCompleteEdition => false;

    public async IAsyncEnumerable<ReadItem> ReadAsync(
        IReadOnlyList<InputFile> files,
        ReadOptions options,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var seen = new SeenIds();
        var nested = new List<ReadRecord>();
        SeenIds? onLines = null;
        foreach (var file in files)
        {
            (await FileHead.ReadAsync(file, cancellation)).RefuseOtherThanUtf8(file);
            await using var stream = file.Open();
            var lines = new LineReader(stream, JsonLines.MaxLineLength);
            while (await lines.ReadAsync(cancellation))
            {
                nested.Clear();
                var item = JsonLines.Read(lines, file.Name, (line, place) => ReadEntity(line, place, nested, null));
                if (item is null)
                    continue;
                var isFirst = item is not ReadRecord record || seen.Add(record.ExternalId, record.Place);
                yield return isFirst ? item : JsonLines.Keep(Repeated((ReadRecord)item), lines);
                if (!isFirst || nested.Count == 0)
                    continue;
                onLines ??= await EntityIds.ReadAsync(files, cancellation);
                foreach (var inside in nested)
                    if (!onLines.Has(inside.ExternalId) && seen.Add(inside.ExternalId, inside.Place))
                        yield return JsonLines.Keep(inside, lines);
            }
        }
    }

    private static Rejection Repeated(ReadRecord record) =>
        Rejection.At(record.Place, "id", record.ExternalId, "a second record with this id");

    /// <summary>The entity that a nested one stands in, and the property by which that one points back.</summary>
    private readonly record struct Outer(string Id, string? Property);

    /// <param name="nested">Where the entities go that stand in place of an id.</param>
    private static ReadItem ReadEntity(ReadOnlySpan<byte> line, Place place, List<ReadRecord> nested, Outer? outer)
    {
        var reader = new Utf8JsonReader(line, JsonLines.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return JsonLines.Refuse(place, line, "an entity is a JSON object");
        var (id, schemaName, published, category, propertiesAt) = ("", "", default(DateOnly?), "", -1);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            var isSchema = reader.ValueTextEquals("schema"u8);
            var isChange = reader.ValueTextEquals("last_change"u8);
            var isCategory = reader.ValueTextEquals("subject_category"u8);
            var isProperties = reader.ValueTextEquals("properties"u8);
            reader.Read();
            if (isProperties && (reader.TokenType != JsonTokenType.StartObject || propertiesAt >= 0))
                return JsonLines.Refuse(
                    place with
                    {
                        Column = Start(in reader),
                    },
                    line,
                    "'properties' is one JSON object"
                );
            if (isProperties)
                propertiesAt = (int)reader.TokenStartIndex;
            else if (reader.TokenType == JsonTokenType.String && (isId || isSchema || isChange || isCategory))
            {
                var text = reader.GetString()!;
                id = isId ? text : id;
                schemaName = isSchema ? text : schemaName;
                published = isChange ? Day(text) : published;
                category = isCategory ? text : category;
            }
            reader.Skip();
        }
        // Reads on to refuse what follows the object.
        while (reader.Read()) { }
        if (Problem(id) is { } problem)
            return Rejection.At(place, "id", id, problem);
        if (Model.Find(schemaName) is not { Abstract: false } schema)
            return Rejection.At(place, "schema", schemaName, "no such schema in the FollowTheMoney model");
        var draft = new RecordDraft(schema, place);
        if (propertiesAt >= 0)
            ReadProperties(line, propertiesAt, draft, new(id, place, nested));
        if (outer is { Property: { } back } from)
            draft.TryAdd(back, from.Id);
        return draft.Finish(id, id, published, CategoryOf(category, draft, place));
    }

    /// <summary>A category that is none, or of something that is no person, is refused; the record stands without it.</summary>
    private static SubjectCategory CategoryOf(string text, RecordDraft draft, Place place)
    {
        if (text.Length == 0)
            return SubjectCategory.None;
        if (draft.Schema.IsA("Person") && Enum.GetNames<SubjectCategory>().Contains(text, StringComparer.Ordinal))
            return Enum.Parse<SubjectCategory>(text);
        draft.Drop(
            Rejection.At(
                place,
                "subject_category",
                text,
                $"a person's category is one of {string.Join(", ", Enum.GetNames<SubjectCategory>())}"
            )
        );
        return SubjectCategory.None;
    }

    private static string? Problem(string id) =>
        id.Length == 0 ? "the entity has no id"
        : id.Length > Record.MaxExternalIdLength ? $"an id has at most {Record.MaxExternalIdLength} characters"
        : id.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0 ? "an id holds no blank or control character"
        : null;

    /// <summary>The entity whose properties are read.</summary>
    private readonly record struct Whose(string Id, Place Place, List<ReadRecord> Nested);

    private static void ReadProperties(ReadOnlySpan<byte> line, int offset, RecordDraft draft, Whose whose)
    {
        var properties = line[offset..];
        var reader = new Utf8JsonReader(properties, JsonLines.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var isList = reader.TokenType == JsonTokenType.StartArray;
            while (!isList || (reader.Read() && reader.TokenType != JsonTokenType.EndArray))
            {
                var at = whose.Place with { Column = whose.Place.Column - 1 + offset + Start(in reader) };
                if (
                    reader.TokenType == JsonTokenType.StartObject
                    && draft.Schema.Find(name) is { Range: not null } link
                )
                    ReadNested(ref reader, properties, draft, link, whose with { Place = at });
                else
                    ReadValue(ref reader, name, draft, at);
                if (!isList)
                    break;
            }
        }
    }

    /// <summary>An entity in place of its id: a record of its own, and the link from the side that holds it.</summary>
    /// <param name="whose">The entity around it, with the place of this one.</param>
    private static void ReadNested(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> properties,
        RecordDraft draft,
        Property link,
        Whose whose
    )
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var inside = properties[start..(int)reader.BytesConsumed];
        var outer = new Outer(whose.Id, link.IsStub ? link.Reverse : null);
        switch (ReadEntity(inside, whose.Place, whose.Nested, outer))
        {
            case ReadRecord record:
                whose.Nested.Add(record);
                if (!link.IsStub)
                    draft.Add(link.Name, record.ExternalId, whose.Place);
                break;
            case Rejection refused:
                draft.Drop(refused with { Field = link.Name, Reason = $"a nested entity: {refused.Reason}" });
                break;
        }
    }

    private static int Start(in Utf8JsonReader reader) => (int)reader.TokenStartIndex + 1;

    private static void ReadValue(ref Utf8JsonReader reader, string name, RecordDraft draft, Place at)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                draft.Add(name, reader.GetString()!, at);
                break;
            case JsonTokenType.Number:
                draft.Add(name, Encoding.UTF8.GetString(reader.ValueSpan), at);
                break;
            default:
                var reason =
                    reader.TokenType is JsonTokenType.StartObject
                        ? "a nested entity: export flat entities, with ids for values"
                        : "a value is a string";
                draft.Drop(Rejection.At(at, name, Encoding.UTF8.GetString(reader.ValueSpan), reason));
                reader.Skip();
                break;
        }
    }

    private static DateOnly? Day(string text) =>
        text.Length >= 10
        && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out var day)
            ? day
            : null;
}
