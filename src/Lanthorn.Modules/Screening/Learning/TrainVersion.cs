using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Learning;

/// <summary>
/// Learns a new version from what people judged the same or different, as far as the trainer sees it: the last word on each
/// pair, unless it was taken back. What waits for a second person is no judgement yet. Nothing scores by it before somebody
/// else switches it on.
/// </summary>
internal sealed class TrainVersion(Store store, ScorerVersions versions) : IDisposable
{
    private const string What = "training a scorer";

    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>What there is to learn from.</summary>
    internal sealed record Ready(int Same, int Different)
    {
        public int Pairs => Same + Different;

        public bool IsEnough =>
            Pairs >= TrainScorer.FewestPairs
            && Same >= TrainScorer.FewestOfEach
            && Different >= TrainScorer.FewestOfEach;
    }

    public async Task<Ready> ReadyAsync(Work work, CancellationToken cancellation)
    {
        var judged = await work.On(store).JudgedByPeopleAsync(TrainScorer.MostPairs, cancellation);
        var same = judged.Count(j => j.Verdict == Verdict.Same);
        return new(same, judged.Count - same);
    }

    /// <returns>The id of the new version.</returns>
    /// <exception cref="RefusedException">There are too few pairs, or a training is under way.</exception>
    public async Task<string> HandleAsync(Work work, CancellationToken cancellation)
    {
        if (!await one.WaitAsync(TimeSpan.Zero, cancellation))
            throw new RefusedException(
                new("training-running", 409, "A scorer is being trained already", "Try again in a minute")
            );
        try
        {
            var reading = work.On(store);
            var judged = await reading.JudgedByPeopleAsync(TrainScorer.MostPairs, cancellation);
            var (pairs, judges) = await PrepareAsync(reading, judged, cancellation);
            const double threshold = MatchRequest.DefaultThreshold;
            var trained = await Task.Run(() => TrainScorer.Train(pairs, threshold), cancellation);
            if (!trained.IsAccepted)
                throw new RefusedException(
                    Refusal.Unprocessable(
                        "too-few-pairs",
                        trained.Reason,
                        "Judge more pairs in the review; what is unsure, taken back or waits for a second person is not counted"
                    )
                );
            return await versions.AddAsync(work, ScorerArtefact.Of(trained.Value, threshold), judges, cancellation);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    /// <summary>In the order of their ids, so that the same judgements give the same version whatever came first.</summary>
    private static async Task<(IReadOnlyList<JudgedPair>, Dictionary<string, int>)> PrepareAsync(
        Reading reading,
        IReadOnlyList<Judgement> judged,
        CancellationToken cancellation
    )
    {
        var subjects = new Dictionary<RecordId, PreparedSubject>();
        var ids = judged.SelectMany(j => new[] { j.Left, j.Right }).Distinct().Order().ToList();
        foreach (var some in ids.Chunk(Reading.MaxEnds))
        foreach (var (id, entity) in await reading.EntitiesByIdsAsync(some, What, cancellation))
            if (SubjectCategories.MayBeCrossChecked(entity.Category))
            {
                var record = entity.Members.First(m => m.Id == id);
                subjects[id] = PreparedSubject.Prepare(record.Schema, record.Properties);
            }
        var numbers = ids.Select((id, at) => (id, at)).ToDictionary(n => n.id, n => n.at);
        var used = judged
            .Where(j => subjects.ContainsKey(j.Left) && subjects.ContainsKey(j.Right))
            .OrderBy(j => j.Left)
            .ThenBy(j => j.Right)
            .ToList();
        return (
            [
                .. used.Select(j => new JudgedPair(
                    Evidence.Of(subjects[j.Left], subjects[j.Right]),
                    j.Verdict == Verdict.Same,
                    numbers[j.Left],
                    numbers[j.Right]
                )),
            ],
            used.GroupBy(j => j.DecidedBy, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal)
        );
    }
}
