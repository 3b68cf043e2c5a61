using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Screening.Learning;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>
/// Who could this be? Candidates from the index, filtered to what the viewer sees before any ranking, scored record by
/// record; the best are assembled into the viewer's entities and scored again as a whole.
/// </summary>
internal sealed class Match(Candidates candidates, Store store, Scorers scorers)
{
    /// <summary>So many candidates are scored for each result that is asked for, within these bounds.</summary>
    private const int CandidatesPerResult = 3;
    private const int LeastCandidates = 20;
    private const int MostCandidates = 500;

    /// <summary>So many of the best are assembled and scored as entities.</summary>
    private const int LeastAssembled = 20;

    public bool IsReady => candidates.IsReady;

    internal sealed record Hit(Entity Entity, Score Score, bool IsMatch);

    internal sealed record Answer(EntityQuery Query, IReadOnlyList<Hit> Hits, int Matches);

    public async Task<IReadOnlyList<Answer>> HandleAsync(
        Work work,
        MatchRequest request,
        string operation,
        CancellationToken cancellation
    )
    {
        if (!candidates.IsReady)
            throw new RefusedException(NotReady);
        var settings = await scorers.SettingsAsync(work, request.Algorithm, request.Weights, cancellation);
        var reading = work.On(store);
        await Catalog.RequireAsync(reading, request.Filter.Dataset, cancellation);
        var visible = store.Labels.For(work.Viewer);
        var ranked = request.Queries.Select(q => Rank(q.Value, request, settings, visible)).ToList();
        var entities = await reading.EntitiesAsync(
            [.. ranked.SelectMany(r => r).Select(r => r.Ordinal).Distinct()],
            operation,
            Terms(request),
            cancellation
        );
        return [.. ranked.Select((r, at) => Assemble(request.Queries[at].Value, r, entities, request, settings))];
    }

    /// <summary>What was asked for, to stand encrypted in the log.</summary>
    private static string Terms(MatchRequest request) =>
        string.Join('\n', request.Queries.Select(q => string.Join(" | ", q.Value.Properties["name"])));

    internal static readonly Refusal NotReady = new(
        "index-not-ready",
        503,
        "Index not ready.",
        "Try again in some seconds"
    );

    private List<Ranked> Rank(EntityQuery query, MatchRequest request, ScoreSettings settings, VisibleLabels visible)
    {
        var subject = PreparedSubject.Prepare(query.Schema, query.Properties);
        var wanted = Math.Clamp(request.Limit * CandidatesPerResult, LeastCandidates, MostCandidates);
        return
        [
            .. candidates
                .Find(subject, visible, facts => Admits(request.Filter, query.Schema, facts), wanted)
                .SelectMany(c => Scored(subject, c, settings))
                .Where(r => r.Score > request.Cutoff / 2)
                .OrderByDescending(r => r.Score)
                .ThenBy(r => r.Tie)
                .Take(Math.Max(LeastAssembled, request.Limit)),
        ];
    }

    /// <summary>Nothing for a record that was taken out since it was found.</summary>
    private IEnumerable<Ranked> Scored(PreparedSubject subject, Candidate candidate, ScoreSettings settings) =>
        candidates.Prepared(candidate.Ordinal) is { } prepared
            ? [new(candidate.Ordinal, Scorer.Value(subject, prepared, settings), candidate.Tie)]
            : [];

    private Answer Assemble(
        EntityQuery query,
        List<Ranked> ranked,
        IReadOnlyDictionary<int, Entity> entities,
        MatchRequest request,
        ScoreSettings settings
    )
    {
        var subject = PreparedSubject.Prepare(query.Schema, query.Properties);
        var hits = ranked
            .Where(r => entities.ContainsKey(r.Ordinal))
            .Select(r => (r.Ordinal, Entity: entities[r.Ordinal]))
            .DistinctBy(f => f.Entity.Id)
            .Where(f => !Excluded(request.Filter, f.Entity))
            .Select(f => (f.Entity, Score: Scorer.Compare(subject, PreparedOf(f.Ordinal, f.Entity), settings)))
            .Where(h =>
                h.Score.Value > request.Cutoff
                || (h.Score.Value >= request.Cutoff && request.Cutoff == request.Threshold)
            )
            .OrderByDescending(h => h.Score.Value)
            .ThenBy(h => h.Entity.Id, StringComparer.Ordinal)
            .Select(h => new Hit(h.Entity, h.Score, h.Score.Value >= request.Threshold))
            .ToList();
        return new(query, [.. hits.Take(request.Limit)], hits.Count(h => h.IsMatch));
    }

    /// <summary>An entity of one record is what the index holds of that record; only the others are read anew.</summary>
    private PreparedSubject PreparedOf(int ordinal, Entity entity) =>
        entity.Members.Count == 1 && candidates.Prepared(ordinal) is { } known
            ? known
            : PreparedSubject.Prepare(entity.Schema, entity.Properties);

    private static bool Excluded(Filter filter, Entity entity) =>
        filter.ExcludeEntityIds.Count > 0 && entity.Members.Any(m => filter.ExcludeEntityIds.Contains(m.PublicId));

    private static bool Admits(Filter filter, Schema wanted, RecordFacts.Facts facts) =>
        filter.Admits(facts.Source)
        && (facts.Schema.IsA(wanted.Name) || wanted.IsA(facts.Schema.Name))
        && !filter.ExcludeSchemata.Contains(facts.Schema.Name)
        && (filter.Topics.Count == 0 || facts.Topics.Any(filter.Topics.Contains))
        && (filter.ChangedSince is not { } since || facts.ChangedAt >= since);

    private readonly record struct Ranked(int Ordinal, double Score, ulong Tie);
}
