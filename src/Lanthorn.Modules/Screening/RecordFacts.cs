using System.Runtime.InteropServices;
using System.Text.Json;
using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>
/// What filters ask about a record before it is ranked, by ordinal. Few kinds of records differ in it, so that each is kept
/// once. One writer, many readers: chunks and kinds are published whole.
/// </summary>
internal sealed class RecordFacts
{
    private const int ChunkBits = 14;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private volatile Kind[] kinds = [];
    private volatile Chunk?[] chunks = [];

    internal readonly record struct Facts(Kind Kind, DateTimeOffset ChangedAt)
    {
        public SourceCode Source => Kind.Source;

        public Schema Schema => Kind.Schema;

        public IReadOnlyList<string> Topics => Kind.Topics;
    }

    internal sealed record Kind(SourceCode Source, Schema Schema, IReadOnlyList<string> Topics);

    /// <summary>As kinds lie in a file.</summary>
    private sealed record WrittenKind(string Source, string Schema, IReadOnlyList<string> Topics);

    private sealed class Chunk
    {
        /// <summary>The number of the kind plus one; 0 where there is no record.</summary>
        public readonly int[] Kinds = new int[ChunkSize];
        public readonly long[] ChangedAt = new long[ChunkSize];
    }

    /// <summary>No ordinal is greater.</summary>
    public int LastOrdinal
    {
        get
        {
            var all = chunks;
            for (var chunk = all.Length - 1; chunk >= 0; chunk--)
                if (Array.FindLastIndex(all[chunk]?.Kinds ?? [], k => k != 0) is >= 0 and var at)
                    return (chunk << ChunkBits) + at;
            return -1;
        }
    }

    public Facts? Find(int ordinal)
    {
        var all = chunks;
        var chunk = ordinal >> ChunkBits;
        if (chunk >= all.Length || all[chunk] is not { } found)
            return null;
        var at = ordinal & (ChunkSize - 1);
        return Volatile.Read(ref found.Kinds[at]) is > 0 and var kind
            ? new(kinds[kind - 1], new(Volatile.Read(ref found.ChangedAt[at]), TimeSpan.Zero))
            : null;
    }

    public void Put(IndexedRecord record)
    {
        var topics = record.Properties["topics"];
        var key = $"{record.Source.Value}\n{record.Schema.Name}\n{string.Join('\n', topics)}";
        if (!numbers.TryGetValue(key, out var number))
        {
            kinds = [.. kinds, new(record.Source, record.Schema, topics)];
            numbers[key] = number = kinds.Length;
        }
        Set(record.Ordinal, number, record.ChangedAt.UtcTicks);
    }

    public void Remove(int ordinal) => Set(ordinal, 0, 0);

    public void Write(AppendColumn into)
    {
        var all = chunks;
        foreach (var chunk in all)
            into("facts.kinds", MemoryMarshal.AsBytes<int>(chunk?.Kinds ?? new int[ChunkSize]));
        foreach (var chunk in all)
            into("facts.changed", MemoryMarshal.AsBytes<long>(chunk?.ChangedAt ?? new long[ChunkSize]));
        // After the chunks: whatever kind one of them names is among them.
        var written = kinds.Select(k => new WrittenKind(k.Source.Value, k.Schema.Name, k.Topics));
        into("facts.names", JsonSerializer.SerializeToUtf8Bytes(written));
    }

    /// <summary>Takes up what was written; only into facts that are still empty.</summary>
    public void Read(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> columns)
    {
        foreach (var kind in JsonSerializer.Deserialize<WrittenKind[]>(columns["facts.names"].Span)!)
        {
            kinds = [.. kinds, new(SourceCode.Parse(kind.Source).Value, Model.Get(kind.Schema), kind.Topics)];
            numbers[$"{kind.Source}\n{kind.Schema}\n{string.Join('\n', kind.Topics)}"] = kinds.Length;
        }
        var written = MemoryMarshal.Cast<byte, int>(columns["facts.kinds"].Span);
        var changed = MemoryMarshal.Cast<byte, long>(columns["facts.changed"].Span);
        var read = new Chunk?[written.Length / ChunkSize];
        for (var at = 0; at < read.Length; at++)
        {
            var chunk = read[at] = new();
            written.Slice(at * ChunkSize, ChunkSize).CopyTo(chunk.Kinds);
            changed.Slice(at * ChunkSize, ChunkSize).CopyTo(chunk.ChangedAt);
        }
        chunks = read;
    }

    private void Set(int ordinal, int kind, long changedAt)
    {
        var chunk = ordinal >> ChunkBits;
        if (chunk >= chunks.Length || chunks[chunk] is null)
        {
            var grown = new Chunk?[Math.Max(chunks.Length, chunk + 1)];
            chunks.CopyTo(grown, 0);
            grown[chunk] = new();
            chunks = grown;
        }
        var (own, at) = (chunks[chunk]!, ordinal & (ChunkSize - 1));
        Volatile.Write(ref own.ChangedAt[at], changedAt);
        Volatile.Write(ref own.Kinds[at], kind);
    }
}
