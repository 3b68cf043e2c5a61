using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>
/// What the search box does: who has such a name, in any script and spelling, ranked and explained; and whose texts mention
/// the words. Facets narrow by what was found under the name.
/// </summary>
internal sealed class FindByName(Match match, Store store)
{
    private const int MostNames = 60;
    private const double LeastScore = 0.5;

    internal sealed record Request(string Text, string Schema, string Dataset, string Country, string Topic, int Page);

    internal sealed record Answer(
        IReadOnlyList<Match.Hit> Names,
        int NamesFound,
        TextHits Texts,
        IReadOnlyDictionary<string, IReadOnlyList<SearchTexts.FacetValue>> Facets
    );

    public const int NamesPerPage = 20;
    public const int TextsPerPage = 10;

    public async Task<Answer> HandleAsync(Work work, Request request, CancellationToken cancellation)
    {
        var schema = Model.Find(request.Schema) is { } known ? known : Model.Get("Thing");
        var query = EntityQuery.Clean(null, schema, [("name", request.Text)]);
        var hits = query.Properties.Count == 0 ? [] : await MatchAsync(work, query, cancellation);
        var narrowed = hits.Where(h => Admits(request, h.Entity)).ToList();
        var texts = await work.On(store).SearchAsync(TextsOf(request, schema), "search page", cancellation);
        var named = narrowed.Select(h => h.Entity.Id).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. narrowed.Skip(request.Page * NamesPerPage).Take(NamesPerPage)],
            narrowed.Count,
            texts with
            {
                Entities = [.. texts.Entities.Where(e => !named.Contains(e.Id))],
            },
            CountFacets([.. hits.Select(h => h.Entity)])
        );
    }

    private async Task<IReadOnlyList<Match.Hit>> MatchAsync(
        Work work,
        EntityQuery query,
        CancellationToken cancellation
    )
    {
        var asked = new MatchRequest
        {
            Queries = [new("q", query)],
            Filter = new Filter { Dataset = Catalog.Everything },
            Limit = MostNames,
            Threshold = MatchRequest.DefaultThreshold,
            Cutoff = LeastScore,
        };
        return (await match.HandleAsync(work, asked, "search page", cancellation))[0].Hits;
    }

    private static TextQuery TextsOf(Request request, Schema schema)
    {
        var (words, any) = SearchTexts.Words(request.Text[..Math.Min(request.Text.Length, TextQuery.MaxLength)]);
        return new(words)
        {
            AnyWord = any,
            Schema = schema.Name,
            Source = source => request.Dataset.Length == 0 || source.Value == request.Dataset,
            Countries = request.Country.Length == 0 ? [] : [request.Country],
            Topics = request.Topic.Length == 0 ? [] : [request.Topic],
            Limit = TextsPerPage,
        };
    }

    private static bool Admits(Request request, Entity entity) =>
        (request.Dataset.Length == 0 || entity.Members.Any(m => m.Source.Value == request.Dataset))
        && (request.Country.Length == 0 || Countries(entity).Contains(request.Country))
        && (request.Topic.Length == 0 || entity.Properties["topics"].Contains(request.Topic));

    private static IEnumerable<string> Countries(Entity entity) =>
        entity
            .Properties.Names.Where(n => entity.Schema.Find(n)?.Type.Name == "country")
            .SelectMany(n => entity.Properties[n])
            .Distinct(StringComparer.Ordinal);

    private static Dictionary<string, IReadOnlyList<SearchTexts.FacetValue>> CountFacets(IReadOnlyList<Entity> entities)
    {
        IReadOnlyList<SearchTexts.FacetValue> Count(string facet, Func<Entity, IEnumerable<string>> values) =>
            SearchTexts.Describe(
                facet,
                entities
                    .SelectMany(values)
                    .GroupBy(v => v, StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal)
            );
        return new(StringComparer.Ordinal)
        {
            ["schema"] = Count("schema", e => [e.Schema.Name]),
            ["datasets"] = Count("datasets", e => e.Members.Select(m => m.Source.Value).Distinct()),
            ["countries"] = Count("countries", Countries),
            ["topics"] = Count("topics", e => e.Properties["topics"]),
        };
    }
}
