using Lanthorn.Platform;

namespace Lanthorn.Screening;

/// <summary>
/// What waits for somebody who comes in: what he can do, what ends soon, what he follows, what changed. Page and API say the
/// same.
/// </summary>
internal sealed class ShowHome(AskStartLines ask)
{
    /// <param name="LookedAt">Since when what changed is told: the last look at the notices.</param>
    /// <param name="Left">How many more lines there are.</param>
    /// <param name="NotAsked">What could not be asked just now, such as imports.</param>
    /// <param name="NeedsReason">What is told when the reader has said why he reads.</param>
    internal sealed record Home(
        IReadOnlyList<StartLine> ToDo,
        IReadOnlyList<StartLine> Deadlines,
        IReadOnlyList<StartLine> Watched,
        IReadOnlyList<StartLine> Changed,
        DateTimeOffset LookedAt,
        int Left,
        IReadOnlyList<string> NotAsked,
        IReadOnlyList<string> NeedsReason
    );

    public async Task<Home> HandleAsync(Work work, CancellationToken cancellation)
    {
        var answer = await ask.HandleAsync(work, cancellation);
        var of = answer.Lines.ToLookup(l => l.Kind);
        return new(
            [.. of[StartKind.Warning], .. of[StartKind.Task]],
            [.. of[StartKind.Deadline].OrderBy(l => l.Due)],
            [.. of[StartKind.Watched].OrderBy(l => l.News.Count == 0 ? 1 : 0)],
            [.. of[StartKind.News].OrderByDescending(l => l.Since)],
            work.LookedAt,
            answer.Left,
            answer.NotAsked,
            answer.NeedsReason
        );
    }
}
