using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Screening.Reviewing;
using Lanthorn.Storage;
using static Lanthorn.Web.Words;

namespace Lanthorn.Screening.Bulk;

/// <summary>What an act would do to each of the chosen entities, before anything is done.</summary>
internal sealed class PreviewBulk(Store store, Bookmarks bookmarks, MakeJudgement judging)
{
    private const string What = "preview of something done with many";

    /// <param name="Will">What would happen to it, or why nothing would.</param>
    /// <param name="Changes">False when it stays as it is.</param>
    internal sealed record Line(Entity Entity, RecordId Record, string Will, bool Changes);

    /// <param name="Lines">The entities in the order in which they were chosen; what the viewer does not see is absent.</param>
    internal sealed record Answer(BulkAct Act, IReadOnlyList<Line> Lines)
    {
        public int Changing => Lines.Count(l => l.Changes);
    }

    public async Task<Answer> HandleAsync(Work work, Selection selection, CancellationToken cancellation)
    {
        var reading = work.On(store);
        var seen = await reading.EntitiesByIdsAsync(selection.Records, What, cancellation);
        List<(Entity Entity, RecordId Record)> chosen =
        [
            .. selection
                .Records.Where(seen.ContainsKey)
                .Select(r => (Entity: seen[r], Record: r))
                .DistinctBy(c => c.Entity.Id),
        ];
        return new(
            selection.Act,
            selection.Act switch
            {
                BulkAct.Bookmark => await BookmarkedAsync(work, chosen, cancellation),
                BulkAct.Annotate =>
                [
                    .. chosen.Select(c => new Line(c.Entity, c.Record, T("the text is written about it"), true)),
                ],
                _ => await JoinedAsync(work, chosen, cancellation),
            }
        );
    }

    private async Task<IReadOnlyList<Line>> BookmarkedAsync(
        Work work,
        IEnumerable<(Entity Entity, RecordId Record)> chosen,
        CancellationToken cancellation
    )
    {
        var kept = (await bookmarks.ListAsync(work, cancellation)).Select(b => b.Record).ToHashSet();
        var room = Bookmarks.Most - kept.Count;
        var lines = new List<Line>();
        foreach (var (entity, record) in chosen)
            if (entity.Members.Any(m => kept.Contains(m.Id)))
                lines.Add(new(entity, record, T("is among your bookmarks already"), false));
            else if (room-- > 0)
                lines.Add(new(entity, record, T("becomes a bookmark of yours"), true));
            else
                lines.Add(new(entity, record, T("no room: there are {0} bookmarks at most", Bookmarks.Most), false));
        return lines;
    }

    /// <summary>Each is supposed to be the same as the first, alone: what then stands between them is said.</summary>
    private async Task<IReadOnlyList<Line>> JoinedAsync(
        Work work,
        List<(Entity Entity, RecordId Record)> chosen,
        CancellationToken cancellation
    )
    {
        if (chosen.Count == 0)
            return [];
        var first = chosen[0];
        var reading = work.On(store);
        var pairs = chosen.Skip(1).Select(c => PairId.Of(first.Record, c.Record)).ToList();
        var takingTwo = await judging.TakingTwoAsync(work, pairs, cancellation);
        var lines = new List<Line>
        {
            new(first.Entity, first.Record, T("the others are judged the same as this"), false),
        };
        foreach (var (entity, record) in chosen.Skip(1))
        {
            var after = await reading.SupposeAsync(
                first.Entity,
                (first.Record, record, Verdict.Same),
                What,
                cancellation
            );
            var together = after?.Any(e =>
                e.Members.Any(m => m.Id == first.Record) && e.Members.Any(m => m.Id == record)
            );
            lines.Add(
                together is true
                    ? new(
                        entity,
                        record,
                        (
                            takingTwo.Contains(PairId.Of(first.Record, record)),
                            entity.Schema.Name == first.Entity.Schema.Name
                        ) switch
                        {
                            (true, _) => T("waits for a second person: an official list is involved"),
                            (_, true) => T("becomes one with the first"),
                            _ => T("becomes one with the first, though it is of another kind"),
                        },
                        true
                    )
                    : new(entity, record, T("stays apart: other judgements keep them from being one"), false)
            );
        }
        return lines;
    }
}
