using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>Everything that the entity page shows: the entity, what is next to it, why it is one, and what could belong to it.</summary>
internal sealed class ShowEntityPage(Match match, Store store)
{
    private const int MostPossible = 5;
    private const double LeastScore = 0.6;

    internal sealed record Join(Judgement Judgement, Score Score);

    internal sealed record Answer(
        Entity Entity,
        IReadOnlyList<Reading.Neighbour> Neighbours,
        IReadOnlyList<Reading.Neighbour> Sharing,
        IReadOnlyList<Join> Joins,
        IReadOnlyList<Judgement> History,
        IReadOnlyList<Match.Hit> Possible
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
        return new(
            entity,
            await reading.NeighboursAsync(entity, what, cancellation),
            await reading.SharingIdentifiersAsync(entity, what, cancellation),
            [.. entity.Joins.Select(j => new Join(j, Compare(Member(entity, j.Left), Member(entity, j.Right))))],
            await reading.HistoryAsync(entity, cancellation),
            await PossibleAsync(work, entity, cancellation)
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

    private static Record Member(Entity entity, RecordId id) => entity.Members.First(m => m.Id == id);

    private static Score Compare(Record a, Record b) =>
        Scorer.Compare(
            PreparedSubject.Prepare(a.Schema, a.Properties),
            PreparedSubject.Prepare(b.Schema, b.Properties),
            ScoreSettings.Default
        );
}
