using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Governance;

/// <summary>How often an address may try to sign in, and a caller may ask.</summary>
internal sealed class RequestLimits(Settings settings, TimeProvider time)
{
    /// <summary>Whoever has an IPv6 address has 2^64 of them.</summary>
    private const int OwnedBytes = 8;

    private readonly TokenBuckets signIns = new(settings.SignInsPerMinute, TimeSpan.FromMinutes(1), time);
    private readonly TokenBuckets requests = new(settings.RequestsPerSecond, TimeSpan.FromSeconds(1), time);

    public Task LimitSignInsAsync(HttpContext context, RequestDelegate next) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments(SignInPaths.SignIn)
            ? LimitAsync(context, next, signIns, Address(context.Connection.RemoteIpAddress))
            : next(context);

    public Task LimitCallersAsync(HttpContext context, RequestDelegate next) =>
        context.FindCaller() is { } caller ? LimitAsync(context, next, requests, caller.Key) : next(context);

    private static Task LimitAsync(HttpContext context, RequestDelegate next, TokenBuckets buckets, string key)
    {
        if (buckets.Take(key) is not { } wait)
            return next(context);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new Refusal(
            "too-many-requests",
            StatusCodes.Status429TooManyRequests,
            "Too many requests",
            $"Try again in {seconds} s"
        )
            .ToResult()
            .ExecuteAsync(context);
    }

    private static string Address(IPAddress? address)
    {
        if (address is null)
            return "";
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, OwnedBytes))
            : plain.ToString();
    }
}
