using System.Runtime.CompilerServices;
using Dapper;

namespace Lanthorn.Storage;

/// <summary>
/// What changed, in the order in which it was committed: a table written with the data, followed by whoever keeps something
/// in memory. Another process's writes are seen within a second.
/// </summary>
public sealed class ChangeFeed
{
    private const int MaxBatch = 5_000;
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);

    private readonly Store store;
    private volatile TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ChangeFeed(Store store) => this.store = store;

    public sealed record Batch(long LastSequence, IReadOnlyList<int> Ordinals, bool JudgementsChanged);

    public Task<long> LastSequenceAsync(CancellationToken cancellation) =>
        store.ReadOwnAsync(
            c => c.ExecuteScalarAsync<long>("select coalesce(max(sequence), 0) from change"),
            cancellation
        );

    public async IAsyncEnumerable<Batch> FollowAsync(
        long after,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var connection = await store.OpenReaderAsync(cancellation);
        var version = -1L;
        while (!cancellation.IsCancellationRequested)
        {
            var signal = written.Task;
            var now = await connection.ExecuteScalarAsync<long>(Sqlite.DataVersion);
            if (now != version)
            {
                version = now;
                var rows = (
                    await connection.QueryAsync<(long Sequence, string Kind, int Ordinal)>(
                        "select sequence, kind, ordinal from change where sequence > @after order by sequence limit @MaxBatch",
                        new { after, MaxBatch }
                    )
                ).ToList();
                if (rows.Count == MaxBatch)
                    version = -1;
                if (rows.Count > 0)
                {
                    after = rows[^1].Sequence;
                    yield return new(
                        after,
                        [.. rows.Where(r => r.Ordinal > 0).Select(r => r.Ordinal).Distinct()],
                        rows.Any(r => r.Kind == "judgement")
                    );
                    continue;
                }
            }
            await Task.WhenAny(signal, Task.Delay(PollEvery, store.Time, cancellation));
        }
    }

    /// <summary>Called by the store after each of its own commits.</summary>
    internal void Wake() =>
        Interlocked.Exchange(ref written, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
