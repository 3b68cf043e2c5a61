using Dapper;
using Lanthorn.Knowledge;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>A judgement on its way in.</summary>
public sealed record JudgementMade(
    RecordId Left,
    RecordId Right,
    Verdict Verdict,
    Authority Authority,
    string DecidedBy,
    double? Score,
    string Reason
);

/// <summary>Writes judgements.</summary>
public sealed partial class Reading
{
    // A count would tell how many judgements of others there are; the microseconds of the moment do not.
    private const string InsertJudgement = """
        insert into judgement (sequence, left_id, right_id, verdict, authority, decided_by, score, decided_at, reason,
            label_id)
        select max(@microseconds, coalesce((select max(sequence) + 1 from judgement), 0)), @left, @right, @Verdict,
            @Authority, @DecidedBy, @Score, @now, @Reason, @labelId
        """;

    /// <summary>
    /// Adds a judgement on two records that the viewer sees; its label is the meet of theirs. False when he does not see both:
    /// for him there is nothing to judge.
    /// </summary>
    public async Task<bool> JudgeAsync(JudgementMade made, CancellationToken cancellation)
    {
        List<Stored> both;
        await using (var sight = await LookAsync(cancellation))
            both = sight.ByIds([made.Left, made.Right]);
        if (both is not [var one, var other])
            return false;
        var label = Label.Meet(one.Record.Label, other.Record.Label);
        var labelId = await store.Labels.InternAsync(label, cancellation);
        await store.WriteAsync((c, t) => WriteJudgementAsync(c, t, made, labelId, (one, other)), cancellation);
        return true;
    }

    private async Task WriteJudgementAsync(
        SqliteConnection connection,
        SqliteTransaction transaction,
        JudgementMade made,
        ushort labelId,
        (Stored One, Stored Other) on
    )
    {
        var now = store.Time.GetUtcNow();
        var (left, right) = Judgement.Ordered(made.Left, made.Right);
        var row = new
        {
            microseconds = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
            left = left.ToBytes(),
            right = right.ToBytes(),
            made.Verdict,
            made.Authority,
            made.DecidedBy,
            made.Score,
            now = Times.Text(now),
            made.Reason,
            labelId = (long)labelId,
        };
        await connection.ExecuteAsync(InsertJudgement, row, transaction);
        ChangeFeed.WriteIn(connection, transaction, ChangeKind.Judged, [on.One.Ordinal, on.Other.Ordinal]);
        RecordVersion[] versions =
        [
            new(on.One.Record.Id, on.One.Record.Version),
            new(on.Other.Record.Id, on.Other.Record.Version),
        ];
        store.Audit.AppendIn(
            connection,
            transaction,
            AuditEntry.By(viewer, Operation.Combination, $"judged {made.Verdict}", versions, justification)
        );
    }
}
