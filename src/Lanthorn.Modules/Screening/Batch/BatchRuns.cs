using System.Threading.Channels;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Screening.Learning;
using Lanthorn.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Screening.Batch;

/// <summary>
/// The screenings of this server: one of each account, few in all, one running at a time. File and report are in memory, never on
/// a disk, and gone a day after the upload or when the server stops.
/// </summary>
internal sealed class BatchRuns(Store store, MatchMany match, Scorers scorers, ILogger<BatchRuns> log)
    : BackgroundService
{
    public const int MaxHeld = 16;

    /// <summary>A report holds no more; whoever has more raises the threshold.</summary>
    public const int MaxHits = TableFile.MaxRows;

    /// <summary>So many are reported for a row.</summary>
    public const int MaxHitsOfRow = 5;

    /// <summary>So many are looked at for it: those who may not be cross-checked take no places of others.</summary>
    private const int LookedAt = 50;

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Lock changing = new();
    private readonly Dictionary<string, BatchRun> held = new(StringComparer.Ordinal);
    private readonly Channel<BatchRun> waiting = Channel.CreateUnbounded<BatchRun>();

    /// <summary>Takes a screening in, instead of the account's last one.</summary>
    /// <exception cref="RefusedException">The account's last one is under way, or there are too many.</exception>
    public void Enter(BatchRun run)
    {
        lock (changing)
        {
            var before = held.Values.FirstOrDefault(r => r.IsOf(run.Work.Viewer));
            if (before is { IsUnderWay: true })
                throw new RefusedException(UnderWay);
            if (before is null && held.Count >= MaxHeld)
                throw new RefusedException(Full);
            if (before is not null)
                Forget(before);
            held[run.Id] = run;
            run.End = store.Time.CreateTimer(_ => Remove(run), null, Lifetime, Timeout.InfiniteTimeSpan);
        }
        waiting.Writer.TryWrite(run);
    }

    /// <exception cref="RefusedException">A file would not be taken in now.</exception>
    public void EnsureRoom(Work work)
    {
        var own = Of(work);
        if (own is { IsUnderWay: true })
            throw new RefusedException(UnderWay);
        lock (changing)
            if (own is null && held.Count >= MaxHeld)
                throw new RefusedException(Full);
    }

    /// <summary>The account's own; null where it has none.</summary>
    public BatchRun? Of(Work work)
    {
        lock (changing)
            return held.Values.FirstOrDefault(r => r.IsOf(work.Viewer));
    }

    /// <summary>The account's own of that id; null where there is none for it.</summary>
    public BatchRun? Find(Work work, string id) => Of(work) is { } run && run.Id == id ? run : null;

    /// <exception cref="RefusedException">There is none for this viewer.</exception>
    public BatchRun Need(Work work, string id) => Find(work, id) ?? throw new RefusedException(NoSuch);

    /// <summary>Takes it away with all that is kept of it, stopping it where it runs.</summary>
    public void Remove(BatchRun run)
    {
        lock (changing)
            if (held.GetValueOrDefault(run.Id) == run)
                Forget(run);
    }

    private void Forget(BatchRun run)
    {
        held.Remove(run.Id);
        run.Stop();
        run.End?.Dispose();
    }

    private static readonly Refusal UnderWay = new(
        "screening-under-way",
        409,
        "A screening of yours is under way",
        "Wait for its end, or stop it"
    );

    private static readonly Refusal Full = new(
        "screenings-waiting",
        503,
        $"This server holds {MaxHeld} screenings, and no more",
        "Try again later; each is gone after a day, or when its owner deletes it"
    );

    private static readonly Refusal NoSuch = Refusal.NotFound(
        "There is no such screening",
        "A report is kept for a day, for its account alone"
    );

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var run in waiting.Reader.ReadAllAsync(stoppingToken))
                if (run.State == BatchState.Waiting)
                    await RunAsync(run, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Everything is gone with the server.
        }
    }

    private async Task RunAsync(BatchRun run, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, run.Stopped);
        run.Begin();
        try
        {
            await Task.Yield();
            await ScreenAsync(run, either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Somebody stopped it.
        }
        catch (RefusedException refused)
        {
            run.Fail(refused.Refusal.InWords);
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            run.Fail("Something went wrong on our side");
            log.LogError(mistake, "A screening ended with a mistake of the program");
        }
    }

    private async Task ScreenAsync(BatchRun run, CancellationToken cancellation)
    {
        run.ScoredBy = await scorers.NameInUseAsync(cancellation);
        var asked = new MatchRequest
        {
            Queries = [],
            Algorithm = run.ScoredBy,
            Filter = new Filter { Dataset = run.Request.Dataset, ChangedSince = run.Request.Since },
            Limit = LookedAt,
            Threshold = run.Request.Threshold,
            Cutoff = run.Request.Threshold,
        };
        var rows = run.Table.Rows;
        var queries = rows.Select(r => KeyValuePair.Create($"{r.Line}", r.Query)).ToAsyncEnumerable();
        var (found, isCut) = (new List<BatchHit>(), false);
        await foreach (var answer in match.HandleAsync(run.Work, asked, queries, "screening of a file", cancellation))
        {
            var row = rows[run.Done];
            var hits = answer
                .Hits.Where(h => SubjectCategories.MayBeCrossChecked(h.Entity.Category))
                .Take(MaxHitsOfRow)
                .Select(h => new BatchHit(row, h.Entity.Members[0].Id, h.Score.Value))
                .ToList();
            isCut |= found.Count + hits.Count > MaxHits;
            found.AddRange(hits.Take(MaxHits - found.Count));
            run.Advance();
        }
        run.Finish(found, isCut);
    }
}
