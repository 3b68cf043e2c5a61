using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>
/// Decides a request. What is granted rests on an identity that was checked, records that were all looked at, and providers
/// who were asked; what is refused, wholly or in part, rests on a ground of the closed list.
/// </summary>
internal sealed class DecideRequest(ReadRequests read, WriteRequests write, SealedText texts)
{
    internal sealed record Request
    {
        /// <summary><c>granted</c>, <c>partly</c> or <c>refused</c>.</summary>
        public string? Outcome { get; init; }

        /// <summary>One of <see cref="RightsGrounds.All"/>; needed unless it is granted.</summary>
        public string? Ground { get; init; }

        /// <summary>Why, for the file; it is not in the answer.</summary>
        public string? Reason { get; init; }

        /// <summary>To whom the data were passed on, for an answer to a request for access (Article 14(c) of the directive).</summary>
        public string? Recipients { get; init; }
    }

    private const string Update = """
        update gov_request set outcome = @outcome, ground = @ground, decided_reason = @reason, recipients = @recipients,
            decided_by = @by, decided_at = @now
        where reference = @reference and decided_at is null
        """;

    /// <exception cref="RefusedException">Something that it rests on is missing, or it is decided.</exception>
    public async Task HandleAsync(Work work, string reference, Request request, CancellationToken cancellation)
    {
        var asking = await read.NeedAsync(work, reference, cancellation);
        var outcome = Written.Choice<RightsOutcome>("outcome", request.Outcome);
        var ground = GroundOf(asking, outcome, request.Ground);
        // Only a refusal may rest on nothing but who asks, or how: whatever is given goes the whole way.
        var isRefused = outcome == RightsOutcome.Refused;
        if (!(isRefused && ground == Ground.IdentityNotProven))
            SearchPerson.NeedIdentity(asking);
        if (!(isRefused && ground is (Ground.IdentityNotProven or Ground.Excessive)))
            await NeedDoneAsync(work, asking, outcome, cancellation);
        var row = new
        {
            reference,
            outcome = (long)outcome,
            ground = (long?)ground,
            reason = texts.Seal(Written.Need("reason", request.Reason, Written.MaxText)),
            recipients = Written.May("recipients", request.Recipients, Written.MaxReason),
            by = work.Viewer.Name,
            now = Times.Text(write.Now),
        };
        await write.RunAsync(
            work,
            reference,
            (RightsStep.Decided, ground is null ? Written.Word(outcome) : $"{Written.Word(outcome)}: {ground}"),
            (connection, transaction) => connection.ExecuteAsync(Update, row, transaction),
            cancellation
        );
    }

    private static Ground? GroundOf(RightsRequest asking, RightsOutcome outcome, string? text)
    {
        if (outcome == RightsOutcome.Granted)
            return null;
        var ground = Written.Choice<Ground>("ground", text);
        if (!RightsGrounds.For(asking.Law).Any(g => g.Ground == ground))
            throw Written.Refuse(
                "ground",
                "That ground is of another law than the request",
                "Choose one of those that the request's page offers"
            );
        return ground;
    }

    private async Task NeedDoneAsync(
        Work work,
        RightsRequest asking,
        RightsOutcome outcome,
        CancellationToken cancellation
    )
    {
        if (asking.SearchedAt is null)
            throw WriteRequests.NotNow("Nobody has looked for the person's records", "Search first");
        var records = await read.RecordsAsync(work, asking.Reference, cancellation);
        if (records.Any(r => r.Verdict == RecordVerdict.Open))
            throw WriteRequests.NotNow(
                "Not every record that was found has been looked at",
                "Mark each as about the person or about somebody else"
            );
        if (outcome == RightsOutcome.Refused)
            return;
        var consultations = await read.ConsultationsAsync(work, asking.Reference, cancellation);
        if (ShowRequest.ToAsk(records, consultations).FirstOrDefault() is { } provider)
            throw WriteRequests.NotNow($"{provider} has not been asked", "Record the consultation of each provider");
        if (consultations.FirstOrDefault(c => c.Verdict is null) is { } waiting)
            throw WriteRequests.NotNow(
                $"{waiting.Provider} has not answered",
                "Record its answer, or that none came in time"
            );
        if (outcome == RightsOutcome.Granted && consultations.Any(c => c.Verdict == ProviderVerdict.Objects))
            throw WriteRequests.NotNow("A provider objects", "Decide in part, or refuse, with the ground");
    }
}
