using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>One request with the records that were found, who was asked, and everything that was done.</summary>
internal sealed class ShowRequest(Store store, ReadRequests read)
{
    /// <summary>A found record, as a list shows it.</summary>
    internal sealed record Found(
        string Record,
        string Entity,
        string Caption,
        string Source,
        IReadOnlyList<string> Born,
        IReadOnlyList<string> Countries,
        string Category,
        double Score,
        RecordVerdict Verdict,
        string? MarkedBy
    );

    /// <param name="ToAsk">Providers of records about the person that were not asked yet.</param>
    internal sealed record Answer(
        RightsRequest Request,
        DateOnly DueOn,
        RightsState State,
        bool IsOverdue,
        IReadOnlyList<Found> Records,
        IReadOnlyList<string> ToAsk,
        IReadOnlyList<Consultation> Consultations,
        IReadOnlyList<Certificate> Certificates,
        IReadOnlyList<StepDone> Steps
    );

    /// <exception cref="RefusedException">There is none with this reference for this viewer.</exception>
    public async Task<Answer> HandleAsync(Work work, string reference, CancellationToken cancellation)
    {
        var request = await read.NeedAsync(work, reference, cancellation);
        // What was found is shown once it is known who asks: until then nobody has a reason to look.
        var records = request.IdentityAt is null ? [] : await read.RecordsAsync(work, reference, cancellation);
        var consultations = await read.ConsultationsAsync(work, reference, cancellation);
        var certificates = await read.CertificatesAsync(work, reference, cancellation);
        var steps = await read.StepsAsync(work, reference, cancellation);
        await work.On(store).LogOwnAsync(Operation.Consultation, $"rights request {reference}", cancellation);
        return new(
            request,
            request.DueOn,
            request.State,
            request.IsOverdueOn(read.Today),
            [.. records.Select(Shown)],
            [.. ToAsk(records, consultations)],
            consultations,
            certificates,
            steps
        );
    }

    /// <summary>Sources of records about the person whose provider has not been asked.</summary>
    public static IEnumerable<string> ToAsk(
        IReadOnlyList<FoundForRequest> records,
        IReadOnlyList<Consultation> consultations
    ) =>
        records
            .Where(r => r.Verdict == RecordVerdict.Person)
            .Select(r => r.Record.Source.Value)
            .Except(consultations.Select(c => c.Provider), StringComparer.Ordinal);

    private static Found Shown(FoundForRequest found)
    {
        var record = found.Record;
        return new(
            $"{record.Id}",
            record.PublicId,
            record.Schema.CaptionOf(record.Properties) ?? record.PublicId,
            record.Source.Value,
            [.. record.Properties["birthDate"]],
            [.. record.Properties["nationality"].Concat(record.Properties["country"]).Distinct(StringComparer.Ordinal)],
            $"{record.Category}",
            Math.Round(found.Score, 2),
            found.Verdict,
            found.MarkedBy
        );
    }
}
