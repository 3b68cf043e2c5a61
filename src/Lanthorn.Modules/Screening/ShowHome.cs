using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>What waits for somebody who signs in: the bookmarked entities, and what has changed in them since he looked.</summary>
internal sealed class ShowHome(Store store, Bookmarks bookmarks)
{
    /// <param name="News">What has changed since the account last looked, in words; empty where nothing has.</param>
    internal sealed record Bookmarked(Entity Entity, IReadOnlyList<string> News);

    /// <summary>Those with news first, then the newest bookmark; what the viewer does not see any more is absent.</summary>
    public async Task<IReadOnlyList<Bookmarked>> HandleAsync(Work work, CancellationToken cancellation)
    {
        var kept = await bookmarks.ListAsync(work, cancellation);
        if (kept.Count == 0)
            return [];
        var entities = await work.On(store)
            .EntitiesByIdsAsync([.. kept.Select(b => b.Record)], "bookmarks on the home page", cancellation);
        return
        [
            .. kept.Where(b => entities.ContainsKey(b.Record))
                .Select(b => new Bookmarked(entities[b.Record], [.. News(entities[b.Record], b.SeenAt)]))
                .DistinctBy(b => b.Entity.Id)
                .OrderBy(b => b.News.Count == 0 ? 1 : 0),
        ];
    }

    /// <summary>What the records and judgements that the viewer sees say of the time since.</summary>
    internal static IEnumerable<string> News(Entity entity, DateTimeOffset since)
    {
        foreach (var member in entity.Members)
            if (member.ListedTo > since)
                yield return $"no longer in {member.Source}";
            else if (member.IngestedAt > since)
                yield return member.Version == 1
                    ? $"new record from {member.Source}"
                    : $"{member.Source} says something else";
        foreach (var join in entity.Joins.Where(j => j.DecidedAt > since))
            yield return $"joined by {join.DecidedBy}";
    }
}
