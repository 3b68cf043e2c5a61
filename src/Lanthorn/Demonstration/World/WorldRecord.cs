using System.Buffers;
using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Program.Demonstration.World;

/// <summary>What one source of the world says about one thing, or that something happened.</summary>
/// <param name="about">The thing; null for what happened (a call, a payment, a post).</param>
internal sealed class WorldRecord(string id, string schema, Thing? about)
{
    private readonly List<(string Name, List<string> Values)> properties = [];

    public string Id => id;

    public string Schema => schema;

    public Thing? About => about;

    public SubjectCategory Category { get; init; }

    /// <summary>When the source said it.</summary>
    public DateOnly? Published { get; init; }

    /// <summary>Adds a value; null and empty add nothing.</summary>
    public WorldRecord With(string property, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return this;
        var at = properties.FindIndex(p => p.Name == property);
        if (at < 0)
            properties.Add((property, [value]));
        else
            properties[at].Values.Add(value);
        return this;
    }

    /// <summary>As a line of FollowTheMoney, with the line feed.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("id", Id);
            json.WriteString("schema", Schema);
            if (Published is { } day)
                json.WriteString("last_change", Spellings.Text(day));
            if (Category != SubjectCategory.None)
                json.WriteString("subject_category", $"{Category}");
            json.WriteStartObject("properties");
            foreach (var (name, values) in properties)
            {
                json.WriteStartArray(name);
                foreach (var value in values)
                    json.WriteStringValue(value);
                json.WriteEndArray();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }
}
