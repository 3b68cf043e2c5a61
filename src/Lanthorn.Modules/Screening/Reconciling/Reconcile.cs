using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reconciling;

/// <summary>
/// Candidates for each query of a batch. A candidate is never a match by its score, however high: a person decides. It is
/// one only where the query is the id of the entity itself, for then somebody has decided already.
/// </summary>
internal sealed class Reconcile(Match match, Store store)
{
    /// <summary>Below it a candidate is noise.</summary>
    private const double LeastScore = 0.5;

    /// <param name="Score">0 to 1.</param>
    internal sealed record Candidate(Entity Entity, double Score, bool IsMatch, IReadOnlyList<Feature> Features);

    internal sealed record Feature(string Id, double Value);

    /// <summary>In the order of the queries.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Candidate>>> HandleAsync(
        Work work,
        ReconcileRequest request,
        string operation,
        CancellationToken cancellation
    )
    {
        if (request.Queries.Count == 0)
            return [];
        var named = await ByIdAsync(work, request, operation, cancellation);
        var asked = request.Queries.SelectMany(q => q.Asked).ToList();
        var answers = await match.HandleAsync(
            work,
            new MatchRequest
            {
                Queries = [.. asked.Select((q, at) => KeyValuePair.Create($"q{at}", q))],
                Filter = request.Filter,
                Limit = request.Queries.Max(q => q.Limit),
                Threshold = MatchRequest.DefaultThreshold,
                Cutoff = LeastScore,
            },
            operation,
            cancellation
        );
        var found = new List<IReadOnlyList<Candidate>>();
        var from = 0;
        foreach (var query in request.Queries)
        {
            var hits = answers.Skip(from).Take(query.Asked.Count).SelectMany(a => a.Hits);
            found.Add(Of(query, named, hits));
            from += query.Asked.Count;
        }
        return found;
    }

    /// <summary>What cells that are ids name, as far as it belongs to what was asked for.</summary>
    private async Task<IReadOnlyDictionary<string, Entity>> ByIdAsync(
        Work work,
        ReconcileRequest request,
        string operation,
        CancellationToken cancellation
    )
    {
        var ids = request.Queries.Select(q => q.Text).Where(t => t.Length is > 0 and <= Record.MaxExternalIdLength);
        var named = await work.On(store).EntitiesByPublicIdsAsync(ids, operation, cancellation);
        return named
            .Where(n => n.Value.Members.Any(m => request.Filter.Admits(m.Source)))
            .ToDictionary(StringComparer.Ordinal);
    }

    private static IReadOnlyList<Candidate> Of(
        ReconcileRequest.Query query,
        IReadOnlyDictionary<string, Entity> named,
        IEnumerable<Match.Hit> hits
    )
    {
        IEnumerable<Candidate> exact =
            named.TryGetValue(query.Text, out var entity) && query.Admits(entity.Schema)
                ? [new(entity, 1, IsMatch: true, [])]
                : [];
        var scored = hits.Where(h => query.Admits(h.Entity.Schema))
            .OrderByDescending(h => h.Score.Value)
            .ThenBy(h => h.Entity.Id, StringComparer.Ordinal)
            .Select(h => new Candidate(h.Entity, h.Score.Value, IsMatch: false, Features(h)));
        return [.. exact.Concat(scored).DistinctBy(c => c.Entity.Id).Take(query.Limit)];
    }

    /// <summary>They add up to the score.</summary>
    private static IReadOnlyList<Feature> Features(Match.Hit hit) =>
        [
            .. hit
                .Score.Parts.GroupBy(p => p.Feature, StringComparer.Ordinal)
                .Select(g => new Feature(g.Key, g.Sum(p => p.Points))),
        ];
}
