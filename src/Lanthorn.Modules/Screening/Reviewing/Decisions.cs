using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>What somebody had to do with a judgement. The numbers are stored.</summary>
internal enum Part
{
    Decided = 1,

    /// <summary>Another proposed it.</summary>
    Confirmed = 2,
    Objected = 3,
}

/// <summary>
/// Who judged which two records, and which score stood before him: what a history and the statistics are made of. What was
/// said stands with the judgement or the proposal, which are read as everything else is.
/// </summary>
internal sealed class Decisions(Store store)
{
    /// <param name="Judgement">Sequence of the judgement that it made; null where it waits or waited.</param>
    internal sealed record Decision(
        long Id,
        string Account,
        PairId Pair,
        Verdict Verdict,
        Part Part,
        double? Score,
        long? Judgement,
        long? Proposal,
        DateTimeOffset At,
        DateTimeOffset? UndoneAt
    );

    /// <summary>A decision on its way in.</summary>
    internal sealed record Made(PairId Pair, Verdict Verdict, Part Part, double? Score, bool InQueue);

    private sealed class Row
    {
        public required long Id { get; init; }
        public required string Account { get; init; }
        public required byte[] LeftId { get; init; }
        public required byte[] RightId { get; init; }
        public required long Verdict { get; init; }
        public required long Part { get; init; }
        public double? Score { get; init; }
        public long? Judgement { get; init; }
        public long? Proposal { get; init; }
        public required string DecidedAt { get; init; }
        public string? UndoneAt { get; init; }

        public Decision ToDecision() =>
            new(
                Id,
                Account,
                new(RecordId.FromBytes(LeftId), RecordId.FromBytes(RightId)),
                (Verdict)Verdict,
                (Part)Part,
                Score,
                Judgement,
                Proposal,
                Times.Read(DecidedAt),
                UndoneAt is null ? null : Times.Read(UndoneAt)
            );
    }

    private const string Columns = """
        id as Id, account as Account, left_id as LeftId, right_id as RightId, verdict as Verdict, part as Part,
        score as Score, judgement as Judgement, proposal as Proposal, decided_at as DecidedAt, undone_at as UndoneAt
        """;

    /// <summary>Writes it in the transaction of its judgement.</summary>
    public Alongside WithJudgement(Work work, Made made) => (c, t, number) => AddIn(c, t, work, made, number, null);

    /// <summary>Writes it in the transaction of its proposal.</summary>
    public Alongside WithProposal(Work work, Made made) => (c, t, number) => AddIn(c, t, work, made, null, number);

    /// <summary>Notes in the transaction that takes it back that it was.</summary>
    public Alongside Undoing(Decision decision) =>
        (connection, transaction, _) =>
            connection.ExecuteAsync(
                "update screening_decision set undone_at = @now where id = @Id",
                new { decision.Id, now = Times.Text(store.Time.GetUtcNow()) },
                transaction
            );

    /// <summary>The last that the account decided in the queue and has not taken back; null where there is none.</summary>
    public async Task<Decision?> LastAsync(Work work, CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<Row>(
                    $"""
                    select {Columns} from screening_decision
                    where account = @Name and in_queue = 1 and part = 1 and undone_at is null
                    order by id desc limit 1
                    """,
                    new { work.Viewer.Name }
                ),
            cancellation
        );
        return rows.SingleOrDefault()?.ToDecision();
    }

    /// <summary>Of the viewer's organisation, the newest first; whether he sees their records is for the caller to ask.</summary>
    public async Task<IReadOnlyList<Decision>> ListAsync(
        Work work,
        int offset,
        int limit,
        CancellationToken cancellation
    )
    {
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<Row>(
                    $"""
                    select {Columns} from screening_decision where organisation = @Organisation
                    order by id desc limit @limit offset @offset
                    """,
                    new
                    {
                        work.Viewer.Organisation,
                        limit,
                        offset,
                    }
                ),
            cancellation
        );
        return [.. rows.Select(r => r.ToDecision())];
    }

    private async Task AddIn(
        DbConnection connection,
        DbTransaction transaction,
        Work work,
        Made made,
        long? judgement,
        long? proposal
    )
    {
        var now = store.Time.GetUtcNow();
        var microseconds = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        const string next = "select coalesce(max(id) + 1, 0) from screening_decision";
        var id = Math.Max(microseconds, await connection.ExecuteScalarAsync<long>(next, null, transaction));
        await connection.ExecuteAsync(
            """
            insert into screening_decision (id, account, organisation, left_id, right_id, verdict, part, in_queue, score,
                judgement, proposal, decided_at)
            values (@id, @Name, @Organisation, @left, @right, @verdict, @part, @inQueue, @Score, @judgement, @proposal, @now)
            """,
            new
            {
                id,
                work.Viewer.Name,
                work.Viewer.Organisation,
                left = made.Pair.Left.ToBytes(),
                right = made.Pair.Right.ToBytes(),
                verdict = (long)made.Verdict,
                part = (long)made.Part,
                inQueue = made.InQueue ? 1L : 0L,
                made.Score,
                judgement,
                proposal,
                now = Times.Text(now),
            },
            transaction
        );
    }
}
