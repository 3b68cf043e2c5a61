using System.Collections.Concurrent;
using Lanthorn.Intake.Vintages;
using Lanthorn.Platform;
using Lanthorn.Storage;
using static Lanthorn.Web.Words;

namespace Lanthorn.Intake.Starting;

/// <summary>What changed in the sources since the viewer's last look, counted by what he sees; nothing where he sees no change.</summary>
internal sealed class ChangeLines(Store store, SourceVintages vintages, CompareVintages compare) : IStartLines
{
    /// <summary>So many of the newest imports are looked at: many change nothing.</summary>
    private const int MaxVintages = 30;

    /// <summary>So many that changed something are told; the page of a source has the others.</summary>
    private const int MaxTold = 10;

    /// <summary>So many counts are remembered; beyond it the memory starts anew.</summary>
    private const int MaxRemembered = 2_000;

    /// <summary>What was counted for a sight, as long as nothing has changed in the store since: it is asked for every page.</summary>
    private readonly ConcurrentDictionary<
        (string Sight, string From, string To, long Change),
        Reading.ChangeCounts
    > known = new();

    public string About => "Changes in the sources";

    public async Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation)
    {
        if (!work.HasEnforcementAccess)
            return [];
        var lines = new List<StartLine>();
        var newest = await vintages.NewestAsync(work, MaxVintages, cancellation);
        foreach (var vintage in newest.Where(v => v.At > work.LookedAt))
            if (lines.Count < MaxTold && await CountAsync(work, vintage, cancellation) is { Total: > 0 } counts)
                lines.Add(LineOf(vintage, counts));
        return lines;
    }

    private async Task<Reading.ChangeCounts> CountAsync(
        Work work,
        SourceVintage vintage,
        CancellationToken cancellation
    )
    {
        // Before anything is counted: what comes meanwhile is counted the next time.
        var change = await store.Changes.LastSequenceAsync(cancellation);
        var meant = await compare.MeanAsync(work, new(vintage.Source, To: vintage.Id), cancellation);
        var key = (work.Viewer.SightKey, meant.From?.Id ?? "", meant.To.Id, change);
        if (known.TryGetValue(key, out var before))
            return before;
        var counts = await compare.CountAsync(work, meant, cancellation);
        if (known.Count >= MaxRemembered)
            known.Clear();
        return known[key] = counts;
    }

    private static StartLine LineOf(SourceVintage vintage, Reading.ChangeCounts counts) =>
        new(StartKind.News, T("New in {0}", vintage.Source), $"/sources/{vintage.Source}/changes?to={vintage.Id}")
        {
            Note = vintage.Edition is { } edition ? T("edition of {0}", edition) : "",
            News =
            [
                .. Said(counts.Added, Later("{0} added")),
                .. Said(counts.Changed, Later("{0} changed")),
                .. Said(counts.Ended, Later("{0} ended")),
            ],
            Since = vintage.At,
        };

    private static IEnumerable<string> Said(long count, string what) => count > 0 ? [T(what, Shown.Number(count))] : [];
}
