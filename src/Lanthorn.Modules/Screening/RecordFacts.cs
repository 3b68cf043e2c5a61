using System.Collections.Immutable;
using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>
/// What filters ask about a record before it is ranked, by ordinal. One writer, many readers: a chunk is published whole and
/// its entries are replaced, never changed.
/// </summary>
internal sealed class RecordFacts
{
    private const int ChunkBits = 14;
    private const int ChunkSize = 1 << ChunkBits;

    internal sealed record Facts(
        SourceCode Source,
        Schema Schema,
        ImmutableArray<string> Topics,
        DateTimeOffset ChangedAt
    );

    private readonly Dictionary<string, ImmutableArray<string>> topicSets = [];
    private volatile Facts?[]?[] chunks = [];

    public Facts? Find(int ordinal)
    {
        var all = chunks;
        var chunk = ordinal >> ChunkBits;
        return chunk < all.Length && all[chunk] is { } entries
            ? Volatile.Read(ref entries[ordinal & (ChunkSize - 1)])
            : null;
    }

    public void Put(IndexedRecord record)
    {
        var topics = record.Properties["topics"];
        var key = string.Join('|', topics);
        if (!topicSets.TryGetValue(key, out var shared))
            topicSets[key] = shared = topics;
        Set(record.Ordinal, new(record.Source, record.Schema, shared, record.ChangedAt));
    }

    public void Remove(int ordinal) => Set(ordinal, null);

    private void Set(int ordinal, Facts? facts)
    {
        var chunk = ordinal >> ChunkBits;
        if (chunk >= chunks.Length || chunks[chunk] is null)
        {
            var grown = new Facts?[]?[Math.Max(chunks.Length, chunk + 1)];
            chunks.CopyTo(grown, 0);
            grown[chunk] = new Facts?[ChunkSize];
            chunks = grown;
        }
        Volatile.Write(ref chunks[chunk]![ordinal & (ChunkSize - 1)], facts);
    }
}
