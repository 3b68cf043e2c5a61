using System.Buffers.Binary;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Dapper;

namespace Lanthorn.Storage;

/// <summary>What happened to a record. Stored: the numbers only grow.</summary>
internal enum ChangeKind
{
    Added = 1,
    Changed = 2,
    Ended = 3,
    Judged = 4,
    Erased = 5,

    /// <summary>The import that made it was undone.</summary>
    Withdrawn = 6,
}

/// <summary>
/// What changed, in the order in which it was committed: a table written with the data, followed by whoever keeps something
/// in memory. Another process's writes are seen within a second.
/// </summary>
public sealed class ChangeFeed
{
    /// <summary>Each row tells of one transaction, which is short.</summary>
    private const int MaxRows = 64;
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);

    private readonly Store store;
    private volatile TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ChangeFeed(Store store) => this.store = store;

    /// <summary>What changed since the batch before.</summary>
    /// <param name="Ordinals">Of new, changed, ended and erased records, and of those that were judged.</param>
    /// <param name="HasErasures">Some of them were erased: no copy of them may stay anywhere.</param>
    public sealed record Batch(
        long LastSequence,
        IReadOnlyList<int> Ordinals,
        bool JudgementsChanged,
        bool HasErasures
    );

    public Task<long> LastSequenceAsync(CancellationToken cancellation) =>
        store.ReadOwnAsync(
            c => c.ExecuteScalarAsync<long>("select coalesce(max(sequence), 0) from change"),
            cancellation
        );

    /// <summary>Everything after a sequence, and then what comes, until it is cancelled.</summary>
    public async IAsyncEnumerable<Batch> FollowAsync(
        long after,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        while (!cancellation.IsCancellationRequested)
        {
            var signal = written.Task;
            if (await ReadAsync(after, cancellation) is { } batch)
            {
                after = batch.LastSequence;
                yield return batch;
            }
            else
                await Task.WhenAny(signal, Task.Delay(PollEvery, store.Time, cancellation));
        }
    }

    /// <summary>Something that another database, or this one with another past, is unlikely to have at this place.</summary>
    internal async Task<string> MarkAsync(long sequence, CancellationToken cancellation)
    {
        await using var lease = await store.Readers.RentAsync(cancellation);
        using var row = lease.Prepared("select kind, ordinals from change where sequence = $1", null).Read(sequence);
        return row.Read()
                ? $"{row.GetInt32(0)} {Convert.ToHexStringLower(SHA256.HashData(row.GetFieldValue<byte[]>(1)))}"
            : sequence == 0 ? "before the first"
            : $"there is no {sequence}";
    }

    internal Task<bool> HasErasedSinceAsync(long sequence, CancellationToken cancellation) =>
        store.ReadOwnAsync(
            async c =>
                await c.ExecuteScalarAsync<long>(
                    "select count(*) from change where sequence > @sequence and kind = @erased",
                    new { sequence, erased = (long)ChangeKind.Erased }
                ) > 0,
            cancellation
        );

    /// <summary>Tells of records, in the transaction that changes them.</summary>
    internal static void WriteIn(
        DbConnection connection,
        DbTransaction transaction,
        ChangeKind kind,
        IReadOnlyList<int> ordinals
    )
    {
        var bytes = new byte[ordinals.Count * sizeof(int)];
        for (var at = 0; at < ordinals.Count; at++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at * sizeof(int)), ordinals[at]);
        using var insert = new Statement(
            connection,
            transaction,
            "insert into change (kind, ordinals) values ($1, $2)"
        );
        insert.Run((long)kind, bytes);
    }

    /// <summary>Ends with the next commit that this program hears of.</summary>
    internal Task NextWrite => written.Task;

    /// <summary>Called by the store after each of its own commits, and when somebody else may have written.</summary>
    internal void Wake() =>
        Interlocked.Exchange(ref written, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private async Task<Batch?> ReadAsync(long after, CancellationToken cancellation)
    {
        const string next =
            "select sequence, kind, ordinals from change where sequence > $1 order by sequence limit $2";
        await using var lease = await store.Readers.RentAsync(cancellation);
        var (last, ordinals, judged, erased) = (after, new HashSet<int>(), false, false);
        using var row = lease.Prepared(next, null).Read(after, (long)MaxRows);
        while (row.Read())
        {
            last = row.GetInt64(0);
            var kind = (ChangeKind)row.GetInt32(1);
            judged |= kind is ChangeKind.Judged or ChangeKind.Erased or ChangeKind.Withdrawn;
            erased |= kind is ChangeKind.Erased;
            var bytes = row.GetFieldValue<byte[]>(2).AsSpan();
            for (; bytes.Length > 0; bytes = bytes[sizeof(int)..])
                ordinals.Add(BinaryPrimitives.ReadInt32LittleEndian(bytes));
        }
        return last == after ? null : new(last, [.. ordinals], judged, erased);
    }
}
