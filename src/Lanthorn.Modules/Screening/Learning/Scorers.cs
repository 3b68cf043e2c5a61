using System.Collections.Concurrent;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Learning;

/// <summary>
/// Which scorer scores. What is switched on beside this server, by another or on the command line, is noticed within
/// <see cref="Freshness"/>; what is switched on here, at once.
/// </summary>
internal sealed class Scorers(ScorerVersions versions, Store store)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    /// <summary>Other names of the version in use.</summary>
    private const string Best = "best";

    private readonly ConcurrentDictionary<string, ScorerVersion> known = new(StringComparer.Ordinal);
    private volatile Asked? last;

    private sealed record Asked(string? Id, long At);

    /// <summary>The version in use; null for the one that is shipped.</summary>
    public async Task<ScorerVersion?> InUseAsync(CancellationToken cancellation)
    {
        var asked = last;
        if (asked is null || store.Time.GetElapsedTime(asked.At) > Freshness)
        {
            var at = store.Time.GetTimestamp();
            last = asked = new(await versions.InUseAsync(cancellation), at);
        }
        if (asked.Id is not { } id)
            return null;
        if (known.TryGetValue(id, out var found))
            return found;
        found =
            await versions.FindAsync(id, cancellation)
            ?? throw new InvalidDataException($"The scorer {id} is switched on and not there");
        // A version never changes; there are at most as many as the table may have.
        return known.GetOrAdd(id, found);
    }

    /// <summary>The name of what scores now, as it stands with a score.</summary>
    public async Task<string> NameInUseAsync(CancellationToken cancellation) =>
        (await InUseAsync(cancellation))?.Id ?? Algorithms.Default;

    /// <summary>As whoever asks nothing else is scored for.</summary>
    public async Task<ScoreSettings> DefaultAsync(CancellationToken cancellation) =>
        await InUseAsync(cancellation) is { } version
            ? ScoreSettings.Default.With(version.Artefact.ToScorer(version.Id))
            : ScoreSettings.Default;

    /// <summary>As a request wants it: the version in use, another by its id, or one of the shipped ways by its name.</summary>
    /// <exception cref="RefusedException">There is no such algorithm, or a weight is none.</exception>
    public async Task<ScoreSettings> SettingsAsync(
        Work work,
        string? algorithm,
        IReadOnlyDictionary<string, double>? weights,
        CancellationToken cancellation
    )
    {
        var version = await VersionAsync(work, algorithm, cancellation);
        var settings = ScoreSettings.Create(version is null ? algorithm : Algorithms.Default, weights);
        if (!settings.IsAccepted)
            throw new RefusedException(
                Refusal.BadRequest(
                    "unknown-algorithm",
                    settings.Reason,
                    "GET /algorithms lists what there is",
                    "algorithm"
                )
            );
        return version is null ? settings.Value : settings.Value.With(version.Artefact.ToScorer(version.Id));
    }

    /// <summary>Asks anew the next time.</summary>
    public void Forget() => last = null;

    private async Task<ScorerVersion?> VersionAsync(Work work, string? algorithm, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(algorithm) || algorithm == Best)
            return await InUseAsync(cancellation);
        // In an address a plus that is not written as %2B is a blank.
        var id = algorithm.Replace(' ', '+');
        return id.StartsWith($"{Algorithms.Default}+", StringComparison.Ordinal)
            ? await versions.FindAsync(work.Viewer, id, cancellation)
            : null;
    }
}
