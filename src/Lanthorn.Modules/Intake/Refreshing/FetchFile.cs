using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Intake.Refreshing;

/// <summary>A file to fetch.</summary>
/// <param name="Path">Where it is kept while it comes in.</param>
/// <param name="Known">The state that is here already; null fetches in any case.</param>
internal sealed record FetchOrder(FileAddress Address, string Path, long MaxBytes, Validators? Known);

/// <summary>A file that was fetched.</summary>
/// <param name="Path">Null: it is still what <see cref="FetchOrder.Known"/> says.</param>
internal sealed record Fetched(string? Path, Validators Validators)
{
    public DateTimeOffset? ModifiedAt =>
        DateTimeOffset.TryParseExact(
            Validators.LastModified,
            "R",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;
}

/// <summary>
/// Fetches a file over HTTP into a part file: only when it changed, resuming what broke off, within limits of time and size.
/// What fails in passing is tried again <see cref="MaxAttempts"/> times; whatever fails is a
/// <see cref="FetchFailedException"/>.
/// </summary>
internal sealed class FetchFile(IHttpClientFactory clients, TimeProvider time)
{
    public const string ClientName = "lists";
    public const int MaxAttempts = 3;
    public const int MaxRedirects = 5;
    private const int BufferSize = 64 * 1024;
    private const int MaxHeadersKilobytes = 64;

    private static readonly TimeSpan LongestConnecting = TimeSpan.FromSeconds(20);

    /// <summary>A server that says nothing for so long has stopped.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    /// <summary>All attempts together.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    /// <summary>Redirects are followed here, where each is looked at; time-outs are those of this class.</summary>
    public static void Configure(IServiceCollection services) =>
        services
            .AddHttpClient(ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    AutomaticDecompression = DecompressionMethods.None,
                    ConnectTimeout = LongestConnecting,
                    MaxResponseHeadersLength = MaxHeadersKilobytes,
                }
            )
            .RemoveAllLoggers();

    /// <exception cref="FetchFailedException">It could not be fetched; what came so far is kept where that helps.</exception>
    public async Task<Fetched> HandleAsync(FetchOrder order, CancellationToken cancellation)
    {
        using var whole = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(whole.Token, cancellation);
        try
        {
            for (var attempt = 1; ; attempt++)
                try
                {
                    return await OnceAsync(order, both.Token);
                }
                catch (FetchFailedException failed) when (failed.IsPassing && attempt < MaxAttempts)
                {
                    await Task.Delay(BetweenAttempts * attempt, time, both.Token);
                }
        }
        catch (OperationCanceledException) when (whole.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Failure(
                order,
                $"was not here after {Longest.TotalMinutes:0} minutes",
                "Try again when the network is faster; it goes on where it stopped"
            );
        }
    }

    private async Task<Fetched> OnceAsync(FetchOrder order, CancellationToken cancellation)
    {
        var part = await PartFile.OpenAsync(order.Path, order.Address, cancellation);
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
        try
        {
            using var answer = await AskAsync(order, part, either.Token);
            if (answer.StatusCode == HttpStatusCode.NotModified)
                return part.IsWhole ? new(part.Path, part.Validators!) : new(null, order.Known!);
            await TakeAsync(order, part, answer, () => silence.CancelAfter(LongestSilence), either.Token);
            return new(part.Path, part.Validators!);
        }
        catch (OperationCanceledException)
            when (silence.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Failure(
                order,
                $"said nothing for {LongestSilence.TotalSeconds:0} seconds",
                "Try again later; it goes on where it stopped",
                isPassing: true
            );
        }
        catch (HttpRequestException broken)
        {
            throw Failure(order, WordsOf(broken), WayOutOf(broken), isPassing: true);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(FetchOrder order, PartFile part, CancellationToken cancellation)
    {
        var client = clients.CreateClient(ClientName);
        var address = order.Address;
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            using var request = Question(address, order, part);
            var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!IsRedirect(answer.StatusCode))
                return answer;
            using (answer)
            {
                var to = answer.Headers.Location ?? throw Failure(order, "redirects to nowhere", AskPublisher);
                var next = address.Redirected(to);
                address = next.IsAccepted
                    ? next.Value
                    : throw Failure(order, $"redirects {next.Reason}, which is not followed", AskPublisher);
            }
        }
        throw Failure(order, $"redirects more than {MaxRedirects} times", AskPublisher);
    }

