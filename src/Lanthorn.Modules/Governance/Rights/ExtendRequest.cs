using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>
/// Records one extension, where national law under the directive allows it. The regulation gives three months at most, so a
/// request under it is never extended.
/// </summary>
internal sealed class ExtendRequest(ReadRequests read, WriteRequests write)
{
    /// <param name="Reason">The rule of national law that allows it, and why.</param>
    internal sealed record Request(string? Until, string? Reason);

    private const string Update = """
        update gov_request set extended_to = @until
        where reference = @reference and extended_to is null and answered_at is null
        """;

    /// <exception cref="RefusedException">The law has no extension, there was one, the day has passed or is too late.</exception>
    public async Task HandleAsync(Work work, string reference, Request request, CancellationToken cancellation)
    {
        var found = await read.NeedAsync(work, reference, cancellation);
        if (found.Law == RightsLaw.Europol)
            throw WriteRequests.NotNow(
                "The regulation has no extension: three months at most",
                "Answer in time; what is refused or in part says its ground"
            );
        if (found.ExtendedTo is not null || found.AnsweredAt is not null)
            throw WriteRequests.NotNow("A request is extended once, and not after its answer");
        if (read.Today > found.DueOn)
            throw WriteRequests.NotNow("Its day has passed: what is overdue is not extended", "Answer it now");
        var until = Written.Day("until", request.Until);
        var latest = RightsClock.LatestExtension(found.ReceivedOn);
        if (until is null || until <= found.DueOn || until > latest)
            throw Written.Refuse(
                "until",
                "That is no day for an extension",
                $"Give a day after {Times.Text(found.DueOn)} and not after {Times.Text(latest)}"
            );
        var reason = Written.Need("reason", request.Reason, Written.MaxReason);
        var row = new { reference, until = Times.Text(until) };
        await write.RunAsync(
            work,
            reference,
            (RightsStep.Extended, $"{row.until}: {reason}"),
            (connection, transaction) => connection.ExecuteAsync(Update, row, transaction),
            cancellation
        );
    }
}
