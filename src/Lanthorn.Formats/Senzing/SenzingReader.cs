using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Lanthorn.Formats;

/// <summary>
/// Records as JSON lines in the Senzing entity specification: <c>DATA_SOURCE</c>, <c>RECORD_ID</c> and attributes, flat or in
/// a list such as <c>FEATURES</c>. Each becomes a record and each of its pointers to another record an edge; an attribute
/// without a property is kept in the notes.
/// </summary>
internal sealed class SenzingReader : IRecordReader
{
    public string Format => "senzing";

    public bool IsCompleteEdition => false;

    public async IAsyncEnumerable<ReadItem> ReadAsync(
        IReadOnlyList<InputFile> files,
        ReadOptions options,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var seen = new SeenIds();
        var edges = new List<ReadRecord>();
        foreach (var file in files)
        {
            (await FileHead.ReadAsync(file, cancellation)).RefuseOtherThanUtf8(file);
            await using var stream = file.Open();
            var lines = new LineReader(stream, JsonLines.MaxLineLength);
            while (await lines.ReadAsync(cancellation))
            {
                edges.Clear();
                if (JsonLines.Read(lines, file.Name, (line, place) => Read(line, place, edges)) is not { } item)
                    continue;
                if (item is ReadRecord record && !seen.Add(record.ExternalId, record.Place))
                {
                    yield return JsonLines.Keep(
                        Rejection.At(record.Place, "RECORD_ID", record.ExternalId, "a second record with this id"),
                        lines
                    );
                    continue;
                }
                yield return item;
                foreach (var edge in edges)
                    if (seen.Add(edge.ExternalId, edge.Place))
                        yield return JsonLines.Keep(edge, lines);
            }
        }
    }

    private static ReadItem Read(ReadOnlySpan<byte> line, Place place, List<ReadRecord> edges)
    {
        var reader = new Utf8JsonReader(line, JsonLines.Options);
        using var json = JsonDocument.ParseValue(ref reader);
        // Reads on to refuse what follows the object.
        while (reader.Read()) { }
        return json.RootElement.ValueKind == JsonValueKind.Object
            ? SenzingEntity.Read(json.RootElement, place, edges)
            : JsonLines.Refuse(place, line, "a record is a JSON object");
    }
}
