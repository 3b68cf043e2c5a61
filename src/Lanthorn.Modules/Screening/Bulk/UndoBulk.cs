using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Bulk;

/// <summary>
/// Takes back what was done with many: bookmarks go, what was written goes, judgements are withdrawn. What somebody changed
/// since is left as it is.
/// </summary>
internal sealed class UndoBulk(Store store, Bookmarks bookmarks, BulkActions actions)
{
    private const string What = "something done with many taken back";

    /// <exception cref="RefusedException">The account did no such thing, or it is taken back already.</exception>
    public async Task HandleAsync(Work work, string id, CancellationToken cancellation)
    {
        if (await actions.FindAsync(work, id, cancellation) is not var (done, items))
            throw new RefusedException(Refusal.NotFound("You did no such thing"));
        if (done.UndoneAt is not null)
            throw new RefusedException(
                Refusal.Unprocessable(
                    "undone-already",
                    "It is taken back already",
                    "Choose the entities again to do it again"
                )
            );
        var seen = await work.On(store).EntitiesByIdsAsync([.. items.Select(i => i.Record)], What, cancellation);
        foreach (var item in items.Where(i => !i.IsUndone && seen.ContainsKey(i.Record)))
            if (await TakeBackAsync(work, done, item, seen[item.Record], cancellation))
                await actions.UndoneAsync(id, item, cancellation);
        await actions.UndoneAsync(id, cancellation);
    }

    private async Task<bool> TakeBackAsync(
        Work work,
        BulkActions.Done done,
        BulkActions.Item item,
        Entity entity,
        CancellationToken cancellation
    )
    {
        var reading = work.On(store);
        switch (done.Act)
        {
            case BulkAct.Bookmark:
                await bookmarks.RemoveAsync(work, entity, cancellation);
                return true;
            case BulkAct.Annotate:
                var written = await reading.AnnotationsAsync(entity, cancellation);
                return written.Any(a => a.Id == item.Annotation && a.EditedAt is null)
                    && await reading.ChangeAnnotationAsync(item.Annotation!.Value, text: null, cancellation);
            default:
                var (left, right) = Judgement.Ordered(item.Other!.Value, item.Record);
                return entity.Joins.Any(j =>
                        j.Left == left
                        && j.Right == right
                        && j.DecidedBy == work.Viewer.Name
                        && j.DecidedAt >= done.MadeAt
                    )
                    && await reading.JudgeAsync(
                        new(left, right, Verdict.Withdrawn, Authority.Person, work.Viewer.Name, null, What),
                        cancellation
                    );
        }
    }
}
