using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;

namespace Lanthorn.Governance.Notices;

/// <summary>
/// What is new since the account last looked. Notices are kept nowhere: they are the lines of the home page that came about
/// since, so each is what its reader may see now.
/// </summary>
internal sealed class ShowNotices(AskStartLines ask, Accounts accounts)
{
    /// <param name="LookedAt">The last look; the account's making where it has not looked.</param>
    /// <param name="Lines">The newest first.</param>
    internal sealed record Notices(
        DateTimeOffset LookedAt,
        IReadOnlyList<StartLine> Lines,
        IReadOnlyList<string> NotAsked,
        IReadOnlyList<string> NeedsReason
    );

    public async Task<Notices> HandleAsync(Work work, CancellationToken cancellation)
    {
        var answer = await ask.HandleAsync(work, cancellation);
        return new(
            work.LookedAt,
            [.. answer.Lines.Where(l => l.IsNoticeFor(work)).OrderByDescending(l => l.Since)],
            answer.NotAsked,
            answer.NeedsReason
        );
    }

    /// <summary>The account has seen what there was until a moment: when the page was made, so that nothing is missed.</summary>
    /// <param name="until">Null is now; a moment to come is now, too.</param>
    public Task SeenAsync(Work work, DateTimeOffset? until, CancellationToken cancellation) =>
        accounts.LookAsync(work.Viewer.Name, until, cancellation);
}
