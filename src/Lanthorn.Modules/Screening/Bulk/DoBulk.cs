using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Bulk;

/// <summary>
/// Does one thing with many entities, one after the other, each under the rules under which it is done with one. What was
/// done is kept, so that it can be taken back.
/// </summary>
internal sealed class DoBulk(Store store, PreviewBulk preview, Bookmarks bookmarks, BulkActions actions)
{
    /// <param name="Text">What is written, or why they are the same; not asked for a bookmark.</param>
    internal sealed record Request(Selection Selection, string Text);

    /// <returns>The id under which it is kept; null when nothing would have changed.</returns>
    /// <exception cref="RefusedException">The text is missing or too long.</exception>
    public async Task<string?> HandleAsync(Work work, Request request, CancellationToken cancellation)
    {
        var text =
            request.Selection.Act == BulkAct.Bookmark ? ""
            : request.Selection.Act == BulkAct.Annotate ? Annotate.Checked(request.Text)
            : Judge.Reasoned(request.Text);
        var lines = (await preview.HandleAsync(work, request.Selection, cancellation)).Lines;
        var changing = lines.Where(l => l.Changes).ToList();
        if (changing.Count == 0)
            return null;
        var id = await actions.BeginAsync(work, request.Selection.Act, cancellation);
        var reading = work.On(store);
        foreach (var (at, line) in changing.Index())
            if (await DoneAsync(at, line) is { } item)
                await actions.AddAsync(id, item, cancellation);
        return id;

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
                    var made = new JudgementMade(
                        first,
                        line.Record,
                        Verdict.Same,
                        Authority.Person,
                        work.Viewer.Name,
                        null,
                        text
                    );
                    return await reading.JudgeAsync(made, cancellation)
                        ? new(at, line.Record, first, null, false)
                        : null;
            }
        }
    }
}
