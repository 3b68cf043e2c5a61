using System.Data.Common;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Governance.Notices;

/// <summary>Sends notices by e-mail inside the server, where a mail server is set. A failure is logged once until it goes well again.</summary>
internal sealed class NoticeMailing(
    Settings settings,
    MailNotices notices,
    TimeProvider time,
    ILogger<NoticeMailing> log
) : BackgroundService
{
    public static readonly TimeSpan BetweenRounds = TimeSpan.FromMinutes(15);

    private MailServer? server;
    private bool hasFailed;

    /// <exception cref="RefusedException">The settings name no server that could be asked.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        server = MailServer.Of(settings);
        return server is null ? Task.CompletedTask : base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (; ; await Task.Delay(BetweenRounds, time, stoppingToken))
                await RoundAsync(server!, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what was not sent is sent by the next one.
        }
    }

    internal async Task RoundAsync(MailServer to, CancellationToken cancellation)
    {
        try
        {
            await notices.HandleAsync(to, cancellation);
            hasFailed = false;
        }
        catch (MailFailedException failed)
        {
            if (!hasFailed)
                log.LogError(
                    "Notices by e-mail: {Why}. It is tried again every {Pause}",
                    failed.Message,
                    BetweenRounds
                );
            hasFailed = true;
        }
        catch (DbException gone) when (StoreFailure.Why(gone) is not null)
        {
            // The next round asks again; requests say it meanwhile.
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            log.LogError(
                mistake,
                "Notices by e-mail ended with a mistake; the next round is in {Pause}",
                BetweenRounds
            );
        }
    }
}
