using System.Data.Common;
using Lanthorn.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Governance.BreakGlass;

/// <summary>Writes into the log, within a minute, that wider sight has ended in time.</summary>
internal sealed class GlassWatch(UseSight use, TimeProvider time, ILogger<GlassWatch> log) : BackgroundService
{
    public static readonly TimeSpan BetweenRounds = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (; ; await Task.Delay(BetweenRounds, time, stoppingToken))
                await RoundAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the next one writes what is left.
        }
    }

    private async Task RoundAsync(CancellationToken cancellation)
    {
        try
        {
            await use.EndOverdueAsync(cancellation);
        }
        catch (DbException gone) when (StoreFailure.Why(gone) is not null)
        {
            // The next round asks again; requests say it meanwhile.
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            log.LogError(
                mistake,
                "The end of wider sight could not be written; the next round is in {Pause}",
                BetweenRounds
            );
        }
    }
}
