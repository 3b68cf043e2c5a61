using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>What became of a judgement that was proposed. Stored: the numbers only grow.</summary>
public enum ProposalState
{
    Waits = 1,
    Confirmed = 2,
    Objected = 3,
    TakenBack = 4,
}

/// <summary>Written in the transaction of a judgement or a proposal, with its number.</summary>
public delegate Task Alongside(DbConnection connection, DbTransaction transaction, long number);

/// <summary>
/// Judgements that wait for a second person of the proposer's organisation. They are label-bound as judgements are, and what
/// they say goes when one of their records is erased.
/// </summary>
public sealed partial class Reading
{
    /// <summary>So many are listed, the newest.</summary>
    public const int MaxProposals = 5_000;

    public sealed record Proposal(
        long Id,
        RecordId Left,
        RecordId Right,
        Verdict Verdict,
        string By,
        DateTimeOffset At,
        string Reason,
        ProposalState State,
        string ClosedBy,
        DateTimeOffset? ClosedAt,
        string ClosedReason
    );

    private const string InsertProposal = """
        insert into proposed_judgement (id, left_id, right_id, verdict, label_id, proposed_by, organisation, proposed_at,
            reason, state)
        values (@id, @left, @right, @Verdict, @labelId, @DecidedBy, @Organisation, @now, @Reason, @waits)
        """;

    /// <summary>
    /// Those of the viewer's organisation on records that he sees both, the newest first. Nothing of a record is handed out.
    /// </summary>
    /// <param name="state">Only those that stand so; null is all.</param>
    public async Task<IReadOnlyList<Proposal>> ProposalsAsync(ProposalState? state, CancellationToken cancellation)
    {
        var found = new List<Proposal>();
        await using var sight = await LookAsync(cancellation);
        using var row = sight.Read(
            $"""
            select p.id, p.left_id, p.right_id, p.verdict, p.proposed_by, p.proposed_at, p.reason, p.state, p.closed_by,
                p.closed_at, p.closed_reason
            from proposed_judgement p
            where {sight.Visible("p")} and p.organisation = $2 and (p.state = $3 or $3 = 0)
                and exists (select 1 from record r where r.id = p.left_id and {sight.Visible("r")})
                and exists (select 1 from record r where r.id = p.right_id and {sight.Visible("r")})
            order by p.id desc limit $4
            """,
            viewer.Organisation,
            (long)(state ?? 0),
            (long)MaxProposals
        );
        while (row.Read())
            found.Add(
                new(
                    row.GetInt64(0),
                    RecordId.FromBytes(row.GetFieldValue<byte[]>(1)),
                    RecordId.FromBytes(row.GetFieldValue<byte[]>(2)),
                    (Verdict)row.GetInt64(3),
                    row.GetString(4),
                    Times.Read(row.GetString(5)),
                    row.GetString(6),
                    (ProposalState)row.GetInt64(7),
                    row.IsDBNull(8) ? "" : row.GetString(8),
                    row.IsDBNull(9) ? null : Times.Read(row.GetString(9)),
                    row.IsDBNull(10) ? "" : row.GetString(10)
                )
            );
        return found;
    }

    /// <summary>
    /// Lets a judgement wait for a second person. Null when the viewer does not see both records; the one that waits already
    /// where his organisation has one on the two.
    /// </summary>
    public async Task<long?> ProposeAsync(JudgementMade made, Alongside? alongside, CancellationToken cancellation)
    {
        if (await BothAsync(made, cancellation) is not var (one, other))
            return null;
        var labelId = await store.Labels.InternAsync(Label.Meet(one.Record.Label, other.Record.Label), cancellation);
        return await store.WriteAsync(
            async (connection, transaction) =>
            {
                var now = store.Time.GetUtcNow();
                var microseconds = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
                var (left, right) = Judgement.Ordered(made.Left, made.Right);
                var next = await connection.ExecuteScalarAsync<long>(
                    "select coalesce(max(id) + 1, 0) from proposed_judgement",
                    null,
                    transaction
                );
                var row = new
                {
                    id = Math.Max(microseconds, next),
                    left = left.ToBytes(),
                    right = right.ToBytes(),
                    made.Verdict,
                    labelId = (long)labelId,
                    made.DecidedBy,
                    viewer.Organisation,
                    now = Times.Text(now),
                    made.Reason,
                    waits = (long)ProposalState.Waits,
                };
                var waiting = await connection.ExecuteScalarAsync<long?>(
                    """
                    select max(id) from proposed_judgement where organisation = @Organisation and state = @waits
                        and left_id = @left and right_id = @right
                    """,
                    row,
                    transaction
                );
                if (waiting is { } already)
                    return already;
                await connection.ExecuteAsync(InsertProposal, row, transaction);
                if (alongside is not null)
                    await alongside(connection, transaction, row.id);
                LogIn(connection, transaction, (one, other), $"proposed {made.Verdict}");
                return row.id;
            },
            cancellation
        );
    }

    /// <summary>
    /// Ends a proposal that waits; a confirmed one becomes the judgement of whoever proposed it, and its reason says who
    /// confirmed it. False when the viewer sees no such proposal that waits.
    /// </summary>
    public async Task<bool> CloseAsync(
        long id,
        ProposalState state,
        string reason,
        Alongside? alongside,
        CancellationToken cancellation
    )
    {
        var waiting = await ProposalsAsync(ProposalState.Waits, cancellation);
        if (waiting.FirstOrDefault(p => p.Id == id) is not { } proposal)
            return false;
        var why = $"{proposal.Reason} (confirmed by {viewer.Name}: {reason})";
        var made = new JudgementMade(
            proposal.Left,
            proposal.Right,
            proposal.Verdict,
            Authority.Person,
            proposal.By,
            null,
            why
        );
        if (await BothAsync(made, cancellation) is not var (one, other))
            return false;
        var labelId = await store.Labels.InternAsync(Label.Meet(one.Record.Label, other.Record.Label), cancellation);
        return await store.WriteAsync(
            async (connection, transaction) =>
            {
                var closed = await connection.ExecuteAsync(
                    """
                    update proposed_judgement set state = @state, closed_by = @Name, closed_at = @now,
                        closed_reason = @reason
                    where id = @id and state = @waits
                    """,
                    new
                    {
                        id,
                        state = (long)state,
                        viewer.Name,
                        now = Times.Text(store.Time.GetUtcNow()),
                        reason,
                        waits = (long)ProposalState.Waits,
                    },
                    transaction
                );
                // Somebody else was quicker.
                if (closed == 0)
                    return false;
                if (state == ProposalState.Confirmed)
                    await WriteJudgementAsync(connection, transaction, made, labelId, (one, other));
                else
                    LogIn(connection, transaction, (one, other), $"proposal {state}");
                if (alongside is not null)
                    await alongside(connection, transaction, id);
                return true;
            },
            cancellation
        );
    }

    private void LogIn(DbConnection connection, DbTransaction transaction, (Stored One, Stored Other) on, string what)
    {
        RecordVersion[] versions =
        [
            new(on.One.Record.Id, on.One.Record.Version),
            new(on.Other.Record.Id, on.Other.Record.Version),
        ];
        store.Audit.AppendIn(
            connection,
            transaction,
            AuditEntry.By(viewer, Operation.Combination, what, versions, justification)
        );
    }
}
