using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Screening.Learning;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>Everything that the entity page shows: the entity, what is next to it, why it is one, and what could belong to it.</summary>
internal sealed class ShowEntityPage(Match match, Store store, Bookmarks bookmarks, Scorers scorers)
{
    private const int MostPossible = 5;
    private const double LeastScore = 0.6;

    internal sealed record Answer(
        Entity Entity,
        IReadOnlyList<Reading.Neighbour> Neighbours,
        IReadOnlyList<Reading.Neighbour> Sharing,
        IReadOnlyDictionary<string, Entity> Ends,
        IReadOnlyList<Judgement> History,
        IReadOnlyList<Reading.Annotation> Annotations,
        bool IsBookmarked,
        IReadOnlyList<Match.Hit> Possible,
        ScoreSettings Scoring
    );

    public async Task<Answer?> HandleAsync(Work work, string id, CancellationToken cancellation)
    {
        const string what = "entity page";
        var reading = work.On(store);
        if (
            id.Length > Record.MaxExternalIdLength
            || await reading.EntityAsync(id, what, cancellation) is not { } entity
        )
            return null;
        var bookmark = await bookmarks.FindAsync(work, entity, cancellation);
        if (bookmark is not null)
            await bookmarks.SeenAsync(work, bookmark, cancellation);
        var neighbours = await reading.NeighboursAsync(entity, what, cancellation);
        return new(
            entity,
            neighbours,
            await reading.SharingIdentifiersAsync(entity, what, cancellation),
            await reading.EntitiesByPublicIdsAsync(Adjoining.FarIds(entity, neighbours), what, cancellation),
            await reading.HistoryAsync(entity, cancellation),
            await reading.AnnotationsAsync(entity, cancellation),
            bookmark is not null,
            await PossibleAsync(work, entity, cancellation),
            await scorers.DefaultAsync(cancellation)
        );
    }

    /// <summary>All that is next to an entity through one property.</summary>
    internal sealed record OneKind(Entity Entity, IReadOnlyList<Entity> All, IReadOnlyDictionary<string, Entity> Ends);

    /// <returns>Null where the viewer sees no such entity, or nothing is next to it so.</returns>
    public async Task<OneKind?> OneKindAsync(Work work, string id, string property, CancellationToken cancellation)
    {
        const string what = "adjacent entities";
        var reading = work.On(store);
        if (
            id.Length > Record.MaxExternalIdLength
            || await reading.EntityAsync(id, what, cancellation) is not { } entity
            || entity.Schema.Find(property) is null
        )
            return null;
        var neighbours = await reading.NeighboursAsync(entity, what, cancellation);
        var all = neighbours.Where(n => n.Property == property).ToList();
        return all.Count == 0
            ? null
            : new(
                entity,
                [.. all.Select(n => n.Entity)],
                await reading.EntitiesByPublicIdsAsync(Adjoining.FarIds(entity, all), what, cancellation)
            );
    }

    private async Task<IReadOnlyList<Match.Hit>> PossibleAsync(Work work, Entity entity, CancellationToken cancellation)
    {
        if (!entity.Schema.Matchable || !match.IsReady)
            return [];
        var request = new MatchRequest
        {
            Queries = [new("entity", new EntityQuery(entity.Id, entity.Schema, entity.Properties, []))],
            Filter = new Filter
            {
                Dataset = Catalog.Everything,
                ExcludeEntityIds = [.. entity.Members.Select(m => m.PublicId)],
            },
            Limit = MostPossible,
            Threshold = LeastScore,
            Cutoff = LeastScore,
        };
        return (await match.HandleAsync(work, request, "entity page", cancellation))[0].Hits;
    }

    internal static Score Compare(Record a, Record b, ScoreSettings settings) =>
        Scorer.Compare(
            PreparedSubject.Prepare(a.Schema, a.Properties),
            PreparedSubject.Prepare(b.Schema, b.Properties),
            settings
        );
}
