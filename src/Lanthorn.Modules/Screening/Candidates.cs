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
/// <see cref="Reading"/>, which asks again who may see them. A server freezes it into a file from time to time, from which
/// the next start takes it.
/// </summary>
internal sealed class Candidates(Store store, ILogger<Candidates> log) : BackgroundService
{
    /// <summary>A database that went away is looked for so often.</summary>
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    /// <summary>The index is frozen when so many rows, and a quarter of all, are in no file.</summary>
    private const int FewestLooseToFreeze = 2000;

    private readonly CandidatesOnDisk disk = new(store);
    private readonly SemaphoreSlim loading = new(1, 1);

    /// <summary>Held by whoever writes to the index: the feed, record by record, and the taking up of what was frozen.</summary>
    private readonly Lock writing = new();
    private CandidateIndex index = new();
    private RecordFacts facts = new();
    private Task freezing = Task.CompletedTask;
    private long loadedTo = -1;
    private int erasures;
    private bool isFreezing;
    private bool isFreezingWanted;

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

    /// <summary>Not bound to a viewer: ask only for what he sees.</summary>
    public RecordFacts.Facts? FactsOf(int ordinal) => facts.Find(ordinal);

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
            var isFromDisk = await TakeFromDiskAsync(from, cancellation);
            if (!isFromDisk)
                await foreach (var record in store.Index.AllAsync(cancellation))
                    Put(record);
            Volatile.Write(ref loadedTo, from);
            log.LogInformation(
                "{Count} records can be found after {Elapsed}, from {Where}",
                Count,
                Stopwatch.GetElapsedTime(started),
                isFromDisk ? "the file of the index" : "the database"
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
            finally
            {
                await freezing;
            }
    }

    /// <summary>Loads, and follows from where it was, until the database goes away.</summary>
    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        await LoadAsync(stoppingToken);
        FreezeIfDue(stoppingToken);
        await foreach (var batch in store.Changes.FollowAsync(loadedTo, stoppingToken))
        {
            await ApplyAsync(batch, stoppingToken);
            Volatile.Write(ref loadedTo, batch.LastSequence);
            FreezeIfDue(stoppingToken);
        }
    }

    /// <summary>False, and everything empty, when there is no file or it turned out to be wrong.</summary>
    private async Task<bool> TakeFromDiskAsync(long to, CancellationToken cancellation)
    {
        if (await disk.OpenAsync(cancellation) is not var (kept, keptFacts, sequence))
            return false;
        (index, facts) = (kept, keptFacts);
        await CatchUpAsync(sequence, to, cancellation);
        if (await disk.IsRightAsync(index, facts.LastOrdinal, cancellation))
            return true;
        log.LogWarning("The file of the index does not fit the database: it is made again");
        store.IndexFiles.Drop();
        (index, facts) = (new(), new());
        return false;
    }

    private async Task CatchUpAsync(long sequence, long to, CancellationToken cancellation)
    {
        if (sequence >= to)
            return;
        await foreach (var batch in store.Changes.FollowAsync(sequence, cancellation))
        {
            await ApplyAsync(batch, cancellation);
            if (batch.LastSequence >= to)
                return;
        }
    }

    private async Task ApplyAsync(ChangeFeed.Batch batch, CancellationToken cancellation)
    {
        await foreach (var record in store.Index.OfAsync(batch.Ordinals, cancellation))
            if (record.IsLive)
                Put(record);
            else
                Remove(record.Ordinal);
        if (!batch.HasErasures)
            return;
        // What is being frozen may hold what was erased: it is thrown away when it is finished.
        Interlocked.Increment(ref erasures);
        store.IndexFiles.Drop();
    }

    /// <summary>What comes due while one freezing is under way is done after it.</summary>
    private void FreezeIfDue(CancellationToken stopping)
    {
        var isDue = index.LooseCount >= FewestLooseToFreeze && index.LooseCount * 4L >= index.Count;
        if (!isDue && !disk.HoldsErased(erasures))
            return;
        lock (writing)
        {
            isFreezingWanted = true;
            if (isFreezing)
                return;
            isFreezing = true;
            freezing = Task.Run(() => FreezeWhileWantedAsync(stopping), CancellationToken.None);
        }
    }

    private async Task FreezeWhileWantedAsync(CancellationToken stopping)
    {
        while (TakeWanted())
            await FreezeAsync(stopping);

        bool TakeWanted()
        {
            lock (writing)
            {
                var wanted = isFreezingWanted && !stopping.IsCancellationRequested;
                (isFreezingWanted, isFreezing) = (false, wanted);
                return wanted;
            }
        }
    }

    private async Task FreezeAsync(CancellationToken stopping)
    {
        try
        {
            var (before, sequence) = (Volatile.Read(ref erasures), LoadedTo);
            Freezing made;
            lock (writing)
                made = index.BeginFreezing();
            await disk.SaveAsync(made, facts, sequence, before, stopping);
            if (Volatile.Read(ref erasures) != before)
                store.IndexFiles.Drop();
            else if (await disk.OpenColumnsAsync(stopping) is { } columns)
                lock (writing)
                    index.Adopt(made, columns);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next start reads the records again.
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or DbException)
        {
            log.LogWarning(failed, "The index could not be frozen into a file: the next start takes longer");
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
        var prepared = PreparedSubject.Prepare(record.Schema, record.Properties);
        lock (writing)
        {
            facts.Put(record);
            index.Put(record.Ordinal, record.LabelId, record.TieKey, prepared);
        }
    }

    private void Remove(int ordinal)
    {
        lock (writing)
        {
            index.Remove(ordinal);
            facts.Remove(ordinal);
        }
    }
}
