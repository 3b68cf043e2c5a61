using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Bulk;

/// <summary>What an account did with many entities at once, with those of them that it still sees.</summary>
internal sealed class ShowBulk(Store store, BulkActions actions)
{
    internal sealed record Answer(BulkActions.Done Done, IReadOnlyList<(BulkActions.Item Item, Entity Entity)> Items);

    public Task<IReadOnlyList<BulkActions.Done>> ListAsync(Work work, CancellationToken cancellation) =>
        actions.ListAsync(work, cancellation);

    /// <summary>Null when the account did no such thing.</summary>
    public async Task<Answer?> HandleAsync(Work work, string id, CancellationToken cancellation)
    {
        if (await actions.FindAsync(work, id, cancellation) is not var (done, items))
            return null;
        var seen = await work.On(store)
            .EntitiesByIdsAsync([.. items.Select(i => i.Record)], "what was done with many", cancellation);
        return new(done, [.. items.Where(i => seen.ContainsKey(i.Record)).Select(i => (i, seen[i.Record]))]);
    }
}
