using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>
/// What the search box does: who has such a name, in any script and spelling, ranked and explained; and whose texts mention
/// the words. Fields, phrases and what is excluded are asked of records, and a name counts when a record of its entity has
/// them. Facets narrow by what was found under the name, or, where no name is asked for, by what was found at all.
/// </summary>
internal sealed class FindByName(Match match, Store store)
{
    private const int MostNames = 60;

    /// <summary>More are looked at where the search narrows them afterwards.</summary>
    private const int MostNarrowed = 300;
    private const double LeastScore = 0.5;

    internal sealed record Request(
        string Text,
        SearchLanguage.Meaning Meaning,
        string Schema,
        string Dataset,
        string Country,
        string Topic,
        int Page
    )
    {
        public int Texts { get; init; } = TextsPerPage;
        public int Names { get; init; } = NamesPerPage;

        /// <summary>A search from the search page's query string: its text and what facets narrow it.</summary>
        /// <exception cref="RefusedException">The text means nothing.</exception>
        public static Request Of(string text, Func<string, string?> field, int page = 0) =>
            new(
                text,
                Since(SearchTexts.Understood(text), field(SinceField)),
                field("schema") is { } schema && Model.Find(schema) is not null ? schema : "Thing",
                field("datasets") ?? "",
                field("countries") ?? "",
                field("topics") ?? "",
                Math.Clamp(page, 0, MaxPage)
            );

        private static SearchLanguage.Meaning Since(SearchLanguage.Meaning meaning, string? moment) =>
            MomentOf(moment) is { } since
                ? new([.. meaning.Clauses, new([TextTerm.Changed(since, before: null)])])
                : meaning;
    }

    /// <summary>A moment in an address; null for what is none.</summary>
    public static DateTimeOffset? MomentOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;

    /// <param name="IsCut">Only so many of the best names were looked at: more may bear such a name.</param>
    internal sealed record Answer(
        IReadOnlyList<Match.Hit> Names,
        int NamesFound,
        bool IsCut,
        TextHits Texts,
        IReadOnlyDictionary<string, IReadOnlyList<SearchTexts.FacetValue>> Facets
    );

    public const int NamesPerPage = 20;

    /// <summary>The field of an address that leaves only what came or changed at or after a moment.</summary>
    public const string SinceField = "since";
    public const int TextsPerPage = 10;
    private const int MaxPage = 100;

    public async Task<Answer> HandleAsync(Work work, Request request, CancellationToken cancellation)
    {
        var schema = Model.Find(request.Schema) is { } known ? known : Model.Get("Thing");
        var (hits, isCut) = await NamedAsync(work, request, schema, cancellation);
        var narrowed = hits.Where(h => Admits(request, h.Entity)).ToList();
        var texts = await work.On(store).SearchAsync(TextsOf(request), "search page", cancellation);
        var named = narrowed.Select(h => h.Entity.Id).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. narrowed.Skip(request.Page * request.Names).Take(request.Names)],
            narrowed.Count,
            isCut,
            texts with
            {
                Entities = [.. texts.Entities.Where(e => !named.Contains(e.Id))],
            },
            hits.Count > 0
                ? CountFacets([.. hits.Select(h => h.Entity)])
                : texts.Facets.ToDictionary(f => f.Key, f => SearchTexts.Describe(f.Key, f.Value))
        );
    }

    private async Task<(IReadOnlyList<Match.Hit> Hits, bool IsCut)> NamedAsync(
        Work work,
        Request request,
        Schema schema,
        CancellationToken cancellation
    )
    {
        var queries = request
            .Meaning.Names.Select(n => EntityQuery.Clean(null, schema, [("name", n)]))
            .Where(q => q.Properties.Count > 0)
            .Select((q, at) => KeyValuePair.Create($"q{at}", q))
            .ToList();
        if (queries.Count == 0)
            return ([], false);
        var narrowing = request.Meaning.Clauses.Where(Narrows).ToList();
        var asked = new MatchRequest
        {
            Queries = queries,
            Filter = new Filter { Dataset = Catalog.Everything, IncludeDatasets = Only(narrowing, TextTerm.In.Source) },
            Limit = narrowing.Count > 0 ? MostNarrowed : MostNames,
            Threshold = MatchRequest.DefaultThreshold,
            Cutoff = LeastScore,
        };
        var answers = await match.HandleAsync(work, asked, "search page", cancellation);
        var isCut = answers.Any(a => a.Hits.Count >= asked.Limit);
        var hits = answers
            .SelectMany(a => a.Hits)
            .OrderByDescending(h => h.Score.Value)
            .ThenBy(h => h.Entity.Id, StringComparer.Ordinal)
            .DistinctBy(h => h.Entity.Id)
            .ToList();
        return hits.Count == 0 || narrowing.Count == 0
            ? (hits, isCut)
            : (await NarrowAsync(work, request.Text, hits, narrowing, cancellation), isCut);
    }

    /// <summary>Words are what names are compared with, in any spelling; all else narrows exactly.</summary>
    private static bool Narrows(TextClause clause) =>
        clause.IsExcluded || clause.Alternatives.Any(t => t.Field is not TextTerm.In.Words);

    /// <summary>The values of a field that the search asks for once; none where it asks in another way.</summary>
    private static IReadOnlyList<string> Only(IReadOnlyList<TextClause> clauses, TextTerm.In field) =>
        clauses.FirstOrDefault(c => !c.IsExcluded && c.Alternatives.All(t => t.Field == field)) is { } clause
            ? [.. clause.Alternatives.Select(t => t.Value)]
            : [];

    private async Task<IReadOnlyList<Match.Hit>> NarrowAsync(
        Work work,
        string text,
        IReadOnlyList<Match.Hit> hits,
        IReadOnlyList<TextClause> narrowing,
        CancellationToken cancellation
    )
    {
        var ids = hits.SelectMany(h => h.Entity.Members).Select(m => m.PublicId).Distinct().ToList();
        var query = new TextQuery("")
        {
            Asked = text,
            Clauses = narrowing,
            Ids = ids,
            Limit = ids.Count,
        };
        var found = await work.On(store).SearchAsync(query, "search page", cancellation);
        var left = found.Entities.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        return [.. hits.Where(h => left.Contains(h.Entity.Id))];
    }

    internal static TextQuery TextsOf(Request request) =>
        new("")
        {
            Asked = request.Text,
            Clauses = request.Meaning.Clauses,
            Schema = request.Schema,
            Source = source => request.Dataset.Length == 0 || source.Value == request.Dataset,
            Countries = request.Country.Length == 0 ? [] : [request.Country],
            Topics = request.Topic.Length == 0 ? [] : [request.Topic],
            Limit = request.Texts,
        };

    private static bool Admits(Request request, Entity entity) =>
        (request.Dataset.Length == 0 || entity.Members.Any(m => m.Source.Value == request.Dataset))
        && (request.Country.Length == 0 || Countries(entity).Contains(request.Country))
        && (request.Topic.Length == 0 || entity.Properties["topics"].Contains(request.Topic));

    internal static IEnumerable<string> Countries(Entity entity) =>
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
