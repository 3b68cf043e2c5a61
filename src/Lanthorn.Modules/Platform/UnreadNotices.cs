using System.Collections.Concurrent;

namespace Lanthorn.Platform;

/// <summary>
/// The number beside the bell. It is counted at most once in <see cref="Remembered"/> for an account and what it may see;
/// who looks at his notices is counted anew.
/// </summary>
public sealed class UnreadNotices(AskStartLines ask, TimeProvider time)
{
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    /// <summary>So many counts are remembered; beyond it the memory starts anew.</summary>
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<
        (string Name, string Sight, DateTimeOffset Look),
        (int Count, long At)
    > known = new();

    public async Task<int> HandleAsync(Work work, CancellationToken cancellation)
    {
        var key = (work.Viewer.Name, work.Viewer.SightKey, work.LookedAt);
        if (known.TryGetValue(key, out var before) && time.GetElapsedTime(before.At) < Remembered)
            return before.Count;
        var at = time.GetTimestamp();
        var count = await ask.CountNoticesAsync(work, cancellation);
        if (known.Count >= MaxRemembered)
            known.Clear();
        known[key] = (count, at);
        return count;
    }
}
