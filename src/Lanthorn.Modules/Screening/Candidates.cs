using System.Data.Common;
using System.Diagnostics;
using Lanthorn.Matching;
using Lanthorn.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Screening;

/// <summary>
/// The candidate index over all live records, loaded once and kept up with the change feed, so that what another process
/// imports is found within a second. It holds names and keys, never whole records: those are read through a
/// <see cref="Reading"/>, which asks again who may see them.
/// </summary>
internal sealed class Candidates(Store store, ILogger<Candidates> log) : BackgroundService
{
    /// <summary>A database that went away is looked for so often.</summary>
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    private readonly CandidateIndex index = new();
    private readonly RecordFacts facts = new();
    private readonly SemaphoreSlim loading = new(1, 1);
    private long loadedTo = -1;

    /// <summary>False until every record that was there at the start can be found.</summary>
    public bool IsReady => LoadedTo >= 0;

    /// <summary>The last change of the store that can be found; -1 before everything that was there is loaded.</summary>
    public long LoadedTo => Volatile.Read(ref loadedTo);

    /// <summary>How many live records can be found, hidden ones among them: for the operator's metrics, never for a viewer.</summary>
    public int Count => index.Count;

    public IReadOnlyList<Candidate> Find(
        PreparedSubject query,
        VisibleLabels visible,
        Func<RecordFacts.Facts, bool> admits,
        int limit
    )
    {
        var found = new Candidate[limit];
        var count = index.Find(
            query,
            visible.Bits,
            ordinal => facts.Find(ordinal) is { } fact && admits(fact),
            limit,
            found
        );
        return found[..count];
    }

    public PreparedSubject? Prepared(int ordinal) => index.GetPrepared(ordinal);

    /// <summary>Loads everything once; the command line calls it before its first match, the server at its start.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        await loading.WaitAsync(cancellation);
        try
        {
            if (IsReady)
                return;
            var started = Stopwatch.GetTimestamp();
            var from = await store.Changes.LastSequenceAsync(cancellation);
            await foreach (var record in store.Index.AllAsync(cancellation))
                Put(record);
            Volatile.Write(ref loadedTo, from);
            log.LogInformation(
                "{Count} records can be found after {Elapsed}",
                Count,
                Stopwatch.GetElapsedTime(started)
            );
        }
        finally
        {
            loading.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (DbException failed) when (StoreFailure.Why(failed) is { } why)
            {
                log.LogWarning("The index waits: {Why}", why);
                await Task.Delay(RetryEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    /// <summary>Loads, and follows from where it was, until the database goes away.</summary>
    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        await LoadAsync(stoppingToken);
        await foreach (var batch in store.Changes.FollowAsync(loadedTo, stoppingToken))
        {
            await foreach (var record in store.Index.OfAsync(batch.Ordinals, stoppingToken))
                if (record.IsLive)
                    Put(record);
                else
                    Remove(record.Ordinal);
            Volatile.Write(ref loadedTo, batch.LastSequence);
        }
    }

    private void Put(IndexedRecord record)
    {
        if (!record.Schema.Matchable)
        {
            // It may have been of another schema before.
            Remove(record.Ordinal);
            return;
        }
        facts.Put(record);
        index.Put(
            record.Ordinal,
            record.LabelId,
            record.TieKey,
            PreparedSubject.Prepare(record.Schema, record.Properties)
        );
    }

    private void Remove(int ordinal)
    {
        index.Remove(ordinal);
        facts.Remove(ordinal);
    }
}
