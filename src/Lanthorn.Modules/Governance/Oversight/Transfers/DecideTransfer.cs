using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight.Transfers;

/// <summary>
/// A second person decides. The gate is asked once more, since what is known may have changed; what was said in a debrief
/// needs, besides, his written reason why it is strictly necessary.
/// </summary>
internal sealed class DecideTransfer(Store store, ReadTransfers read, ProposeTransfer propose)
{
    /// <param name="Necessity">Why a debrief item is strictly necessary.</param>
    internal sealed record Request(bool Approve, string? Reason, string? Necessity = null);

    private const string Update = """
        update gov_transfer set decision = @decision, decided_reason = @reason, necessity = @necessity,
            decided_by = @by, decided_at = @now
        where reference = @reference and decision is null and objections = ''
        """;

    /// <exception cref="RefusedException">The gate refuses it, it is decided, or it is the same person.</exception>
    public async Task HandleAsync(Work work, string reference, Request request, CancellationToken cancellation)
    {
        ReadTransfers.NeedPropose(work);
        var transfer = await read.NeedAsync(work, reference, cancellation);
        if (transfer.State == TransferState.RefusedByGate)
            throw Closed($"The gate refuses it: {string.Join("; ", transfer.Objections)}");
        if (transfer.Decision is not null)
            throw Closed("It is decided");
        if (transfer.ProposedBy == work.Viewer.Name)
            throw new RefusedException(
                new("four-eyes", 403, "You proposed it yourself", "Somebody else decides: ask a colleague")
            );
        var versions = await read.RecordsAsync(work, reference, cancellation);
        var necessity = request.Approve ? await OpenAsync(work, transfer, versions, request, cancellation) : "";
        var row = new
        {
            reference,
            decision = (long)(request.Approve ? TransferDecision.Approved : TransferDecision.Refused),
            reason = Written.Need("reason", request.Reason, Written.MaxReason),
            necessity,
            by = work.Viewer.Name,
            now = Times.Text(store.Time.GetUtcNow()),
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await connection.ExecuteAsync(Update, row, transaction) == 0)
                    throw Closed("It is decided");
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    AuditEntry.By(
                        work.Viewer,
                        request.Approve ? Operation.Disclosure : Operation.Alteration,
                        $"transfer {reference} {(request.Approve ? "approved" : "refused")}",
                        versions,
                        new(work.Justification, work.Case)
                    ) with
                    {
                        Recipients = request.Approve ? $"{transfer.Authority} ({transfer.Country})" : null,
                    }
                );
            },
            cancellation
        );
    }

    /// <summary>What the gate says now; gives the reason why a debrief item is strictly necessary.</summary>
    private async Task<string> OpenAsync(
        Work work,
        Transfer transfer,
        IReadOnlyList<RecordVersion> versions,
        Request request,
        CancellationToken cancellation
    )
    {
        if (versions.Count != transfer.Records)
            throw Closed("You do not see every record of it: somebody who does decides");
        var records = new List<Record>();
        foreach (var version in versions)
            if (await work.On(store).RecordAsync($"{version.Record}", "record of a transfer", cancellation) is { } one)
                records.Add(one);
        if (records.Count != versions.Count)
            throw Closed("A record of it is gone");
        var items = await propose.ItemsAsync(work, records, cancellation);
        var today = DateOnly.FromDateTime(store.Time.GetUtcNow().UtcDateTime);
        if (TransferGate.Objections(transfer.Country, transfer.Checks, items, today) is { Count: > 0 } objections)
        {
            await KeepAsync(work, transfer.Reference, objections, cancellation);
            throw Closed($"The gate refuses it by now: {string.Join("; ", objections)}");
        }
        return items.Any(i => i.IsDebrief)
            ? Written.Need("necessity", request.Necessity, Written.MaxReason)
            : Written.May("necessity", request.Necessity, Written.MaxReason);
    }

    /// <summary>Nobody who sees less than whoever asked now approves it later.</summary>
    private Task KeepAsync(
        Work work,
        string reference,
        IReadOnlyList<string> objections,
        CancellationToken cancellation
    ) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                const string keep = """
                    update gov_transfer set objections = @objections where reference = @reference and decision is null
                    """;
                var row = new { reference, objections = string.Join('\n', objections) };
                await connection.ExecuteAsync(keep, row, transaction);
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    AuditEntry.By(
                        work.Viewer,
                        Operation.Alteration,
                        $"transfer {reference} refused by the gate",
                        [],
                        new(work.Justification, work.Case)
                    )
                );
            },
            cancellation
        );

    private static RefusedException Closed(string why) =>
        new(new("transfer-closed", 409, why, "Propose another transfer, without what must not go"));
}
