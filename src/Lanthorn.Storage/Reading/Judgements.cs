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

    /// <summary>Adds many at once; those on records that the viewer does not see are left out.</summary>
    /// <returns>How many were added.</returns>
    public async Task<int> JudgeAllAsync(IReadOnlyList<JudgementMade> made, CancellationToken cancellation)
    {
        var written = new List<(JudgementMade Made, ushort Label, (Stored One, Stored Other) On)>();
        var seen = new Dictionary<RecordId, Stored>();
        await using (var sight = await LookAsync(cancellation))
            foreach (var stored in sight.ByIds(made.SelectMany(m => new[] { m.Left, m.Right }).Distinct()))
                seen[stored.Record.Id] = stored;
        foreach (var one in made)
            if (seen.TryGetValue(one.Left, out var left) && seen.TryGetValue(one.Right, out var right))
            {
                var label = Label.Meet(left.Record.Label, right.Record.Label);
                written.Add((one, await store.Labels.InternAsync(label, cancellation), (left, right)));
            }
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                foreach (var (one, label, on) in written)
                    await WriteJudgementAsync(connection, transaction, one, label, on);
            },
            cancellation
        );
        return written.Count;
    }

    /// <summary>So many are listed, those of the lowest score first.</summary>
    public const int MaxEngineJoins = 500;

    /// <summary>So many judgements are looked through for them.</summary>
    private const int MaxEngineJoinsRead = 20 * MaxEngineJoins;

    /// <summary>Two records that a program says are the same and nobody has said anything else of.</summary>
    public sealed record EngineJoin(Judgement Judged, Record Left, Record Right);

    /// <summary>What programs joined, as far as the viewer sees it and no person has judged the two; the least sure first.</summary>
    public async Task<IReadOnlyList<EngineJoin>> EngineJoinsAsync(string what, CancellationToken cancellation)
    {
        var joins = new List<EngineJoin>();
        await using (var sight = await LookAsync(cancellation))
        {
            // Until enough of them count: those that a person overruled, or of which a record is not seen, take no place.
            for (var from = 0; from < MaxEngineJoinsRead && joins.Count < MaxEngineJoins; from += MaxEngineJoins)
            {
                var some = SaidSame(sight, from);
                joins.AddRange(Counting(sight, some));
                if (some.Count < MaxEngineJoins)
                    break;
            }
        }
        joins = [.. joins.Take(MaxEngineJoins)];
        if (joins.Count > 0)
            await LogAsync(
                Operation.Consultation,
                what,
                [.. joins.SelectMany(j => new[] { j.Left, j.Right }).DistinctBy(r => r.Id)],
                null,
                cancellation
            );
        return joins;
    }

    private static List<Judgement> SaidSame(Sight sight, int from)
    {
        var said = new List<Judgement>();
        using var row = sight.Read(
            $"""
            select {JudgementColumns} from judgement j
            where {sight.Visible("j")} and authority = $2 and verdict = $3
            order by score, left_id, right_id, sequence limit $4 offset $5
            """,
            (long)Authority.Engine,
            (long)Verdict.Same,
            (long)MaxEngineJoins,
            (long)from
        );
        while (row.Read())
            said.Add(JudgementOf(sight, row));
        return said;
    }

    /// <summary>Those of them that are the last word on their pair.</summary>
    private static IEnumerable<EngineJoin> Counting(Sight sight, List<Judgement> said)
    {
        var ends = Ends(said).ToList();
        var records = sight.ByIds(ends).ToDictionary(s => s.Record.Id, s => s.Record);
        var last = EntityAssembly
            .Effective(JudgementsOn(sight, ends).DistinctBy(j => j.Sequence))
            .Select(j => j.Sequence)
            .ToHashSet();
        return said.Where(j => last.Contains(j.Sequence) && records.ContainsKey(j.Left) && records.ContainsKey(j.Right))
            .Select(j => new EngineJoin(j, records[j.Left], records[j.Right]));
    }

    /// <summary>
    /// What programs say of these records and others that the viewer sees, the same or different, where nobody else has said
    /// anything.
    /// </summary>
    public async Task<IReadOnlyList<EngineJoin>> EngineSaidOfAsync(
        IReadOnlyCollection<int> ordinals,
        CancellationToken cancellation
    )
    {
        await using var sight = await LookAsync(cancellation);
        var said = EntityAssembly
            .Effective(
                JudgementsOn(sight, sight.ByOrdinals(ordinals).Select(s => s.Record.Id)).DistinctBy(j => j.Sequence)
            )
            .Where(j => j.Authority == Authority.Engine)
            .ToList();
        var records = sight.ByIds(Ends(said)).ToDictionary(s => s.Record.Id, s => s.Record);
        return
        [
            .. said.Where(j => records.ContainsKey(j.Left) && records.ContainsKey(j.Right))
                .Select(j => new EngineJoin(j, records[j.Left], records[j.Right])),
        ];
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
