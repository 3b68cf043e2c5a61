using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reconciling;

/// <summary>Whoever may be meant by what has been typed so far: names that are alike, then texts that have the words.</summary>
internal sealed class SuggestEntities(Match match, Store store)
{
    public const int PageSize = 10;
    public const int MaxCursor = 90;

    /// <summary>What is half typed is less alike than what is written out.</summary>
    private const double LeastScore = 0.3;

    public async Task<IReadOnlyList<Entity>> HandleAsync(
        Work work,
        string dataset,
        string prefix,
        int cursor,
        CancellationToken cancellation
    )
    {
        const string what = "suggest over the reconciliation API";
        var reading = work.On(store);
        await Catalog.RequireAsync(reading, dataset, cancellation);
        var filter = new Filter { Dataset = dataset };
        var query = EntityQuery.Clean(null, Model.Get("Thing"), [("name", prefix)]);
        if (query.Properties.Count == 0)
            return [];
        var answers = await match.HandleAsync(
            work,
            new MatchRequest
            {
                Queries = [KeyValuePair.Create("q", query)],
                Filter = filter,
                Limit = cursor + PageSize,
                Threshold = MatchRequest.DefaultThreshold,
                Cutoff = LeastScore,
            },
            what,
            cancellation
        );
        var texts = await reading.SearchAsync(
            new TextQuery(prefix) { Source = filter.Admits, Limit = cursor + PageSize },
            what,
            cancellation
        );
        return
        [
            .. answers
                .SelectMany(a => a.Hits)
                .Select(h => h.Entity)
                .Concat(texts.Entities)
                .DistinctBy(e => e.Id)
                .Skip(cursor)
                .Take(PageSize),
        ];
    }
}
