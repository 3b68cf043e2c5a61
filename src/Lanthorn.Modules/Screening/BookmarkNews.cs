using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using static Lanthorn.Web.Words;

namespace Lanthorn.Screening;

/// <summary>
/// The bookmarked entities, and what has changed in them since their owner looked. A bookmark on a protected person finds him
/// again and is no watch: nothing is told of him without being asked for.
/// </summary>
internal sealed class BookmarkNews(Store store, Bookmarks bookmarks) : IStartLines
{
    /// <summary>So much of what is new about one is told.</summary>
    private const int MaxNews = 4;

    /// <param name="News">What has changed since the account last looked, in words; empty where nothing has.</param>
    internal sealed record Bookmarked(Entity Entity, IReadOnlyList<string> News, DateTimeOffset? Since);

    public string About => "Bookmarks";

    public async Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation) =>
        work.HasEnforcementAccess ? [.. (await HandleAsync(work, cancellation)).Select(LineOf)] : [];

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
                .Select(b => Of(entities[b.Record], b.SeenAt))
                .DistinctBy(b => b.Entity.Id)
                .OrderBy(b => b.News.Count == 0 ? 1 : 0),
        ];
    }

    /// <summary>Counted without reading what the bookmarked entities say.</summary>
    public async Task<int> CountNoticesAsync(Work work, CancellationToken cancellation)
    {
        var kept = work.HasEnforcementAccess ? await bookmarks.ListAsync(work, cancellation) : [];
        if (kept.Count == 0)
            return 0;
        var changes = await work.On(store).LastChangesAsync([.. kept.Select(b => b.Record)], cancellation);
        return kept.Where(b => changes.ContainsKey(b.Record))
            .DistinctBy(b => changes[b.Record].Entity)
            .Count(b =>
                SubjectCategories.MayBeCrossChecked(changes[b.Record].Category)
                && changes[b.Record].At > b.SeenAt
                && changes[b.Record].At > work.LookedAt
            );
    }

    /// <summary>What the records and judgements that the viewer sees say of the time since.</summary>
    internal static IEnumerable<(DateTimeOffset At, string Text)> News(Entity entity, DateTimeOffset since)
    {
        foreach (var member in entity.Members)
            if (member.ListedTo is { } ended && ended > since)
                yield return (ended, T("no longer in {0}", member.Source));
            else if (member.IngestedAt > since)
                yield return (
                    member.IngestedAt,
                    member.Version == 1
                        ? T("new record from {0}", member.Source)
                        : T("{0} says something else", member.Source)
                );
        foreach (var join in entity.Joins.Where(j => j.DecidedAt > since))
            yield return (join.DecidedAt, T("joined by {0}", join.DecidedBy));
    }

    public static bool IsWatched(Entity entity) => SubjectCategories.MayBeCrossChecked(entity.Category);

    private static Bookmarked Of(Entity entity, DateTimeOffset seen)
    {
        var news = IsWatched(entity) ? News(entity, seen).ToList() : [];
        return new(entity, [.. news.Select(n => n.Text)], news.Count == 0 ? null : news.Max(n => n.At));
    }

    private static StartLine LineOf(Bookmarked one) =>
        new(StartKind.Watched, one.Entity.Caption, $"/entity/{Uri.EscapeDataString(one.Entity.Id)}")
        {
            Note = KindOf(one.Entity),
            News =
            [
                .. one.News.Take(MaxNews),
                .. one.News.Count > MaxNews ? [T("{0} more", one.News.Count - MaxNews)] : Array.Empty<string>(),
            ],
            Since = one.Since,
        };

    private static string KindOf(Entity entity) =>
        entity.Category == SubjectCategory.None
            ? T(entity.Schema.Label)
            : $"{T(entity.Schema.Label)}, {Spelled.Category(entity.Category)}"
                + (IsWatched(entity) ? "" : $", {T("not watched")}");
}
