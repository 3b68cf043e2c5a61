using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Screening;

/// <summary>Looks for a person who asks for his records, with the product's own match: everything that could be meant is shown.</summary>
internal sealed class FindPersons(Match match) : IFindPersons
{
    private const int MostEntities = 60;
    private const double LeastScore = 0.5;

    public async Task<IReadOnlyList<FoundRecord>> FindAsync(
        Work work,
        PersonAsked asked,
        CancellationToken cancellation
    )
    {
        var born = asked.Born is null ? Array.Empty<(string, string)>() : [("birthDate", asked.Born)];
        var queries = asked
            .Names.Select(n => EntityQuery.Clean(null, Model.Get("Person"), [("name", n), .. born]))
            .Where(q => q.Properties["name"].Any())
            .Select((q, at) => KeyValuePair.Create($"q{at}", q))
            .ToList();
        if (queries.Count == 0)
            return [];
        var request = new MatchRequest
        {
            Queries = queries,
            Filter = new Filter { Dataset = Catalog.Everything },
            Limit = MostEntities,
            Cutoff = LeastScore,
        };
        var answers = await match.HandleAsync(work, request, "records of a person who asks", cancellation);
        return
        [
            .. answers
                .SelectMany(a => a.Hits)
                .OrderByDescending(h => h.Score.Value)
                .SelectMany(h => h.Entity.Members.Select(m => new FoundRecord(m.Id, m.Source.Value, h.Score.Value)))
                .DistinctBy(f => f.Id),
        ];
    }
}
