using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>
/// Requests and all that hangs on them, for one officer: the one place that reads them. Whoever calls it says in the log what
/// was read.
/// </summary>
internal sealed class ReadRequests(Store store, SealedText texts)
{
    /// <summary>So many are listed, those due first.</summary>
    public const int MaxListed = 1_000;

    public DateOnly Today => DateOnly.FromDateTime(store.Time.GetUtcNow().UtcDateTime);

    public static readonly Refusal NoSuch = Refusal.NotFound(
        "There is no such request",
        "The list of requests has those of your organisation"
    );

    private sealed record RecordRow(byte[] RecordId, double Score, long Verdict, string? MarkedBy, string? MarkedAt);

    private sealed record ConsultationRow(
        string Id,
        string Provider,
        string Question,
        string AskedBy,
        string AskedAt,
        long? Verdict,
        string? Answer,
        string? AnsweredBy,
        string? AnsweredAt
    );

    private sealed record StepRow(long Step, string Note, string DoneBy, string DoneAt);

    private sealed record CertificateRow(
        string Number,
        byte[] RecordId,
        long Act,
        string Reason,
        string DoneBy,
        string DoneAt
    );

    public async Task<IReadOnlyList<RightsRequest>> ListAsync(Work work, CancellationToken cancellation)
    {
        Officers.NeedDataProtection(work);
        return await SelectAsync(work, null, cancellation);
    }

    /// <summary>One of them.</summary>
    /// <exception cref="RefusedException">There is none with this reference for this viewer.</exception>
    public async Task<RightsRequest> NeedAsync(Work work, string reference, CancellationToken cancellation)
    {
        Officers.NeedDataProtection(work);
        return await SelectAsync(work, reference, cancellation) is [var one] ? one : throw new RefusedException(NoSuch);
    }

    /// <summary>The records that a search found and that the officer still sees, the best first. Reading them is logged.</summary>
    public async Task<IReadOnlyList<FoundForRequest>> RecordsAsync(
        Work work,
        string reference,
        CancellationToken cancellation
    )
    {
        var reading = work.On(store);
        var rows = await reading.OwnAsync<RecordRow>(
            sees =>
                $"""
                    select c.record_id as RecordId, c.score as Score, c.verdict as Verdict, c.marked_by as MarkedBy,
                        c.marked_at as MarkedAt
                    from gov_request_record c join gov_request q on q.reference = c.request
                    where c.request = @reference and {sees.Row("q")} and {sees.RecordOf("c.record_id")}
                    order by c.score desc, c.record_id
                    """,
            new { reference },
            cancellation
        );
        var found = new List<FoundForRequest>();
        foreach (var row in rows)
            if (
                await reading.RecordAsync(
                    $"{RecordId.FromBytes(row.RecordId)}",
                    $"request {reference}",
                    cancellation
                ) is
                { } record
            )
                found.Add(
                    new(record, row.Score, (RecordVerdict)row.Verdict, row.MarkedBy, RequestRow.Moment(row.MarkedAt))
                );
        return found;
    }

    public async Task<IReadOnlyList<Consultation>> ConsultationsAsync(
        Work work,
        string reference,
        CancellationToken cancellation
    )
    {
        var rows = await HangingAsync<ConsultationRow>(
            work,
            """
            c.id as Id, c.provider as Provider, c.question as Question, c.asked_by as AskedBy, c.asked_at as AskedAt,
            c.verdict as Verdict, c.answer as Answer, c.answered_by as AnsweredBy, c.answered_at as AnsweredAt
            """,
            ("gov_request_consultation", "c.asked_at, c.id"),
            reference,
            cancellation
        );
        return
        [
            .. rows.Select(r => new Consultation(
                r.Id,
                r.Provider,
                texts.Open(r.Question),
                r.AskedBy,
                Times.Read(r.AskedAt),
                (ProviderVerdict?)r.Verdict,
                texts.Open(r.Answer),
                r.AnsweredBy,
                RequestRow.Moment(r.AnsweredAt)
            )),
        ];
    }

    public async Task<IReadOnlyList<StepDone>> StepsAsync(Work work, string reference, CancellationToken cancellation)
    {
        var rows = await HangingAsync<StepRow>(
            work,
            "c.step as Step, c.note as Note, c.done_by as DoneBy, c.done_at as DoneAt",
            ("gov_request_step", "c.done_at desc, c.id desc"),
            reference,
            cancellation
        );
        return [.. rows.Select(r => new StepDone((RightsStep)r.Step, r.Note, r.DoneBy, Times.Read(r.DoneAt)))];
    }

    public async Task<IReadOnlyList<Certificate>> CertificatesAsync(
        Work work,
        string reference,
        CancellationToken cancellation
    )
    {
        var rows = await HangingAsync<CertificateRow>(
            work,
            """
            c.number as Number, c.record_id as RecordId, c.act as Act, c.reason as Reason, c.done_by as DoneBy,
            c.done_at as DoneAt
            """,
            ("gov_certificate", "c.done_at, c.number"),
            reference,
            cancellation
        );
        return
        [
            .. rows.Select(r => new Certificate(
                r.Number,
                $"{RecordId.FromBytes(r.RecordId)}",
                (RecordAct)r.Act,
                r.Reason,
                r.DoneBy,
                Times.Read(r.DoneAt)
            )),
        ];
    }

    private Task<IReadOnlyList<T>> HangingAsync<T>(
        Work work,
        string columns,
        (string Table, string Order) from,
        string reference,
        CancellationToken cancellation
    ) =>
        work.On(store)
            .OwnAsync<T>(
                sees =>
                    $"""
                        select {columns} from {from.Table} c join gov_request q on q.reference = c.request
                        where c.request = @reference and {sees.Row("q")} order by {from.Order}
                        """,
                new { reference },
                cancellation
            );

    private async Task<IReadOnlyList<RightsRequest>> SelectAsync(
        Work work,
        string? reference,
        CancellationToken cancellation
    )
    {
        var rows = await work.On(store)
            .OwnAsync<RequestRow>(
                sees =>
                    $"""
                        select {RequestRow.Columns} from gov_request q
                        where {sees.Row("q")} and (@reference is null or q.reference = @reference)
                        order by case when q.answered_at is null then 0 else 1 end, q.received_on, q.reference
                        limit @most
                        """,
                new { reference, most = (long)MaxListed },
                cancellation
            );
        return [.. rows.Select(r => r.Opened(texts))];
    }
}
