using System.Data.Common;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Gathers what an entity is built from.</summary>
public sealed partial class Reading
{
    /// <summary>
    /// Reads outward from the starting records until no visible judgement leads further, then assembles each entity; by the
    /// starting record's ordinal.
    /// </summary>
    /// <param name="supposed">A judgement that nobody has made: what would be, if somebody did.</param>
    private static Dictionary<int, Entity> Assemble(
        Sight sight,
        IReadOnlyList<Stored> starts,
        Judgement? supposed = null
    )
    {
        var records = starts.ToDictionary(s => s.Record.Id, s => s.Record);
        var judgements = new Dictionary<RecordId, List<Judgement>>();
        var sequences = new HashSet<long>();
        if (supposed is not null)
        {
            AddTo(judgements, supposed.Left, supposed);
            AddTo(judgements, supposed.Right, supposed);
        }
        var most = starts.Count * (EntityAssembly.MaxMembers + 1);
        for (IReadOnlyList<RecordId> open = [.. records.Keys]; open.Count > 0 && records.Count <= most; )
        {
            var found = JudgementsOn(sight, open);
            foreach (var judgement in found.Where(j => sequences.Add(j.Sequence)))
            {
                AddTo(judgements, judgement.Left, judgement);
                AddTo(judgements, judgement.Right, judgement);
            }
            var next = sight.ByIds(Ends(found).Where(id => !records.ContainsKey(id)));
            foreach (var (_, record) in next)
                records[record.Id] = record;
            open = [.. next.Select(n => n.Record.Id)];
        }
        return starts.ToDictionary(
            s => s.Ordinal,
            s =>
                EntityAssembly.Build(
                    s.Record,
                    id => records.GetValueOrDefault(id),
                    id => judgements.GetValueOrDefault(id) ?? []
                )
        );
    }

    private static IEnumerable<RecordId> Ends(IEnumerable<Judgement> judgements) =>
        judgements.SelectMany(j => new[] { j.Left, j.Right }).Distinct();

    private static void AddTo(Dictionary<RecordId, List<Judgement>> judgements, RecordId id, Judgement judgement)
    {
        if (!judgements.TryGetValue(id, out var list))
            judgements[id] = list = [];
        list.Add(judgement);
    }

    private static List<Judgement> JudgementsOn(Sight sight, IEnumerable<RecordId> ids)
    {
        const int mostInList = 500;
        var found = new List<Judgement>();
        foreach (var some in ids.Chunk(mostInList))
        {
            using var row = sight.Read(
                $"""
                select {JudgementColumns}
                from judgement j where {sight.Visible("j")}
                    and ({sight.Dialect.IsOneOfIds("left_id", "$2")} or {sight.Dialect.IsOneOfIds("right_id", "$2")})
                """,
                sight.Dialect.List(some)
            );
            while (row.Read())
                found.Add(JudgementOf(sight, row));
        }
        return found;
    }

    /// <summary>The columns of a judgement in the order in which <see cref="JudgementOf"/> reads them.</summary>
    private const string JudgementColumns =
        "sequence, left_id, right_id, verdict, authority, decided_by, score, decided_at, reason, label_id";

    private static Judgement JudgementOf(Sight sight, DbDataReader row) =>
        new()
        {
            Sequence = row.GetInt64(0),
            Left = RecordId.FromBytes(row.GetFieldValue<byte[]>(1)),
            Right = RecordId.FromBytes(row.GetFieldValue<byte[]>(2)),
            Verdict = (Verdict)row.GetInt32(3),
            Authority = (Authority)row.GetInt32(4),
            DecidedBy = row.GetString(5),
            Score = row.IsDBNull(6) ? null : row.GetDouble(6),
            DecidedAt = Times.Read(row.GetString(7)),
            Reason = row.GetString(8),
            Label = sight.Label(row, 9),
        };
}
