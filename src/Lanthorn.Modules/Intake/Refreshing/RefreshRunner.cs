using System.Threading.Channels;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Intake.Refreshing;

/// <summary>
/// Refreshes lists inside the server: those that somebody asked for, and those whose schedule is due, one after the other.
/// How each ended stands in <see cref="RefreshStates"/>.
/// </summary>
internal sealed class RefreshRunner(
    Store store,
    RefreshSource refresh,
    ScheduleSource schedules,
    RefreshesUnderWay underWay,
    ILogger<RefreshRunner> log
) : BackgroundService
{
    /// <summary>How late a schedule may begin.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30);

    private readonly Channel<(Work Work, string Source)> asked = Channel.CreateBounded<(Work, string)>(
        OfficialSources.All.Count
    );

    /// <exception cref="RefusedException">No such official source, not for this account, or it is asked for already.</exception>
    public void Ask(Work work, string code)
    {
        var source = RefreshSource.Need(work, code).Code;
        if (!underWay.TryBegin(source))
            throw new RefusedException(
                new("refresh-running", 409, $"{source} is being refreshed", "Look again when that has ended")
            );
        // Each source is in it once at most, so there is room.
        asked.Writer.TryWrite((work, source));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        refresh.Sweep();
        try
        {
            while (true)
            {
                while (asked.Reader.TryRead(out var one))
                    await GuardAsync(() => AskedAsync(one.Work, one.Source, stoppingToken));
                await GuardAsync(() => schedules.RunDueAsync(stoppingToken));
                await WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; a download goes on where it stopped when somebody asks again.
        }
    }

    private async Task AskedAsync(Work work, string source, CancellationToken cancellation)
    {
        try
        {
            await refresh.HandleAsync(work, source, progress: null, cancellation);
        }
        catch (RefusedException)
        {
            // The command line refreshes it at this moment, which is as good.
        }
        finally
        {
            underWay.End(source);
        }
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(
            asked.Reader.WaitToReadAsync(over.Token).AsTask(),
            Task.Delay(BetweenLooks, store.Time, over.Token)
        );
        await over.CancelAsync();
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>What goes wrong with one list does not stop the others.</summary>
    private async Task GuardAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            log.LogError(
                mistake,
                "Refreshing lists ended with a mistake; the next look is in {Seconds} s",
                BetweenLooks.TotalSeconds
            );
        }
    }
}
