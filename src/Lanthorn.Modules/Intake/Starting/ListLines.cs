using System.Globalization;
using Lanthorn.Intake.Refreshing;
using Lanthorn.Platform;
using static Lanthorn.Web.Words;

namespace Lanthorn.Intake.Starting;

/// <summary>
/// Official lists that the viewer reads and that grow old, or whose last refresh failed. Why it failed is told on the page of
/// sources.
/// </summary>
internal sealed class ListLines(ListSources list) : IStartLines
{
    public string About => "Sources";

    public async Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation)
    {
        if (!work.HasEnforcementAccess)
            return [];
        var known = (await list.HandleAsync(work, cancellation))
            .Where(s => s is { IsOfficial: true, Freshness: not ListSources.Freshness.Absent })
            .ToList();
        return [.. known.Where(HasFailed).Select(Failed), .. known.Where(IsStale).Select(Stale)];
    }

    private static bool HasFailed(ListSources.Source source) =>
        source.Fetching is { Result: RefreshResult.Failed, IsUnderWay: false };

    private static bool IsStale(ListSources.Source source) =>
        source is { Freshness: ListSources.Freshness.Stale, Fetching: { IsUnderWay: false } };

    private static StartLine Failed(ListSources.Source source) =>
        new(StartKind.Warning, T("{0} could not be refreshed", source.Code), PathOf(source))
        {
            Note = source.Title,
            Since = source.Fetching?.ResultAt,
        };

    private static StartLine Stale(ListSources.Source source) =>
        new(StartKind.Warning, T("{0} is older than it should be", source.Code), PathOf(source))
        {
            Note = source.Title,
            News = source.AsOf is { } day ? [T("of {0}", day.ToString("O", CultureInfo.InvariantCulture))] : [],
            Since = OldFrom(source) > source.LastChange ? OldFrom(source) : source.LastChange,
        };

    /// <summary>It is old from the day after its last fresh one; what comes in old is so from then.</summary>
    private static DateTimeOffset? OldFrom(ListSources.Source source) =>
        source.AsOf is { } day && OfficialSources.Find(source.Code) is { } official
            ? new DateTimeOffset(day.AddDays(official.FreshDays + 1), TimeOnly.MinValue, TimeSpan.Zero)
            : null;

    private static string PathOf(ListSources.Source source) => $"/sources#{source.Code}";
}
