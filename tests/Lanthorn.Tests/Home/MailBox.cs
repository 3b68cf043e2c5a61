using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Lanthorn.Tests.Home;

/// <summary>A mail server on loopback, without TLS, that keeps what it is sent.</summary>
internal sealed class MailBox : IAsyncDisposable
{
    private readonly CancellationTokenSource over = new();
    private Task serving = Task.CompletedTask;

    private MailBox(int port) => Port = port;

    public int Port { get; }

    /// <summary>What arrived, as it was written.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>A port on which nobody listens just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <param name="refuses">Whose messages it does not take.</param>
    /// <param name="takesSender">False: it takes messages from nobody.</param>
    public static MailBox Start(string refuses = "", bool takesSender = true)
    {
        var box = new MailBox(FreePort());
        var services = new ServiceProvider();
        services.Add(new Store(box.Messages));
        services.Add(
            new DelegatingMailboxFilterFactory(_ => new DelegatingMailboxFilter(
                (_, _) => takesSender,
                (_, to, _) => to.AsAddress() != refuses
            ))
        );
        var options = new SmtpServerOptionsBuilder()
            .ServerName("mail.lanthorn.example")
            .Endpoint(e => e.Endpoint(new IPEndPoint(IPAddress.Any, box.Port)))
            .Build();
        box.serving = new SmtpServer.SmtpServer(options, services).StartAsync(box.over.Token);
        return box;
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await serving;
        over.Dispose();
    }

    private sealed class Store(ConcurrentQueue<string> messages) : MessageStore
    {
        public override Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken
        )
        {
            messages.Enqueue(Encoding.UTF8.GetString(buffer.ToArray()));
            return Task.FromResult(SmtpResponse.Ok);
        }
    }
}
