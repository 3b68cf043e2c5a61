using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>The ids of the entities that have a line of their own; asked for only where others are nested in them.</summary>
internal static class EntityIds
{
    private sealed record Found(string Id) : ReadItem;

    private static readonly Found None = new("");

    public static async Task<SeenIds> ReadAsync(IReadOnlyList<InputFile> files, CancellationToken cancellation)
    {
        var ids = new SeenIds();
        foreach (var file in files)
        {
            await using var stream = file.Open();
            var lines = new LineReader(stream, JsonLines.MaxLineLength);
            while (await lines.ReadAsync(cancellation))
                if (JsonLines.Read(lines, file.Name, (line, _) => Find(line)) is Found { Id.Length: > 0 } found)
                    ids.Add(found.Id, new(file.Name, lines.LineNumber, 1));
        }
        return ids;
    }

    private static Found Find(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, JsonLines.Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return None;
        var found = None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String)
                found = new(reader.GetString()!);
            reader.Skip();
        }
        return found.Id.Length <= Record.MaxExternalIdLength ? found : None;
    }
}
