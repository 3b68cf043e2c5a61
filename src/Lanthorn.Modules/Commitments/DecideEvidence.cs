using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Commitments;

/// <summary>Accepts or refuses evidence. Whoever offered it does not: it takes a second person.</summary>
internal sealed class DecideEvidence(Store store, ReadUndertakings read, Holds holds)
{
    internal sealed record Request(bool Accept, string? Reason);

    /// <exception cref="RefusedException">There is no such evidence for this viewer, it is decided, or he offered it.</exception>
    public async Task HandleAsync(
        Work work,
        string reference,
        string evidence,
        Request request,
        CancellationToken cancellation
    )
    {
        Rights.NeedWrite(work);
        var undertaking = await read.NeedAsync(work, reference, cancellation);
        if (request.Accept)
            await ChangeUndertaking.NeedNoHoldAsync(holds, undertaking, cancellation);
        var offered =
            undertaking.Evidence.FirstOrDefault(e => e.Id == evidence)
            ?? throw new RefusedException(Refusal.NotFound("There is no such evidence", "Its undertaking lists it"));
        if (offered.OfferedBy == work.Viewer.Name)
            throw new RefusedException(
                new(
                    "four-eyes",
                    403,
                    "You offered it yourself",
                    "Somebody else accepts or refuses it: ask a colleague who keeps the register"
                )
            );
        var row = new
        {
            evidence,
            state = (long)(request.Accept ? EvidenceState.Accepted : EvidenceState.Refused),
            waits = (long)EvidenceState.Waits,
            work.Viewer.Name,
            now = Times.Text(store.Time.GetUtcNow()),
            reason = Written.Need("reason", request.Reason, UndertakingFields.MaxReason),
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var decided = await connection.ExecuteAsync(
                    """
                    update com_evidence set state = @state, decided_by = @Name, decided_at = @now, decided_reason = @reason
                    where id = @evidence and state = @waits
                    """,
                    row,
                    transaction
                );
                if (decided == 0)
                    throw new RefusedException(
                        new("evidence-decided", 409, "It is decided already", "The undertaking's page says by whom")
                    );
                var what = request.Accept ? "accepted" : "refused";
                AddUndertaking.LogIn(
                    store,
                    connection,
                    transaction,
                    work,
                    Operation.Alteration,
                    $"undertaking {undertaking.Reference}: evidence {what}"
                );
            },
            cancellation
        );
    }
}