    private static HttpRequestMessage Question(FileAddress address, FetchOrder order, PartFile part)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address.Uri);
        request.Headers.UserAgent.ParseAdd("Lanthorn");
        // Bytes are counted and resumed as they are in the file.
        request.Headers.AcceptEncoding.ParseAdd("identity");
        if (part is { IsWhole: false, Validators.Strong: { } state })
        {
            request.Headers.Range = new RangeHeaderValue(part.Length, null);
            request.Headers.TryAddWithoutValidation("If-Range", state);
        }
        else if ((part.IsWhole ? part.Validators : order.Known) is { } known)
        {
            if (known.ETag is { } tag)
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            if (known.LastModified is { } modified)
                request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }
        return request;
    }

    private static async Task TakeAsync(
        FetchOrder order,
        PartFile part,
        HttpResponseMessage answer,
        Action heard,
        CancellationToken cancellation
    )
    {
        RefuseStatus(order, part, answer);
        RefusePage(order, answer);
        var isRest = answer.StatusCode == HttpStatusCode.PartialContent;
        if (isRest && !IsRestOf(part, answer))
        {
            part.Forget();
            throw Failure(order, "changed while it was being fetched", "Try again", isPassing: true);
        }
        var from = isRest ? part.Length : 0;
        var total = from + answer.Content.Headers.ContentLength;
        if (total > order.MaxBytes)
            throw TooLong(order);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        await using (
            var kept = isRest ? part.Continue() : await part.StartAsync(order.Address, StateOf(answer), cancellation)
        )
            await CopyAsync(order, part, (stream, kept, from), heard, cancellation);
        await part.FinishAsync(cancellation);
        if (part.Length == 0)
            throw Failure(order, "is empty", AskPublisher);
    }

    private static async Task CopyAsync(
        FetchOrder order,
        PartFile part,
        (Stream From, FileStream To, long Already) copy,
        Action heard,
        CancellationToken cancellation
    )
    {
        var (buffer, count) = (new byte[BufferSize], copy.Already);
        for (int read; (read = await ReadAsync(order, copy.From, buffer, cancellation)) > 0; )
        {
            heard();
            count += read;
            if (count > order.MaxBytes)
            {
                await copy.To.DisposeAsync();
                part.Forget();
                throw TooLong(order);
            }
            await copy.To.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
    }

    /// <summary>What breaks here is the network's; what breaks at the writing is our disk's.</summary>
    private static async Task<int> ReadAsync(
        FetchOrder order,
        Stream stream,
        byte[] buffer,
        CancellationToken cancellation
    )
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellation);
        }
        catch (IOException)
        {
            throw Failure(order, "broke off in the middle", "Try again; it goes on where it stopped", isPassing: true);
        }
    }

    private static void RefuseStatus(FetchOrder order, PartFile part, HttpResponseMessage answer)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK or HttpStatusCode.PartialContent:
                return;
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Forget();
                throw Failure(order, "changed while it was being fetched", "Try again", isPassing: true);
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw Failure(order, $"answers {Code(answer)}: there is no such file", AskPublisher);
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw Failure(
                    order,
                    $"answers {Code(answer)}: it wants a token, or does not let this machine in",
                    "An administrator gives an address with a valid token: 'lanthorn sources address CODE URL'"
                );
            case HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw Failure(order, $"answers {Code(answer)}", "Try again later", isPassing: true);
            default:
                throw Failure(order, $"answers {Code(answer)}, which is no file", AskPublisher);
        }
    }

    /// <summary>What servers send instead of a file when something is wrong: to sign in, to wait, to be sorry.</summary>
    private static void RefusePage(FetchOrder order, HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
            throw Failure(order, "sends a page for people instead of the list", AskPublisher);
    }

    private static bool IsRestOf(PartFile part, HttpResponseMessage answer) =>
        answer.Content.Headers.ContentRange?.From == part.Length
        && (StateOf(answer).ETag is not { } tag || tag == part.Validators?.ETag);

    private static Validators StateOf(HttpResponseMessage answer) =>
        new(
            answer.Headers.ETag?.ToString(),
            answer.Content.Headers.LastModified?.ToString("R", CultureInfo.InvariantCulture)
        );

    private static bool IsRedirect(HttpStatusCode status) =>
        status
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect;

    private const string AskPublisher =
        "Look at the publisher's page; an administrator sets another address with 'lanthorn sources address'";

    private static int Code(HttpResponseMessage answer) => (int)answer.StatusCode;

    private static string WordsOf(HttpRequestException broken) =>
        broken.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "is on a host whose name is not found",
            HttpRequestError.ConnectionError => "cannot be reached",
            HttpRequestError.SecureConnectionError => "does not prove who it is (TLS)",
            var other => $"cannot be fetched ({other})",
        };

    private static string WayOutOf(HttpRequestException broken) =>
        broken.HttpRequestError == HttpRequestError.SecureConnectionError
            ? "Check this machine's clock and certificates"
            : "Check that this machine may reach it, then try again";

    private static FetchFailedException TooLong(FetchOrder order) =>
        Failure(
            order,
            $"is longer than {order.MaxBytes / 1024 / 1024:N0} MiB",
            "Where that is right, an administrator sets LANTHORN_UPLOADMEGABYTES"
        );

    private static FetchFailedException Failure(FetchOrder order, string what, string wayOut, bool isPassing = false) =>
        new($"{order.Address.Shown} {what}", wayOut, isPassing);
}
