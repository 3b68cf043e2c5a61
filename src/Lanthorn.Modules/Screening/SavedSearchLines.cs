using Lanthorn.Platform;
using static Lanthorn.Web.Words;

namespace Lanthorn.Screening;

/// <summary>The saved searches that found something since their reader last looked at them.</summary>
internal sealed class SavedSearchLines(SavedSearches searches) : IStartLines
{
    public string About => "Saved searches";

    public async Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation) =>
        work.HasEnforcementAccess ? [.. (await searches.WithNewsAsync(work, cancellation)).Select(LineOf)] : [];

    /// <summary>No search is made for a number in the bar: what they found stands on the home page.</summary>
    public Task<int> CountNoticesAsync(Work work, CancellationToken cancellation) => Task.FromResult(0);

    private static StartLine LineOf(SavedSearches.Saved saved) =>
        new(StartKind.Watched, saved.Name, "/searches")
        {
            Note = saved.IsMine ? T("saved search") : T("saved search of {0}", saved.Owner),
            News = [T("{0} new", saved.New)],
        };
}
