using System.Net;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Governance.Contracts;

/// <summary>Nothing listens beyond this machine until somebody answers for it and passwords do not travel in the clear.</summary>
public static class ListeningGuard
{
    /// <summary>Asked before the server listens.</summary>
    /// <exception cref="RefusedException">
    /// An address of <see cref="Settings.Urls"/> is reachable from elsewhere, and there is no administrator, or neither a
    /// certificate with https nor a trusted proxy.
    /// </exception>
    public static async Task EnsureMayListenAsync(Settings settings, Accounts accounts, CancellationToken cancellation)
    {
        var isBehindProxy = GovernancePipeline.TrustedProxies(settings).Count > 0;
        foreach (
            var url in settings.Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var address = Read(url);
            if (IsLoopback(address))
                continue;
            if (!await accounts.AnyAdministratorAsync(cancellation))
                throw Refused(
                    $"{url} is reachable from other machines, and no administrator exists yet",
                    "Add one with 'lanthorn user add NAME --role administrator', or listen on http://127.0.0.1:5080"
                );
            var isEncrypted = address.Scheme == "https" && settings.Certificate.Length > 0;
            if (!isEncrypted && !isBehindProxy)
                throw Refused(
                    $"{url} is reachable from other machines without TLS",
                    "Use https with LANTHORN_CERTIFICATE, or name the proxy that does TLS in LANTHORN_TRUSTEDPROXIES"
                );
        }
    }

    private static BindingAddress Read(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw Refused($"'{url}' is no address to listen on", "Write it like http://127.0.0.1:5080");
        }
    }

    /// <summary>A name other than localhost may be any address, so it counts as reachable.</summary>
    private static bool IsLoopback(BindingAddress address) =>
        address.IsUnixPipe
        || address.IsNamedPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    private static RefusedException Refused(string message, string wayOut) =>
        new(Refusal.BadRequest("listening-refused", message, wayOut));
}
