using Dapper;
using Lanthorn.Knowledge;

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
    /// <summary>
    /// Adds a judgement on two records that the viewer sees; its label is the meet of theirs. False when he does not see both:
    /// for him there is nothing to judge.
    /// </summary>
    public async Task<bool> JudgeAsync(JudgementMade made, CancellationToken cancellation)
    {
        await using var connection = await store.OpenReaderAsync(cancellation);
        if (await ByIdsAsync(connection, [made.Left, made.Right]) is not [var one, var other])
            return false;
        var label = Label.Meet(one.Record.Label, other.Record.Label);
        var labelId = await store.Labels.InternAsync(label, cancellation);
        var (left, right) = Judgement.Ordered(made.Left, made.Right);
        await store.WriteAsync(
            async (writer, transaction) =>
            {
                await writer.ExecuteAsync(
                    """
                    insert into judgement (left_id, right_id, verdict, authority, decided_by, score, decided_at, reason, label_id)
                    values (@left, @right, @Verdict, @Authority, @DecidedBy, @Score, @now, @Reason, @labelId)
                    """,
                    new
                    {
                        left = left.ToBytes(),
                        right = right.ToBytes(),
                        made.Verdict,
                        made.Authority,
                        made.DecidedBy,
                        made.Score,
                        now = Times.Text(store.Time.GetUtcNow()),
                        made.Reason,
                        labelId = (long)labelId,
                    },
                    transaction
                );
                foreach (var ordinal in new[] { one.Ordinal, other.Ordinal })
                    await writer.ExecuteAsync(
                        "insert into change (kind, ordinal) values ('judgement', @ordinal)",
                        new { ordinal },
                        transaction
                    );
                RecordVersion[] versions =
                [
                    new(one.Record.Id, one.Record.Version),
                    new(other.Record.Id, other.Record.Version),
                ];
                store.Audit.AppendIn(
                    writer,
                    transaction,
                    AuditEntry.By(viewer, Operation.Combination, $"judged {made.Verdict}", versions, justification)
                );
            },
            cancellation
        );
        return true;
    }
}
