using System.Collections.Immutable;
using System.Text.Json;

namespace Lanthorn.Knowledge;

/// <summary>
/// The multi-valued properties of a record or entity, by FollowTheMoney property name. Immutable; names in ordinal
/// order, values without repetition in the order in which the source gave them, so that equal content has equal bytes.
/// </summary>
public sealed class Properties
{
    /// <summary>More values than this in one property are refused by <see cref="Builder.Add"/>.</summary>
    public const int MaxValuesPerProperty = 10_000;

    public static readonly Properties Empty = new(ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty);

    private readonly ImmutableSortedDictionary<string, ImmutableArray<string>> values;

    private Properties(ImmutableSortedDictionary<string, ImmutableArray<string>> values) => this.values = values;

    public IEnumerable<string> Names => values.Keys;

    public int Count => values.Count;

    /// <summary>The values of a property; empty when the source gave none.</summary>
    public ImmutableArray<string> this[string name] => values.TryGetValue(name, out var found) ? found : [];

    public string? First(string name) => this[name] is [var first, ..] ? first : null;

    public bool Has(string name) => values.ContainsKey(name);

    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonText.Compact))
            WriteTo(writer);
        return stream.ToArray();
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, list) in values)
        {
            writer.WriteStartArray(name);
            foreach (var value in list)
                writer.WriteStringValue(value);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote; other shapes are a <see cref="JsonException"/>.</summary>
    public static Properties FromJson(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var builder = new Builder();
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Properties are a JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException($"The values of '{name}' are a JSON array");
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
                builder.Add(name, reader.GetString()!);
            if (reader.TokenType != JsonTokenType.EndArray)
                throw new JsonException($"The values of '{name}' are texts");
        }
        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            throw new JsonException("Properties are one JSON object");
        return builder.Build();
    }

    /// <summary>Collects values; not safe for several threads.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<string, (List<string> InOrder, HashSet<string> Known)> collected = new(
            StringComparer.Ordinal
        );

        /// <summary>Adds a value that is already clean; a repetition is passed over. False when the limit is reached.</summary>
        public bool Add(string name, string value)
        {
            if (value.Length == 0)
                return true;
            if (!collected.TryGetValue(name, out var values))
                collected[name] = values = ([], new(StringComparer.Ordinal));
            if (values.InOrder.Count >= MaxValuesPerProperty)
                return values.Known.Contains(value);
            if (values.Known.Add(value))
                values.InOrder.Add(value);
            return true;
        }

        public Builder AddAll(Properties other)
        {
            foreach (var (name, list) in other.values)
            foreach (var value in list)
                Add(name, value);
            return this;
        }

        public Properties Build() =>
            collected.Count == 0
                ? Empty
                : new(
                    collected.ToImmutableSortedDictionary(
                        p => p.Key,
                        p => p.Value.InOrder.ToImmutableArray(),
                        StringComparer.Ordinal
                    )
                );
    }
}
