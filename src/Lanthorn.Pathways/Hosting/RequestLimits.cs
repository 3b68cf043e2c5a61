using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Pathways.Hosting;

/// <summary>How often an address may try to sign in behind the wall, and an account may ask.</summary>
internal sealed class RequestLimits(PathwaysSettings settings) : IDisposable
{
    /// <summary>Whoever has an IPv6 address has 2^64 of them.</summary>
    private const int OwnedBytes = 8;

    private static readonly Refusal TooMany = new(
        "too-many-requests",
        429,
        "Too many requests",
        "Try again in a while"
    );

    private readonly PartitionedRateLimiter<string> signIns = Limiter(
        settings.SignInsPerMinute,
        TimeSpan.FromMinutes(1)
    );
    private readonly PartitionedRateLimiter<string> requests = Limiter(
        settings.RequestsPerSecond,
        TimeSpan.FromSeconds(1)
    );

    public Task LimitSignInsAsync(HttpContext context, RequestDelegate next) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments(SitePaths.SignIn)
            ? LimitAsync(context, next, signIns, Address(context.Connection.RemoteIpAddress))
            : next(context);

    public Task LimitCallersAsync(HttpContext context, RequestDelegate next) =>
        context.FindCaller() is { } caller ? LimitAsync(context, next, requests, caller.Account.Id) : next(context);

    private static async Task LimitAsync(
        HttpContext context,
        RequestDelegate next,
        PartitionedRateLimiter<string> limiter,
        string key
    )
    {
        using var lease = limiter.AttemptAcquire(key);
        await (lease.IsAcquired ? next(context) : context.RefuseAsync(TooMany));
    }

    private static PartitionedRateLimiter<string> Limiter(int permits, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(key =>
            RateLimitPartition.GetFixedWindowLimiter(key, _ => new() { PermitLimit = permits, Window = window })
        );

    private static string Address(IPAddress? address)
    {
        if (address is null)
            return "";
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, OwnedBytes))
            : plain.ToString();
    }

    public void Dispose()
    {
        signIns.Dispose();
        requests.Dispose();
    }
}
