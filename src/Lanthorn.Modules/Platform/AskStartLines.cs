using Lanthorn.Storage;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Platform;

/// <summary>
/// Asks every module for its lines at once. One that fails or takes too long is named and keeps nobody from the others.
/// </summary>
public sealed class AskStartLines(IEnumerable<IStartLines> contributors, TimeProvider time, ILogger<AskStartLines> log)
{
    /// <summary>So many lines a module has; what it says beyond is counted.</summary>
    public const int MaxLines = 50;

    /// <summary>So long the page waits for a module.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>A number in the bar is worth less waiting.</summary>
    private static readonly TimeSpan LongestCount = TimeSpan.FromSeconds(1);

    /// <summary>Under which notices are counted where the viewer gave no reason: counting hands out nothing of a record.</summary>
    private const string CountReason = "counting notices";

    /// <param name="Left">How many more lines there are than are shown.</param>
    /// <param name="NotAsked">What could not be asked just now.</param>
    /// <param name="NeedsReason">What is told when the viewer has said why he reads.</param>
    public sealed record Answer(
        IReadOnlyList<StartLine> Lines,
        int Left,
        IReadOnlyList<string> NotAsked,
        IReadOnlyList<string> NeedsReason
    );

    private sealed record Said(IReadOnlyList<StartLine> Lines, string? NotAsked = null, string? NeedsReason = null);

    public async Task<Answer> HandleAsync(Work work, CancellationToken cancellation)
    {
        var said = await Task.WhenAll(contributors.Select(c => AskAsync(c, work, cancellation)));
        return new(
            [.. said.SelectMany(s => s.Lines.Take(MaxLines))],
            said.Sum(s => Math.Max(0, s.Lines.Count - MaxLines)),
            [.. said.Select(s => s.NotAsked).OfType<string>()],
            [.. said.Select(s => s.NeedsReason).OfType<string>()]
        );
    }

    /// <summary>How many notices there are; those of a module that cannot be asked are missing.</summary>
    public async Task<int> CountNoticesAsync(Work work, CancellationToken cancellation)
    {
        var counting = work.Justification.Length > 0 ? work : work with { Justification = CountReason };
        var counts = await Task.WhenAll(contributors.Select(c => CountAsync(c, counting, cancellation)));
        return counts.Sum();
    }

    private async Task<Said> AskAsync(IStartLines one, Work work, CancellationToken cancellation)
    {
        try
        {
            return new(await InTimeAsync(stop => one.AskAsync(work, stop), Longest, cancellation));
        }
        catch (RefusedException no) when (no.Refusal.Status == Work.JustificationNeeded.Status)
        {
            return new([], NeedsReason: one.About);
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            Note(one, failed);
            return new([], NotAsked: one.About);
        }
    }

    private async Task<int> CountAsync(IStartLines one, Work work, CancellationToken cancellation)
    {
        try
        {
            var count = await InTimeAsync(stop => one.CountNoticesAsync(work, stop), LongestCount, cancellation);
            return Math.Min(count, MaxLines);
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            Note(one, failed);
            return 0;
        }
    }

    /// <summary>A database that is gone is no bug, and is said by every request.</summary>
    private void Note(IStartLines one, Exception failed)
    {
        if (
            failed is not (RefusedException or TimeoutException or OperationCanceledException)
            && StoreFailure.Why(failed) is null
        )
            log.LogError(failed, "{About} could not be asked for the home page", one.About);
    }

    /// <summary>On a thread of its own: reads of the database do not give their thread back while they wait.</summary>
    private async Task<T> InTimeAsync<T>(
        Func<CancellationToken, Task<T>> ask,
        TimeSpan longest,
        CancellationToken cancellation
    )
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            return await Task.Run(() => ask(late.Token), cancellation).WaitAsync(longest, time, cancellation);
        }
        finally
        {
            await late.CancelAsync();
        }
    }
}
