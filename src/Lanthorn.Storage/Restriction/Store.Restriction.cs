using System.Data.Common;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Restricting records (Articles 3(3) and 16(3) of Directive (EU) 2016/680).</summary>
public sealed partial class Store
{
    /// <summary>
    /// Restricts a record: its label is joined with the marker, for all its versions, until <see cref="LiftAsync"/>. Nobody
    /// whom the marker does not admit finds, matches or exports it meanwhile, and no import takes that back. False when the
    /// account sees no such record, or it is restricted already.
    /// </summary>
    /// <param name="marker">Must admit the account; such as <c>role=data-protection-officer</c>.</param>
    /// <param name="reason">Stays with the restriction.</param>
    public Task<bool> RestrictAsync(
        RecordId id,
        Viewer account,
        Label marker,
        string reason,
        CancellationToken cancellation
    ) =>
        RelabelAsync(
            id,
            account,
            ("record restricted", reason),
            (restrictions, present) => restrictions.Begin(present, marker, reason, Time.GetUtcNow()),
            cancellation
        );

    /// <summary>Gives a record its label back. False when the account sees no such record, or it is not restricted.</summary>
    public Task<bool> LiftAsync(RecordId id, Viewer account, string reason, CancellationToken cancellation) =>
        RelabelAsync(
            id,
            account,
            ("restriction of a record lifted", reason),
            (restrictions, present) => restrictions.End(present),
            cancellation
        );

    private async Task<bool> RelabelAsync(
        RecordId id,
        Viewer account,
        (string What, string Reason) done,
        Func<Restrictions, Present, bool> change,
        CancellationToken cancellation
    )
    {
        await Labels.LoadAsync(cancellation);
        var isDone = await WriteAsync(
            (connection, transaction) =>
                Task.FromResult(
                    ImportUndo.FindPresent(connection, transaction, id) is { } present
                        && Labels.For(account)[present.Label]
                        && change(new Restrictions(this, connection, transaction), present)
                        && Logged(connection, transaction, account, present, done)
                ),
            cancellation
        );
        await Labels.LoadAsync(cancellation);
        return isDone;
    }

    private bool Logged(
        DbConnection connection,
        DbTransaction transaction,
        Viewer account,
        Present present,
        (string What, string Reason) done
    )
    {
        Audit.AppendIn(
            connection,
            transaction,
            AuditEntry.By(
                account,
                Operation.Alteration,
                done.What,
                [new(present.Id, present.Version)],
                new(done.Reason)
            )
        );
        return true;
    }
}
