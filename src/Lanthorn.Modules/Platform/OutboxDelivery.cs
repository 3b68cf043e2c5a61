using Lanthorn.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Platform;

/// <summary>Delivers the outbox inside the server. A subscriber that fails is asked again and keeps nobody else waiting.</summary>
public sealed class OutboxDelivery(Store store, IEnumerable<Subscriber> subscribers, ILogger<OutboxDelivery> log)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(
                subscribers.Select(s => DeliverAsync(s, stoppingToken)).Append(SweepAsync(stoppingToken))
            );
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the next one goes on behind what was confirmed.
        }
    }

    private async Task DeliverAsync(Subscriber subscriber, CancellationToken stopping)
    {
        for (var pause = FirstPause; ; )
            try
            {
                await foreach (var message in store.Outbox.FollowAsync(subscriber.Name, subscriber.Topic, stopping))
                {
                    await subscriber.TakeAsync(message, stopping);
                    await store.Outbox.ConfirmAsync(subscriber.Name, message, stopping);
                    pause = FirstPause;
                }
            }
            catch (Exception failed)
                when (failed is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                log.LogError(
                    failed,
                    "{Subscriber} has not taken a message; it comes again in {Pause}",
                    subscriber.Name,
                    pause
                );
                await Task.Delay(pause, store.Time, stopping);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        var names = subscribers.Select(s => s.Name).ToList();
        while (true)
        {
            try
            {
                await store.Outbox.SweepAsync(names, stopping);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                log.LogError(failed, "The outbox was not swept; the next time is in {Pause}", BetweenSweeps);
            }
            await Task.Delay(BetweenSweeps, store.Time, stopping);
        }
    }
}
