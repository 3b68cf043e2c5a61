using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>
/// The answer to the person: what is held, what was done, or on which ground not. Where the ground asks for it, the answer is
/// the same whether something is held or not. Making it is a disclosure, and logged as one.
/// </summary>
internal sealed class AnswerRequest(Store store, ReadRequests read, WriteRequests write)
{
    internal sealed record Request(string? How);

    /// <summary>What one source said, as the person gets it.</summary>
    internal sealed record Held(
        string Source,
        DateTimeOffset Since,
        DateOnly? ReviewBy,
        string? LegalBasis,
        SubjectCategory Category,
        IReadOnlyList<(string Label, IReadOnlyList<string> Values)> Values
    );

    /// <param name="IsSilent">It neither confirms nor denies; everything about records is left empty.</param>
    /// <param name="LeftOut">True where something is left out on the ground.</param>
    internal sealed record Answer(
        string Reference,
        string Organisation,
        RightsRequest Request,
        bool IsSilent,
        bool LeftOut,
        RightsGround? Ground,
        IReadOnlyList<Held> Records,
        IReadOnlyList<Certificate> Certificates
    );

    private const string Update = """
        update gov_request set answered_by = @by, answered_at = @now
        where reference = @reference and answered_at is null and decided_at is not null
        """;

    /// <exception cref="RefusedException">It is not decided yet, or what was granted is not carried out.</exception>
    public async Task<Answer> HandleAsync(Work work, string reference, CancellationToken cancellation)
    {
        var request = await read.NeedAsync(work, reference, cancellation);
        NeedReady(request);
        var ground = request.Ground is { } given ? RightsGrounds.Get(given) : null;
        var isSilent = request.Outcome == RightsOutcome.Refused && ground!.IsSilent;
        var held =
            isSilent || request.Outcome == RightsOutcome.Refused || request.Kind != RightsKind.Access
                ? []
                : await AgreedAsync(work, reference, read, cancellation);
        var certificates = isSilent ? [] : await read.CertificatesAsync(work, reference, cancellation);
        await LogAsync(work, reference, held, cancellation);
        return new(
            reference,
            work.Viewer.Organisation,
            request,
            isSilent,
            request.Outcome == RightsOutcome.Partly,
            ground,
            [.. held.Select(Shown)],
            certificates
        );
    }

    /// <summary>Records that the answer was given.</summary>
    /// <exception cref="RefusedException">It is not decided yet, not carried out, or answered already.</exception>
    public async Task GiveAsync(Work work, string reference, Request request, CancellationToken cancellation)
    {
        var asking = await read.NeedAsync(work, reference, cancellation);
        NeedReady(asking);
        if (asking.AnsweredAt is not null)
            throw WriteRequests.NotNow("It is answered");
        var row = new
        {
            reference,
            by = work.Viewer.Name,
            now = Times.Text(write.Now),
        };
        await write.RunAsync(
            work,
            reference,
            (RightsStep.Answered, Written.Need("how", request.How, Written.MaxReason)),
            (connection, transaction) => connection.ExecuteAsync(Update, row, transaction),
            cancellation
        );
    }

    /// <summary>Records about the person to which no provider objects.</summary>
    public static async Task<IReadOnlyList<Record>> AgreedAsync(
        Work work,
        string reference,
        ReadRequests read,
        CancellationToken cancellation
    )
    {
        var records = await read.RecordsAsync(work, reference, cancellation);
        var consultations = await read.ConsultationsAsync(work, reference, cancellation);
        var objecting = consultations
            .GroupBy(c => c.Provider, StringComparer.Ordinal)
            .Where(g => g.Last().Verdict == ProviderVerdict.Objects)
            .Select(g => g.Key)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. records
                .Where(r => r.Verdict == RecordVerdict.Person && !objecting.Contains(r.Record.Source.Value))
                .Select(r => r.Record),
        ];
    }

    private static void NeedReady(RightsRequest request)
    {
        if (request.DecidedAt is null)
            throw WriteRequests.NotNow("It is not decided yet", "Decide it first; the answer follows from that");
        if (request.IsToCarryOut)
            throw WriteRequests.NotNow("What was granted is not carried out yet", "Carry it out first");
    }

    private Task LogAsync(Work work, string reference, IReadOnlyList<Record> held, CancellationToken cancellation) =>
        store.Audit.AppendAsync(
            AuditEntry.By(
                work.Viewer,
                Operation.Disclosure,
                $"answer to rights request {reference}",
                [.. held.Select(r => new RecordVersion(r.Id, r.Version))],
                new(work.Justification, work.Case)
            ) with
            {
                Recipients = $"the person of request {reference}",
            },
            cancellation
        );

    private static Held Shown(Record record) =>
        new(
            record.Source.Value,
            record.IngestedAt,
            record.ReviewBy,
            record.LegalBasis,
            record.Category,
            [
                .. record.Properties.Names.Select(n =>
                    (record.Schema.Find(n)?.Label ?? n, (IReadOnlyList<string>)[.. record.Properties[n]])
                ),
            ]
        );
}
