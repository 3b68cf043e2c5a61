using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lanthorn.Platform;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Utils;

namespace Lanthorn.Governance.Notices;

/// <summary>
/// The mail server of the settings. What is sent says how many notices there are and nothing else: it passes through strange
/// hands. Beyond this machine it is spoken to over TLS alone.
/// </summary>
/// <param name="PasswordFile">Empty where the server wants no password.</param>
internal sealed record MailServer(string Host, int Port, MailboxAddress Sender, string User, string PasswordFile)
{
    private const int TlsFromTheStart = 465;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>It is on this machine: what goes there passes no network, and needs no TLS.</summary>
    public required bool IsLoopback { get; init; }

    /// <summary>Null where none is set: then no e-mail is sent.</summary>
    /// <exception cref="RefusedException">The settings name no server, or no sender.</exception>
    public static MailServer? Of(Settings settings)
    {
        if (settings.SmtpServer.Length == 0)
            return null;
        var at = settings.SmtpServer.LastIndexOf(':');
        if (
            at <= 0
            || !int.TryParse(
                settings.SmtpServer[(at + 1)..],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var port
            )
            || port is < 1 or > IPEndPoint.MaxPort
            || Uri.CheckHostName(settings.SmtpServer[..at]) == UriHostNameType.Unknown
        )
            throw Wrong($"'{settings.SmtpServer}' is no mail server", "Write it like mail.example.org:587");
        if (!MailboxAddress.TryParse(settings.SmtpSender, out var sender) || sender.Domain.Length == 0)
            throw Wrong("Messages need a sender", "Give its address in LANTHORN_SMTPSENDER");
        var host = settings.SmtpServer[..at].Trim('[', ']');
        var isLoopback = IPAddress.TryParse(host, out var address)
            ? IPAddress.IsLoopback(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        return new(host, port, sender, settings.SmtpUser, settings.SmtpPasswordFile) { IsLoopback = isLoopback };
    }

    /// <summary>Opens a connection, for some messages one after the other.</summary>
    /// <exception cref="MailFailedException">The server does not answer, does not speak TLS, or does not let us in.</exception>
    public async Task<Connection> ConnectAsync(CancellationToken cancellation)
    {
        // Its greeting names the sender's domain, and not this machine.
        var client = new SmtpClient { Timeout = (int)Longest.TotalMilliseconds, LocalDomain = Sender.Domain };
        try
        {
            var security =
                IsLoopback ? SecureSocketOptions.StartTlsWhenAvailable
                : Port == TlsFromTheStart ? SecureSocketOptions.SslOnConnect
                : SecureSocketOptions.StartTls;
            await client.ConnectAsync(Host, Port, security, cancellation);
            if (User.Length > 0)
                await client.AuthenticateAsync(User, await PasswordAsync(cancellation), cancellation);
            return new(client, Sender);
        }
        catch (Exception failed) when (IsOfTheServer(failed))
        {
            client.Dispose();
            throw new MailFailedException($"{Host}:{Port}: {failed.Message}", isOfOneAddress: false, failed);
        }
    }

    private async Task<string> PasswordAsync(CancellationToken cancellation) =>
        PasswordFile.Length == 0 ? "" : (await File.ReadAllTextAsync(PasswordFile, cancellation)).TrimEnd('\r', '\n');

    private static bool IsOfTheServer(Exception failed) =>
        failed
            is IOException
                or SocketException
                or UnauthorizedAccessException
                or NotSupportedException
                or TimeoutException
                or CommandException
                or ProtocolException
                or AuthenticationException
                or SslHandshakeException;

    private static RefusedException Wrong(string message, string wayOut) =>
        new(Refusal.BadRequest("mail-server", message, wayOut));

    /// <summary>A connection that takes messages.</summary>
    internal sealed class Connection(SmtpClient client, MailboxAddress sender) : IAsyncDisposable
    {
        private const string Subject = "Lanthorn";

        /// <param name="count">At least 1.</param>
        /// <exception cref="MailFailedException">The server did not take it.</exception>
        public async Task TellAsync(string address, int count, DateTimeOffset now, CancellationToken cancellation)
        {
            try
            {
                using var message = new MimeMessage
                {
                    Subject = Subject,
                    Date = now,
                    MessageId = MimeUtils.GenerateMessageId(sender.Domain),
                    Body = new TextPart("plain") { Text = Words(count) },
                };
                message.From.Add(sender);
                message.To.Add(MailboxAddress.Parse(address));
                // Nobody's absence is answered to a machine.
                message.Headers.Add("Auto-Submitted", "auto-generated");
                await client.SendAsync(message, cancellation);
            }
            catch (Exception refused) when (IsOfOneAddress(refused))
            {
                throw new MailFailedException("It does not take an account's address", isOfOneAddress: true, refused);
            }
            catch (Exception failed) when (IsOfTheServer(failed))
            {
                throw new MailFailedException(failed.Message, isOfOneAddress: false, failed);
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (client.IsConnected)
                    await client.DisconnectAsync(quit: true);
            }
            catch (Exception gone) when (IsOfTheServer(gone))
            {
                // It went first.
            }
            client.Dispose();
        }

        /// <summary>A message that it does not take is such a one, too: it must not stand in the way of the next.</summary>
        private static bool IsOfOneAddress(Exception refused) =>
            refused
                is ParseException
                    or SmtpCommandException
                    {
                        ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted
                    };

        private static string Words(int count) =>
            count == 1
                ? "There is 1 new notice in Lanthorn. Sign in to read it.\n"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"There are {count} new notices in Lanthorn. Sign in to read them.\n"
                );
    }
}
