using Lanthorn.Platform;
using Lanthorn.Storage;
using static Lanthorn.Web.Words;

namespace Lanthorn.Screening.Reviewing;

/// <summary>How many pairs wait for the viewer, and how many judgements of others for a second person. Nothing is read.</summary>
internal sealed class ReviewLines(Store store, NextPair next) : IStartLines
{
    public string About => "Review";

    public async Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation)
    {
        if (!work.HasEnforcementAccess)
            return [];
        var lines = new List<StartLine>();
        var proposals = await OfOthersAsync(work, cancellation);
        if (proposals.Count > 0)
            lines.Add(
                new(StartKind.Task, T("Judgements wait for a second person"), "/review/waiting")
                {
                    News = [T(proposals.Count, "{0} judgement", "{0} judgements")],
                    Since = proposals.Max(p => p.At),
                }
            );
        var pairs = (await next.QueueAsync(work, cancellation)).Count;
        if (pairs > 0)
            lines.Add(
                new(StartKind.Task, T("Pairs wait for your review"), "/review")
                {
                    News = [T(pairs, "{0} pair", "{0} pairs")],
                }
            );
        return lines;
    }

    /// <summary>Pairs are no notice: the list of them, each of which is looked at again, is not gone through for a number.</summary>
    public async Task<int> CountNoticesAsync(Work work, CancellationToken cancellation) =>
        work.HasEnforcementAccess && (await OfOthersAsync(work, cancellation)).Any(p => p.At > work.LookedAt) ? 1 : 0;

    private async Task<List<Reading.Proposal>> OfOthersAsync(Work work, CancellationToken cancellation) =>
        [
            .. (await work.On(store).ProposalsAsync(ProposalState.Waits, cancellation)).Where(p =>
                p.By != work.Viewer.Name
            ),
        ];
}
