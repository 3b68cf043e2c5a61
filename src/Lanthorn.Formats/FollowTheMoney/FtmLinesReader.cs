using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>
/// FollowTheMoney entities as JSON lines, as <c>ftm</c>, Aleph and OpenSanctions write them:
/// <c>{"id", "schema", "properties": {name: [value…]}}</c>. Other keys are passed over; <c>last_change</c> is when the
/// source said it.
/// </summary>
internal sealed class FtmLinesReader : IRecordReader
{
    public const int MaxLineLength = 16 * 1024 * 1024;
    public const int MaxDepth = 64;

    private static readonly JsonReaderOptions Json = new() { MaxDepth = MaxDepth };

    public string Format => "ftm";

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
            (await FileHead.ReadAsync(file, cancellation)).RefuseOtherThanUtf8(file);
            await using var stream = file.Open();
            var lines = new LineReader(stream, MaxLineLength);
            while (await lines.ReadAsync(cancellation))
            {
                if (ReadLine(lines, file.Name) is not { } item)
                    continue;
                if (item is ReadRecord record && !seen.Add(record.ExternalId, record.Place))
                    item = Rejection.At(record.Place, "id", record.ExternalId, "a second record with this id");
                yield return item;
            }
        }
    }

    private static ReadItem? ReadLine(LineReader lines, string file)
    {
        var line = lines.Line;
        if (lines.LineNumber == 1 && line.StartsWith(Encoding.UTF8.Preamble))
            line = line[Encoding.UTF8.Preamble.Length..];
        var place = new Place(file, lines.LineNumber, 1);
        if (lines.IsTooLong)
            return Refuse(place, line, $"the line is longer than {MaxLineLength / 1024 / 1024} MiB");
        if (line.Trim(" \t"u8).IsEmpty)
            return null;
        if (line.IndexOf((byte)0) is >= 0 and var zero)
            return Refuse(place with { Column = zero + 1 }, line, "a NUL byte is no text");
        if (!Utf8.IsValid(line))
            return Refuse(place with { Column = FirstInvalid(line) + 1 }, line, "the bytes from here are not UTF-8");
        try
        {
            return ReadEntity(line, place);
        }
        catch (JsonException e)
        {
            var column = (int)Math.Min(e.BytePositionInLine ?? 0, int.MaxValue - 1) + 1;
            return Refuse(place with { Column = column }, line, $"not JSON: {Sentence(e)}");
        }
        catch (InvalidOperationException)
        {
            // A string that holds half of an escaped surrogate pair is valid JSON and no text.
            return Refuse(place, line, "an escape in the line stands for half a character");
        }
    }

    private static ReadItem ReadEntity(ReadOnlySpan<byte> line, Place place)
    {
        var reader = new Utf8JsonReader(line, Json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return Refuse(place, line, "an entity is a JSON object");
        var (id, schemaName, published, propertiesAt) = ("", "", default(DateOnly?), -1);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            var isSchema = reader.ValueTextEquals("schema"u8);
            var isChange = reader.ValueTextEquals("last_change"u8);
            var isProperties = reader.ValueTextEquals("properties"u8);
            reader.Read();
            if (isProperties && (reader.TokenType != JsonTokenType.StartObject || propertiesAt >= 0))
                return Refuse(place with { Column = Start(in reader) }, line, "'properties' is one JSON object");
            if (isProperties)
                propertiesAt = (int)reader.TokenStartIndex;
            else if (reader.TokenType == JsonTokenType.String && (isId || isSchema || isChange))
            {
                var text = reader.GetString()!;
                id = isId ? text : id;
                schemaName = isSchema ? text : schemaName;
                published = isChange ? Day(text) : published;
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
            ReadProperties(line, propertiesAt, draft, place);
        return draft.Finish(id, id, published);
    }

    private static string? Problem(string id) =>
        id.Length == 0 ? "the entity has no id"
        : id.Length > Record.MaxExternalIdLength ? $"an id has at most {Record.MaxExternalIdLength} characters"
        : id.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0 ? "an id holds no blank or control character"
        : null;

    private static void ReadProperties(ReadOnlySpan<byte> line, int offset, RecordDraft draft, Place place)
    {
        var reader = new Utf8JsonReader(line[offset..], Json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ReadValue(ref reader, name, draft, place with { Column = offset + Start(in reader) });
            else
                ReadValue(ref reader, name, draft, place with { Column = offset + Start(in reader) });
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

    private static int FirstInvalid(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(line[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }

    /// <summary>The message up to where the exception repeats the position in its own way of counting.</summary>
    private static string Sentence(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }

    private static Rejection Refuse(Place place, ReadOnlySpan<byte> line, string reason) =>
        Rejection.At(
            place,
            "",
            Encoding.UTF8.GetString(line[..Math.Min(line.Length, Rejection.MaxValueLength)]),
            reason
        );
}
