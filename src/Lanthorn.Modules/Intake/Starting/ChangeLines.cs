using Lanthorn.Intake.Vintages;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Starting;

/// <summary>What changed in the sources since the viewer's last look, counted by what he sees; nothing where he sees no change.</summary>
internal sealed class ChangeLines(SourceVintages vintages, CompareVintages compare) : IStartLines
{
    /// <summary>So many of the newest imports are looked at.</summary>
    private const int MaxVintages = 10;

    public string About => "Changes in the sources";

    public async Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation)
    {
        if (!work.HasEnforcementAccess)
            return [];
        var lines = new List<StartLine>();
        foreach (var vintage in await vintages.NewestAsync(work, MaxVintages, cancellation))
        {
            if (vintage.At <= work.LookedAt)
                continue;
            var meant = await compare.MeanAsync(work, new(vintage.Source, To: vintage.Id), cancellation);
            var counts = await compare.CountAsync(work, meant, cancellation);
            if (counts.Added + counts.Changed + counts.Ended > 0)
                lines.Add(LineOf(vintage, counts));
        }
        return lines;
    }

    private static StartLine LineOf(SourceVintage vintage, Reading.ChangeCounts counts) =>
        new(StartKind.News, $"New in {vintage.Source}", $"/sources/{vintage.Source}/changes?to={vintage.Id}")
        {
            Note = vintage.Edition is { } edition ? $"edition of {edition}" : "",
            News = [.. Said(counts.Added, "added"), .. Said(counts.Changed, "changed"), .. Said(counts.Ended, "ended")],
            Since = vintage.At,
        };

    private static IEnumerable<string> Said(long count, string what) =>
        count > 0 ? [$"{Shown.Number(count)} {what}"] : [];
}
