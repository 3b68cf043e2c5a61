using System.Diagnostics;
using System.Net;

namespace Lanthorn.Bench;

/// <summary>People who each look at one page after the other; nobody waits for an answer before he asks for the next.</summary>
internal sealed class WorkbenchLoad(IReadOnlyList<WorkbenchUser> users, int seed)
{
    /// <summary>Between two pages of one person, on average; each pause is up to a third shorter or longer.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Of how many pages out of a hundred each kind is.</summary>
    private static readonly (string Kind, int Share)[] Mix =
    [
        ("home", 12),
        ("search", 26),
        ("search as a table", 6),
        ("entity", 24),
        ("entity with long lists", 8),
        ("adjacent", 6),
        ("sources", 4),
        ("imports", 4),
        ("notices", 4),
        ("go to", 6),
    ];

    /// <param name="Milliseconds">From the moment at which the page was due, not from when it was asked for.</param>
    public sealed record Look(string Kind, double Milliseconds, bool Failed);

    public async Task<IReadOnlyList<Look>> LookAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var looks = new List<Look>();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(users.Select((user, number) => LookAsync(user, number)));
        return looks;

        async Task LookAsync(WorkbenchUser user, int number)
        {
            var random = new Random(seed + number);
            var asked = new List<Task>();
            var due = Pause * ((double)number / users.Count);
            while (due < duration)
            {
                var wait = due - Stopwatch.GetElapsedTime(started);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, cancellation);
                var kind = Chosen(random);
                asked.Add(AskAsync(user, user.Sees(kind) ? kind : "search", random.Next(), due));
                due += Pause * (1 + (random.NextDouble() - 0.5) * 2 / 3);
            }
            await Task.WhenAll(asked);
        }

        async Task AskAsync(WorkbenchUser user, string kind, int chance, TimeSpan due)
        {
            using var answer = await user.Client.GetAsync(user.PathOf(kind, chance), cancellation);
            await answer.Content.ReadAsByteArrayAsync(cancellation);
            var took = (Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds;
            lock (looks)
                looks.Add(new(kind, took, answer.StatusCode != HttpStatusCode.OK));
        }
    }

    private static string Chosen(Random random)
    {
        var at = random.Next(Mix.Sum(m => m.Share));
        return Mix.First(m => (at -= m.Share) < 0).Kind;
    }
}
