using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Commitments;

/// <summary>
/// Offers something to show that an undertaking was delivered. It counts for nothing until somebody else has accepted it.
/// Evidence that rests on a record is seen by those alone who see both.
/// </summary>
internal sealed class OfferEvidence(Store store, ReadUndertakings read)
{
    /// <summary>So many pieces one undertaking takes.</summary>
    public const int MaxEvidence = 500;

    internal sealed record Request
    {
        public EvidenceKind Kind { get; init; } = EvidenceKind.Document;
        public string? Text { get; init; }

        /// <summary>Address of a document on the web.</summary>
        public string? Link { get; init; }

        /// <summary>A record's own id or its public id.</summary>
        public string? Record { get; init; }

        /// <summary>In the unit of the undertaking's measure.</summary>
        public decimal? Amount { get; init; }

        /// <summary>The day for which it holds; null is today.</summary>
        public string? Day { get; init; }
    }

    internal sealed record Offered(string Id);

    internal const string Insert = """
        insert into com_evidence (id, undertaking, label_id, kind, text, link, record_id, amount, day, offered_by,
            organisation, offered_at, state, decided_by, decided_at, decided_reason)
        values (@id, @undertaking, @labelId, @kind, @text, @link, @recordId, @amount, @day, @offeredBy,
            @organisation, @offeredAt, @state, @decidedBy, @decidedAt, @decidedReason)
        on conflict do nothing
        """;

    /// <exception cref="RefusedException">There is no such undertaking or record for this viewer, or something is missing.</exception>
    public async Task<Offered> HandleAsync(Work work, string reference, Request request, CancellationToken cancellation)
    {
        Rights.NeedOffer(work);
        var undertaking = await read.NeedAsync(work, reference, cancellation);
        if (undertaking.WithdrawnAt is not null)
            throw Written.Refuse("evidence", "It is withdrawn", "Evidence is offered for what is still promised");
        if (undertaking.Evidence.Count >= MaxEvidence)
            throw Written.Refuse(
                "evidence",
                $"It has {MaxEvidence} pieces of evidence",
                "Bring several together in one document"
            );
        var (amount, record) = await CheckedAsync(work, request, cancellation);
        var day = Written.Day("day", request.Day) ?? read.Today;
        if (day > read.Today)
            throw Written.Refuse("day", "That day has not come yet", "Evidence is of what was done");
        var label = record is null ? undertaking.Label : Label.Meet(undertaking.Label, record.Label);
        var now = store.Time.GetUtcNow();
        var row = new
        {
            id = Guid.CreateVersion7(now).ToString("N"),
            undertaking = $"{undertaking.Reference}",
            labelId = (long)await store.Labels.InternAsync(label, cancellation),
            kind = (long)request.Kind,
            text = Written.Need("text", request.Text, UndertakingFields.MaxText),
            link = LinkOf(request.Link),
            recordId = record?.Id.ToBytes(),
            amount = (double?)amount,
            day = Times.Text(day),
            offeredBy = work.Viewer.Name,
            organisation = work.Viewer.Organisation,
            offeredAt = Times.Text(now),
            state = (long)EvidenceState.Waits,
            decidedBy = (string?)null,
            decidedAt = (string?)null,
            decidedReason = (string?)null,
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(Insert, row, transaction);
                var what = $"undertaking {undertaking.Reference}: evidence offered";
                AddUndertaking.LogIn(store, connection, transaction, work, Operation.Collection, what);
            },
            cancellation
        );
        return new(row.id);
    }

    private async Task<(decimal? Amount, Record? Record)> CheckedAsync(
        Work work,
        Request request,
        CancellationToken cancellation
    )
    {
        var amount = UndertakingFields.Amount("amount", request.Amount);
        if (request.Kind == EvidenceKind.Count && amount is null)
            throw Written.Refuse("amount", "A count has no number", "Say how many there are");
        var id = (request.Record ?? "").Trim();
        if (request.Kind == EvidenceKind.Record != id.Length > 0)
            throw Written.Refuse(
                "record",
                id.Length > 0 ? "Only evidence of the kind 'record' names one" : "The record is missing",
                "Give the record's id, or choose another kind"
            );
        if (id.Length == 0)
            return (amount, null);
        var record =
            id.Length <= Record.MaxExternalIdLength
                ? await work.On(store).RecordAsync(id, "record offered as evidence", cancellation)
                : null;
        return record is null
            ? throw Written.Refuse("record", "There is no such record", "Search for it: its page names its id")
            : (amount, record);
    }

    private static string LinkOf(string? text)
    {
        var link = Written.May("link", text, UndertakingFields.MaxLink);
        var isWeb =
            Uri.TryCreate(link, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
        return link.Length == 0 || isWeb
            ? link
            : throw Written.Refuse("link", "That is no address on the web", "Write it like https://example.org/report");
    }
}
