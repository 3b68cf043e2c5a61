using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>What people judged, for whoever learns from it.</summary>
public sealed partial class Reading
{
    /// <summary>So many judgements are looked at, the newest first.</summary>
    private const int MaxJudged = 20_000;

    /// <summary>
    /// What people judged the same or different and counts now, the newest first: of pairs of which the viewer sees both
    /// records and that may be cross-checked. Nothing that a record says is handed out.
    /// </summary>
    public async Task<IReadOnlyList<Judgement>> JudgedByPeopleAsync(int most, CancellationToken cancellation)
    {
        await using var sight = await LookAsync(cancellation);
        var all = new List<Judgement>();
        using (
            var row = sight.Read(
                $"""
                select {JudgementColumns} from judgement j
                where {sight.Visible("j")} and authority = $2 order by sequence desc limit $3
                """,
                (long)Authority.Person,
                (long)MaxJudged
            )
        )
            while (row.Read())
                all.Add(JudgementOf(sight, row));
        var counting = EntityAssembly
            .Effective(all)
            .Where(j => j.Verdict is Verdict.Same or Verdict.Different)
            .OrderByDescending(j => j.Sequence)
            .ToList();
        var seen = new HashSet<RecordId>();
        foreach (var some in Ends(counting).Chunk(MaxEnds))
            seen.UnionWith(
                sight
                    .ByIds(some)
                    .Where(s => SubjectCategories.MayBeCrossChecked(s.Record.Category))
                    .Select(s => s.Record.Id)
            );
        return [.. counting.Where(j => seen.Contains(j.Left) && seen.Contains(j.Right)).Take(most)];
    }
}
