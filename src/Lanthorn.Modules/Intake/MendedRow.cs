using System.Text.Json;
using System.Text.Json.Nodes;
using Lanthorn.Formats;
using Lanthorn.Platform;

namespace Lanthorn.Intake;

/// <summary>Sets values in the text of a refused row.</summary>
internal static class MendedRow
{
    /// <param name="set">
    /// By the columns of a table; of an entity in JSON <c>id</c>, <c>schema</c>, or the name of a property, which has that one
    /// value then.
    /// </param>
    /// <exception cref="RefusedException">There is no such column, or the row is not well formed enough to set something in it.</exception>
    public static string With(string row, IReadOnlyDictionary<string, string> set)
    {
        if (Entity(row) is { } entity)
        {
            foreach (var (name, value) in set)
                Set(entity, name, value);
            return entity.ToJsonString(Readable);
        }
        var columns =
            RefusedRow.Columns(row)
            ?? throw Refuse("The row is not well formed, so nothing can be set in it", "Give the whole row instead");
        foreach (var name in set.Keys)
            if (columns.All(c => c.Column != name))
                throw Refuse(
                    $"The row has no column '{name}'",
                    $"Its columns are {string.Join(", ", columns.Select(c => c.Column))}"
                );
        return RefusedRow.OfColumns(columns.Select(c => (c.Column, set.GetValueOrDefault(c.Column, c.Value))));
    }

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The row as an entity of FollowTheMoney; null for rows of tables and what is not well formed.</summary>
    private static JsonObject? Entity(string row)
    {
        try
        {
            return
                JsonNode.Parse(row) is JsonObject found
                && (found["properties"] is JsonObject || found["schema"] is not null)
                ? found
                : null;
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static void Set(JsonObject entity, string name, string value)
    {
        if (name is "id" or "schema")
        {
            entity[name] = value;
            return;
        }
        if (entity["properties"] is not JsonObject properties)
            entity["properties"] = properties = [];
        properties[name] = value.Length == 0 ? new JsonArray() : new JsonArray(value);
    }

    private static RefusedException Refuse(string message, string wayOut) =>
        new(Refusal.Unprocessable("row-set", message, wayOut, "set"));
}
