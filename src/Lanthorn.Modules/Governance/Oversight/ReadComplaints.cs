using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight;

/// <summary>Complaints for the fundamental-rights officer: open ones first, the oldest at their head. Reading is logged.</summary>
internal sealed class ReadComplaints(Store store, SealedText texts)
{
    /// <summary>So many are listed.</summary>
    public const int MaxListed = 1_000;

    private sealed record SubjectRow(string Complaint, long Kind, string Subject);

    /// <param name="operation">Disclosure where it is taken away as a file.</param>
    public async Task<IReadOnlyList<Complaint>> ListAsync(
        Work work,
        CancellationToken cancellation,
        Operation operation = Operation.Consultation
    )
    {
        var found = await UnloggedAsync(work, cancellation);
        await work.On(store).LogOwnAsync(operation, $"complaints listed: {found.Count}", cancellation);
        return found;
    }

    /// <summary>The same for whoever says himself in the log what he reads.</summary>
    public Task<IReadOnlyList<Complaint>> UnloggedAsync(Work work, CancellationToken cancellation)
    {
        Officers.NeedFundamentalRights(work);
        return SelectAsync(work, null, cancellation);
    }

    /// <exception cref="RefusedException">There is none with this reference for this viewer.</exception>
    public async Task<Complaint> NeedAsync(Work work, string reference, CancellationToken cancellation)
    {
        Officers.NeedFundamentalRights(work);
        var found = await SelectAsync(work, reference, cancellation);
        if (found is not [var one])
            throw new RefusedException(
                Refusal.NotFound("There is no such complaint", "The list of complaints has all of them")
            );
        await work.On(store).LogOwnAsync(Operation.Consultation, $"complaint {reference}", cancellation);
        return one;
    }

    private async Task<IReadOnlyList<Complaint>> SelectAsync(
        Work work,
        string? reference,
        CancellationToken cancellation
    )
    {
        var reading = work.On(store);
        var values = new { reference, most = (long)MaxListed };
        var rows = await reading.OwnAsync<ComplaintRow>(
            sees =>
                $"""
                    select {ComplaintRow.Columns} from gov_complaint k
                    where {sees.Row("k")} and (@reference is null or k.reference = @reference)
                    order by case when k.answered_at is null then 0 else 1 end, k.received_at, k.reference limit @most
                    """,
            values,
            cancellation
        );
        var subjects = await reading.OwnAsync<SubjectRow>(
            sees =>
                $"""
                    select s.complaint as Complaint, s.kind as Kind, s.subject as Subject
                    from gov_complaint_subject s join gov_complaint k on k.reference = s.complaint
                    where {sees.Row("k")} and (@reference is null or k.reference = @reference)
                    order by s.kind, s.subject
                    """,
            values,
            cancellation
        );
        var of = subjects.ToLookup(
            s => s.Complaint,
            s => new ComplaintSubject((SubjectKind)s.Kind, s.Subject),
            StringComparer.Ordinal
        );
        return [.. rows.Select(r => r.Opened(texts) with { Subjects = [.. of[r.Reference]] })];
    }
}
