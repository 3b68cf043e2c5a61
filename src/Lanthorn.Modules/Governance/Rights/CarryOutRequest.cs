using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>
/// Does what was granted: erases the records for good, or restricts them, each with a certificate; or says that they were
/// corrected. A restriction is lifted the same way, with its reason.
/// </summary>
internal sealed class CarryOutRequest(Store store, ReadRequests read, WriteRequests write)
{
    /// <param name="Note">What was done, where records were corrected.</param>
    internal sealed record Request(string? Note = null);

    /// <param name="Record">The record's own id.</param>
    internal sealed record Lifting(string? Record, string? Reason);

    internal sealed record Answer(IReadOnlyList<Certificate> Certificates);

    private const string Update = """
        update gov_request set carried_out_by = @by, carried_out_at = @now
        where reference = @reference and carried_out_at is null and outcome in (1, 2)
        """;

    private const string InsertCertificate = """
        insert into gov_certificate (number, request, record_id, act, reason, done_by, done_at)
        values (@number, @reference, @record, @act, @reason, @by, @now)
        """;

    /// <exception cref="RefusedException">Nothing was granted that is to be done, or it is done.</exception>
    public async Task<Answer> HandleAsync(Work work, string reference, Request request, CancellationToken cancellation)
    {
        var asking = await read.NeedAsync(work, reference, cancellation);
        if (!asking.IsToCarryOut)
            throw WriteRequests.NotNow("Nothing is to be carried out");
        var note = asking.Kind == RightsKind.Rectification ? Written.Need("note", request.Note, Written.MaxReason) : "";
        if (asking.Kind != RightsKind.Rectification)
            foreach (var record in await AnswerRequest.AgreedAsync(work, reference, read, cancellation))
                await DoAsync(work, asking, record.Id, cancellation);
        var row = new
        {
            reference,
            by = work.Viewer.Name,
            now = Times.Text(write.Now),
        };
        var step = asking.Kind switch
        {
            RightsKind.Erasure => RightsStep.Erased,
            RightsKind.Restriction => RightsStep.Restricted,
            _ => RightsStep.Rectified,
        };
        await write.RunAsync(
            work,
            reference,
            (step, note),
            (connection, transaction) => connection.ExecuteAsync(Update, row, transaction),
            cancellation
        );
        return new(await read.CertificatesAsync(work, reference, cancellation));
    }

    /// <summary>Gives a restricted record back to those who saw it before.</summary>
    /// <exception cref="RefusedException">The request restricted no such record, or the restriction was lifted.</exception>
    public async Task LiftAsync(Work work, string reference, Lifting lifting, CancellationToken cancellation)
    {
        await read.NeedAsync(work, reference, cancellation);
        var reason = Written.Need("reason", lifting.Reason, Written.MaxReason);
        var last = (await read.CertificatesAsync(work, reference, cancellation)).LastOrDefault(c =>
            c.Record == lifting.Record
        );
        if (
            last?.Act != RecordAct.Restricted
            || !RecordId.TryParse(last.Record, out var id)
            || !await store.LiftAsync(id, work.Viewer, $"{reference}: {reason}", cancellation)
        )
            throw WriteRequests.NotNow("This request has restricted no such record, or the restriction was lifted");
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await CertifyIn(connection, transaction, work, (reference, id, RecordAct.Lifted, reason), null);
                await write.StepIn(connection, transaction, work, reference, (RightsStep.Lifted, reason));
            },
            cancellation
        );
    }

    private async Task DoAsync(Work work, RightsRequest asking, RecordId id, CancellationToken cancellation)
    {
        var number = Officers.Draw('C');
        var (reference, isErasure) = (asking.Reference, asking.Kind == RightsKind.Erasure);
        // It stays with the tombstone, also where the certificate's own row is lost.
        var reason = $"request {reference}, certificate {number}: {(isErasure ? "erased" : "restricted")} on request";
        var isDone = isErasure
            ? await store.EraseAsync(id, work.Viewer, reason, cancellation)
            : await store.RestrictAsync(
                id,
                work.Viewer,
                Officers.DeskOf(work.Viewer, Roles.DataProtectionOfficer),
                reason,
                cancellation
            );
        if (!isDone)
            throw WriteRequests.NotNow(
                isErasure ? "A record of it is gone already" : "A record of it is restricted already, or gone",
                "Look at the records again, and decide anew what is to be done"
            );
        await store.WriteAsync(
            (connection, transaction) =>
                CertifyIn(
                    connection,
                    transaction,
                    work,
                    (reference, id, isErasure ? RecordAct.Erased : RecordAct.Restricted, reason),
                    number
                ),
            cancellation
        );
    }

    private Task<int> CertifyIn(
        DbConnection connection,
        DbTransaction transaction,
        Work work,
        (string Reference, RecordId Record, RecordAct Act, string Reason) what,
        string? number
    ) =>
        connection.ExecuteAsync(
            InsertCertificate,
            new
            {
                number = number ?? Officers.Draw('C'),
                reference = what.Reference,
                record = what.Record.ToBytes(),
                act = (long)what.Act,
                reason = what.Reason,
                by = work.Viewer.Name,
                now = Times.Text(write.Now),
            },
            transaction
        );
}
