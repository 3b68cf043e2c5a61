using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight;

/// <summary>The fundamental-rights officer stops something, and lifts that again; both officers read what is stopped.</summary>
internal sealed class PlaceHold(Store store)
{
    /// <summary>So many are listed, those that stand first.</summary>
    public const int MaxListed = 1_000;

    internal sealed record Request(string? Kind, string? Subject, string? Reason);

    internal sealed record Placed(string Reference);

    internal sealed record Line(
        string Reference,
        SubjectKind Kind,
        string Subject,
        string Reason,
        string PlacedBy,
        DateTimeOffset PlacedAt,
        string? LiftedBy,
        DateTimeOffset? LiftedAt,
        string? LiftedReason
    );

    private sealed record Row(
        string Reference,
        long Kind,
        string Subject,
        string Reason,
        string PlacedBy,
        string PlacedAt,
        string? LiftedBy,
        string? LiftedAt,
        string? LiftedReason
    );

    private const string Insert = """
        insert into gov_hold (reference, kind, subject, reason, placed_by, placed_at)
        values (@reference, @kind, @subject, @reason, @by, @now)
        """;

    private const string Update = """
        update gov_hold set lifted_by = @by, lifted_at = @now, lifted_reason = @reason
        where reference = @reference and lifted_at is null
        """;

    /// <exception cref="RefusedException">Another role, or something is missing.</exception>
    public async Task<Placed> HandleAsync(Work work, Request request, CancellationToken cancellation)
    {
        Officers.NeedFundamentalRights(work);
        var kind = Written.Choice<SubjectKind>("kind", request.Kind);
        var row = new
        {
            reference = Officers.Draw('H'),
            kind = (long)kind,
            subject = SubjectNames.Of(kind, Written.Need("subject", request.Subject)),
            reason = Written.Need("reason", request.Reason, Written.MaxReason),
            by = work.Viewer.Name,
            now = Times.Text(store.Time.GetUtcNow()),
        };
        var what = $"hold {row.reference} placed on {Written.Word(kind)} {row.subject}";
        await WriteAsync(work, Insert, row, what, cancellation);
        return new(row.reference);
    }

    /// <exception cref="RefusedException">There is no such hold, or it was lifted.</exception>
    public Task LiftAsync(Work work, string reference, string? reason, CancellationToken cancellation)
    {
        Officers.NeedFundamentalRights(work);
        var row = new
        {
            reference,
            reason = Written.Need("reason", reason, Written.MaxReason),
            by = work.Viewer.Name,
            now = Times.Text(store.Time.GetUtcNow()),
        };
        return WriteAsync(work, Update, row, $"hold {reference} lifted", cancellation);
    }

    public async Task<IReadOnlyList<Line>> ListAsync(Work work, CancellationToken cancellation)
    {
        Officers.Need(work, Officers.Both);
        const string select = """
            select reference as Reference, kind as Kind, subject as Subject, reason as Reason, placed_by as PlacedBy,
                placed_at as PlacedAt, lifted_by as LiftedBy, lifted_at as LiftedAt, lifted_reason as LiftedReason
            from gov_hold order by case when lifted_at is null then 0 else 1 end, placed_at desc, reference limit @most
            """;
        var rows = await store.ReadOwnAsync(
            connection => connection.QueryAsync<Row>(select, new { most = MaxListed }),
            cancellation
        );
        await work.On(store).LogOwnAsync(Operation.Consultation, "holds listed", cancellation);
        return
        [
            .. rows.Select(r => new Line(
                r.Reference,
                (SubjectKind)r.Kind,
                r.Subject,
                r.Reason,
                r.PlacedBy,
                Times.Read(r.PlacedAt),
                r.LiftedBy,
                r.LiftedAt is null ? null : Times.Read(r.LiftedAt),
                r.LiftedReason
            )),
        ];
    }

    private Task WriteAsync(Work work, string sql, object row, string what, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await connection.ExecuteAsync(sql, row, transaction) == 0)
                    throw new RefusedException(
                        new("hold-unchanged", 409, "There is no such hold, or it was lifted", "Look at the list")
                    );
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    AuditEntry.By(work.Viewer, Operation.Alteration, what, [], new(work.Justification, work.Case))
                );
            },
            cancellation
        );
}
