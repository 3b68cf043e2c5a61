using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Screening.Reviewing;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Bulk;

/// <summary>
/// Does one thing with many entities, one after the other, each under the rules under which it is done with one. What was
/// done is kept, so that it can be taken back.
/// </summary>
internal sealed class DoBulk(
    Store store,
    PreviewBulk preview,
    Bookmarks bookmarks,
    BulkActions actions,
    MakeJudgement judging
)
{
    /// <param name="Text">What is written, or why they are the same; not asked for a bookmark.</param>
    internal sealed record Request(Selection Selection, string Text);

    /// <param name="Id">Under which it is kept; null when nothing has changed.</param>
    /// <param name="Waiting">So many judgements wait for a second person.</param>
    internal sealed record Answer(string? Id, int Waiting);

    /// <exception cref="RefusedException">The text is missing or too long.</exception>
    public async Task<Answer> HandleAsync(Work work, Request request, CancellationToken cancellation)
    {
        var text =
            request.Selection.Act == BulkAct.Bookmark ? ""
            : request.Selection.Act == BulkAct.Annotate ? Annotate.Checked(request.Text)
            : Judge.Reasoned(request.Text);
        var lines = (await preview.HandleAsync(work, request.Selection, cancellation)).Lines;
        var changing = lines.Where(l => l.Changes).ToList();
        if (changing.Count == 0)
            return new(null, 0);
        var waiting = 0;
        string? id = null;
        var reading = work.On(store);
        foreach (var (at, line) in changing.Index())
            if (await DoneAsync(at, line) is { } item)
            {
                // Where everything waits for a second person there is nothing to take back, and nothing is kept.
                id ??= await actions.BeginAsync(work, request.Selection.Act, cancellation);
                await actions.AddAsync(id, item, cancellation);
            }
        return new(id, waiting);

        async Task<BulkActions.Item?> DoneAsync(int at, PreviewBulk.Line line)
        {
            switch (request.Selection.Act)
            {
                case BulkAct.Bookmark:
                    await bookmarks.SetAsync(work, line.Entity, cancellation);
                    return new(at, line.Entity.Members[0].Id, null, null, false);
                case BulkAct.Annotate:
                    var written = await reading.AnnotateAsync(line.Entity, text, cancellation);
                    return new(at, line.Record, null, written, false);
                default:
                    var first = lines[0].Record;
                    // What waits for a second person is not done, and so not among what can be taken back here.
                    var pair = PairId.Of(first, line.Record);
                    var outcome = await judging.HandleAsync(work, new(pair, Verdict.Same, text), cancellation);
                    if (outcome == MakeJudgement.Outcome.Waits)
                        waiting++;
                    return outcome == MakeJudgement.Outcome.Made ? new(at, line.Record, first, null, false) : null;
            }
        }
    }
}
