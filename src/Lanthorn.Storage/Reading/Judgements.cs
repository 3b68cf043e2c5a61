using System.Data.Common;
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
    // A count would tell how many judgements of others there are; the microseconds of the moment do not.
    private const string NextSequence = "select coalesce(max(sequence) + 1, 0) from judgement";

    private const string InsertJudgement = """
        insert into judgement (sequence, left_id, right_id, verdict, authority, decided_by, score, decided_at, reason,
            label_id)
        values (@sequence, @left, @right, @Verdict, @Authority, @DecidedBy, @Score, @now, @Reason, @labelId)
        """;

    /// <summary>
    /// Adds a judgement on two records that the viewer sees; its label is the meet of theirs. False when he does not see both:
    /// for him there is nothing to judge.
    /// </summary>
    public Task<bool> JudgeAsync(JudgementMade made, CancellationToken cancellation) =>
        JudgeAsync(made, alongside: null, cancellation);

    /// <inheritdoc cref="JudgeAsync(JudgementMade, CancellationToken)"/>
    /// <param name="alongside">Written with it, or not at all; it is given the judgement's sequence.</param>
    public async Task<bool> JudgeAsync(JudgementMade made, Alongside? alongside, CancellationToken cancellation)
    {
        if (await BothAsync(made, cancellation) is not var (one, other))
            return false;
        var label = Label.Meet(one.Record.Label, other.Record.Label);
        var labelId = await store.Labels.InternAsync(label, cancellation);
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var sequence = await WriteJudgementAsync(connection, transaction, made, labelId, (one, other));
                if (alongside is not null)
                    await alongside(connection, transaction, sequence);
            },
            cancellation
        );
        return true;
    }

    /// <summary>Both records, where the viewer sees them.</summary>
    private async Task<(Stored One, Stored Other)?> BothAsync(JudgementMade made, CancellationToken cancellation)
    {
        await using var sight = await LookAsync(cancellation);
        return sight.ByIds([made.Left, made.Right]) is [var one, var other] ? (one, other) : null;
    }

    /// <returns>Its sequence.</returns>
    private async Task<long> WriteJudgementAsync(
        DbConnection connection,
        DbTransaction transaction,
        JudgementMade made,
        ushort labelId,
        (Stored One, Stored Other) on
    )
    {
        var now = store.Time.GetUtcNow();
        var (left, right) = Judgement.Ordered(made.Left, made.Right);
        var microseconds = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var next = await connection.ExecuteScalarAsync<long>(NextSequence, null, transaction);
        var row = new
        {
            sequence = Math.Max(microseconds, next),
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
        LogIn(connection, transaction, on, $"judged {made.Verdict}");
        return row.sequence;
    }
}
