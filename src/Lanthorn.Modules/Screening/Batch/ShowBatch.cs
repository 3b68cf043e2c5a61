using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Screening.Learning;
using Lanthorn.Storage;
using Lanthorn.Web;

namespace Lanthorn.Screening.Batch;

/// <summary>
/// The report of a screening as its reader may see it now: who is hidden, erased or protected by now is not in it, and what
/// the others are is read anew.
/// </summary>
internal sealed class ShowBatch(Store store, Scorers scorers)
{
    /// <param name="Score">As it is now, with its reasons.</param>
    internal sealed record Found(BatchHit Hit, Entity Entity, Score Score);

    /// <param name="Total">Hits that the reader sees and that have the words.</param>
    internal sealed record Page(IReadOnlyList<Found> Found, int Total, int RowsWithHits);

    /// <summary>By what the file says and the score; the others are not known before they are read.</summary>
    public static readonly IReadOnlyList<Column<BatchHit>> Known =
    [
        new("line", "Row", h => $"{h.Row.Line}") { Number = h => h.Row.Line },
        new("reference", "Reference", h => h.Row.Reference),
        new("asked", "Looked for", h => h.Row.Asked),
        new("score", "Score", h => $"{h.Score:0.00}") { Number = h => h.Score },
    ];

    public async Task<Page> PageAsync(
        Work work,
        BatchRun run,
        TableView view,
        int pageSize,
        CancellationToken cancellation
    )
    {
        var visible = await VisibleAsync(work, run, cancellation);
        var kept = view.Of(visible, Known);
        var page = kept.Skip(view.Page * pageSize).Take(pageSize).ToList();
        return new(
            await ReadAsync(work, run, page, "report of a screening", cancellation),
            kept.Count,
            visible.Select(h => h.Row.Line).Distinct().Count()
        );
    }

    /// <summary>Everything that has the words, for a file.</summary>
    public async Task<IReadOnlyList<Found>> AllAsync(
        Work work,
        BatchRun run,
        TableView view,
        CancellationToken cancellation
    ) =>
        await ReadAsync(
            work,
            run,
            view.Of(await VisibleAsync(work, run, cancellation), Known),
            "report of a screening as a file",
            cancellation
        );

    private async Task<List<BatchHit>> VisibleAsync(Work work, BatchRun run, CancellationToken cancellation)
    {
        var reading = work.On(store);
        var visible = new HashSet<RecordId>();
        foreach (var some in run.Hits.Select(h => h.Record).Distinct().Chunk(Reading.MaxEnds))
        foreach (var (record, change) in await reading.LastChangesAsync(some, cancellation))
            if (SubjectCategories.MayBeCrossChecked(change.Category))
                visible.Add(record);
        return [.. run.Hits.Where(h => visible.Contains(h.Record))];
    }

    private async Task<IReadOnlyList<Found>> ReadAsync(
        Work work,
        BatchRun run,
        IReadOnlyList<BatchHit> hits,
        string what,
        CancellationToken cancellation
    )
    {
        var reading = work.On(store);
        var settings = await scorers.SettingsAsync(work, run.ScoredBy, null, cancellation);
        var found = new List<Found>();
        foreach (var some in hits.Chunk(Reading.MaxEnds))
        {
            var ids = some.Select(h => h.Record).Distinct().ToList();
            var entities = await reading.EntitiesByIdsAsync(ids, what, cancellation);
            foreach (var hit in some)
                if (entities.TryGetValue(hit.Record, out var entity))
                    found.Add(new(hit, entity, Compare(run, hit, entity, settings)));
        }
        return found;
    }

    private static Score Compare(BatchRun run, BatchHit hit, Entity entity, ScoreSettings settings) =>
        Scorer.Compare(
            PreparedSubject.Prepare(run.Request.Schema, hit.Row.Query.Properties),
            PreparedSubject.Prepare(entity.Schema, entity.Properties),
            settings
        );
}
