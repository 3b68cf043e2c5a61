using System.Net;
using System.Security.Cryptography;
using Lanthorn.Governance.Oversight.Pages;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Governance.Oversight;

/// <summary>
/// The public door for complaints: no sign-in, no cookie, no script, and nothing kept or logged of the address it came from.
/// How often an address knocks is counted in memory, under a key that is thrown away with the process.
/// </summary>
internal sealed class ComplaintDoor(TimeProvider time)
{
    private const string Door = "/info/{lang}/complaint";
    private const int MaxFormBytes = 64 * 1024;

    public const int PerHourAndAddress = 5;

    /// <summary>From all addresses together: who floods the door fills no database.</summary>
    private const int PerHour = 300;
    private const int LooksPerMinuteAndAddress = 10;
    private const int AddressBytes = 8;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly TokenBuckets knocks = new(PerHourAndAddress, TimeSpan.FromHours(1), time);
    private readonly TokenBuckets all = new(PerHour, TimeSpan.FromHours(1), time);
    private readonly TokenBuckets looks = new(LooksPerMinuteAndAddress, TimeSpan.FromMinutes(1), time);

    /// <summary>What the page shows beside its form.</summary>
    internal sealed record Shown(ComplaintTexts Texts)
    {
        public string? Receipt { get; init; }
        public ReceiveComplaint.State? State { get; init; }

        /// <summary>What was wrong, in the page's language; null where nothing was.</summary>
        public string? Problem { get; init; }

        /// <summary>What was written, so that nobody writes it twice.</summary>
        public string Written { get; init; } = "";
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Without a cookie there is no session that somebody else's page could use, and so nothing to prove.
        var open = routes.MapGroup("").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        open.MapGet(Door, (HttpContext context, string lang) => Page(context, lang, texts => new(texts)));
        open.MapPost(Door, ReceiveAsync).WithMetadata(new RequestSizeLimitAttribute(MaxFormBytes));
        open.MapPost($"{Door}/answer", LookAsync).WithMetadata(new RequestSizeLimitAttribute(MaxFormBytes));
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext context,
        ComplaintDoor door,
        ReceiveComplaint receive,
        string lang,
        IFormCollection form
    )
    {
        if (ComplaintTexts.Find(lang) is not { } texts)
            return Refusal.NotFound("Not Found").ToResult();
        var (text, contact) = (form["text"].ToString().Trim(), form["contact"].ToString().Trim());
        var problem =
            text.Length == 0 ? texts.Empty
            : text.Length > ReceiveComplaint.MaxText || contact.Length > ReceiveComplaint.MaxContact ? texts.TooLong
            : null;
        if (problem is not null)
            return Page(context, lang, t => new(t) { Problem = problem, Written = text }, 422);
        if (door.knocks.Take(door.KeyOf(context)) is not null || door.all.Take("") is not null)
            return Page(context, lang, t => new(t) { Problem = t.TooOften, Written = text }, 429);
        var received = await receive.HandleAsync(new(text, contact, lang), context.RequestAborted);
        return Page(context, lang, t => new(t) { Receipt = received.Receipt });
    }

    private static async Task<IResult> LookAsync(
        HttpContext context,
        ComplaintDoor door,
        ReceiveComplaint receive,
        string lang,
        IFormCollection form
    )
    {
        if (door.looks.Take(door.KeyOf(context)) is not null)
            return Page(context, lang, t => new(t) { Problem = t.TooOften }, 429);
        var state = await receive.FindAsync(form["receipt"], context.RequestAborted);
        return state is null
            ? Page(context, lang, t => new(t) { Problem = t.NoSuchReceipt }, 404)
            : Page(context, lang, t => new(t) { State = state });
    }

    /// <summary>The receipt of a complaint that an officer entered: shown this once, for the letter back.</summary>
    public static IResult ReceiptOf(HttpContext context, string lang, string receipt) =>
        Page(context, lang, texts => new(texts) { Receipt = receipt });

    private static IResult Page(HttpContext context, string lang, Func<ComplaintTexts, Shown> show, int status = 200)
    {
        if (ComplaintTexts.Find(lang) is not { } texts)
            return Refusal.NotFound("Not Found").ToResult();
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<ComplaintDoorPage>(
            new Dictionary<string, object?> { [nameof(ComplaintDoorPage.Shown)] = show(texts) }
        )
        {
            StatusCode = status,
        };
    }

    private string KeyOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        return Convert.ToHexString(HMACSHA256.HashData(key, bytes.AsSpan(0, Math.Min(AddressBytes, bytes.Length))));
    }
}
