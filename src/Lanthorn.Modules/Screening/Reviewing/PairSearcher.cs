using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Screening.Reviewing;

/// <summary>
/// Looks for pairs in the background, one run after the other, and for each account one at a time. It goes on when whoever
/// began it has left, and ends with the server.
/// </summary>
internal sealed class PairSearcher(
    Store store,
    Candidates candidates,
    FindPairs find,
    PairRuns runs,
    ILogger<PairSearcher> log
) : BackgroundService
{
    private const int MaxWaiting = 64;

    private readonly Channel<Asked> waiting = Channel.CreateBounded<Asked>(MaxWaiting);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> underWay = new(StringComparer.Ordinal);

    /// <param name="OnlyNew">Only what came or changed since this account last looked through the source.</param>
    /// <param name="Join">The program joins what is surely the same, see <see cref="JoinSure"/>.</param>
    /// <param name="GoOn">Where the last run over all of the source was stopped, goes on there.</param>
    internal sealed record Request(
        string? Source,
        [property: JsonPropertyName("only_new")] bool OnlyNew = false,
        bool Join = false,
        [property: JsonPropertyName("go_on")] bool GoOn = false
    );

    private sealed record Asked(Work Work, FindPairs.Request Request, long Number, CancellationTokenSource Stop);

    /// <exception cref="RefusedException">No such source, the index is not ready, or this account's last run has not ended.</exception>
    public async Task<long> BeginAsync(Work work, Request request, CancellationToken cancellation)
    {
        if (!candidates.IsReady)
            throw new RefusedException(Match.NotReady);
        var code = SourceCode.Parse(request.Source ?? "");
        if (!code.IsAccepted || !await work.On(store).HasLiveRecordsAsync(code.Value, cancellation))
            throw new RefusedException(
                Refusal.NotFound("No such source", "The page of sources names those of which you see records")
            );
        var stop = new CancellationTokenSource();
        if (!underWay.TryAdd(work.Viewer.Name, stop))
            throw new RefusedException(
                new("pairs-running", 409, "Pairs are being looked for already", "Wait until that ends, or stop it")
            );
        try
        {
            var asked = await AskedAsync(work, code.Value, request, cancellation);
            var number = await runs.BeginAsync(work, asked, cancellation);
            if (waiting.Writer.TryWrite(new(work, asked, number, stop)))
                return number;
            await runs.EndAsync(work.Viewer.Name, number, PairRuns.Failed, 0, cancellation);
            throw new RefusedException(
                new("pairs-waiting", 503, $"{MaxWaiting} searches for pairs wait", "Try again in some minutes")
            );
        }
        catch
        {
            underWay.TryRemove(work.Viewer.Name, out _);
            throw;
        }
    }

    /// <summary>Stops the account's own run; nothing happens where there is none.</summary>
    public async Task StopAsync(Work work)
    {
        try
        {
            if (underWay.TryGetValue(work.Viewer.Name, out var stop))
                await stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It ended at this moment.
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await runs.EndAllAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var asked in waiting.Reader.ReadAllAsync(stoppingToken))
                await RunAsync(asked, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start says that it was stopped.
        }
    }

    private async Task<FindPairs.Request> AskedAsync(
        Work work,
        SourceCode source,
        Request request,
        CancellationToken cancellation
    )
    {
        var earlier = (await runs.ListAsync(work, cancellation)).Where(r => r.Source == source.Value).ToList();
        var since = request.OnlyNew
            ? earlier.FirstOrDefault(r => r.State == PairRuns.Finished && (r.Joins || !request.Join))?.StartedAt
            : null;
        var from =
            request.GoOn
            && earlier.FirstOrDefault() is { State: PairRuns.Stopped, ChangedSince: null, Reached: { } reached } stopped
            && (stopped.Joins || !request.Join)
                ? new FindPairs.Stopped(stopped.StartedAt, reached)
                : null;
        return new(source, since, request.Join, from);
    }

    private async Task RunAsync(Asked asked, CancellationToken stopping)
    {
        var account = asked.Work.Viewer.Name;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, asked.Stop.Token);
        var (state, kept) = (PairRuns.Failed, 0);
        try
        {
            var answer = await find.HandleAsync(
                asked.Work,
                asked.Request,
                progress => runs.TellAsync(account, asked.Number, progress, either.Token),
                either.Token
            );
            (state, kept) = (PairRuns.Finished, answer.Kept);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            state = PairRuns.Stopped;
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            log.LogError(mistake, "Looking for pairs in {Source} ended with a mistake", asked.Request.Source);
        }
        finally
        {
            underWay.TryRemove(account, out _);
            asked.Stop.Dispose();
        }
        await runs.EndAsync(account, asked.Number, state, kept, stopping);
    }
}
