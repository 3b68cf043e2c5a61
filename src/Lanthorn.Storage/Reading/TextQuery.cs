using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>What is searched for in the texts of records, and what narrows it.</summary>
public sealed record TextQuery(string Text)
{
    public const int MaxLength = 400;

    public Func<SourceCode, bool> Source { get; init; } = _ => true;
    public string Schema { get; init; } = "Thing";
    public IReadOnlyList<string> ExcludedSchemata { get; init; } = [];
    public IReadOnlyList<string> Countries { get; init; } = [];
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>True when a hit has to have every country and topic that is named; false when one of each suffices.</summary>
    public bool EveryValue { get; init; }
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>What decides the order before the number of matching names, first things first.</summary>
    public IReadOnlyList<TextOrder> Order { get; init; } = [];

    /// <summary>True to find what has any of the words; false for all of them.</summary>
    public bool AnyWord { get; init; }

    /// <summary>What was asked in the asker's words, where they are not <see cref="Text"/>: it stands, sealed, in the audit log.</summary>
    public string Asked { get; init; } = "";

    /// <summary>What else a record must have, all of it.</summary>
    public IReadOnlyList<TextClause> Clauses { get; init; } = [];

    /// <summary>Only records with one of these public ids; null for all.</summary>
    public IReadOnlyList<string>? Ids { get; init; }
    public int Limit { get; init; } = 10;
    public int Offset { get; init; }

    /// <summary>The words of <see cref="Text"/> as clauses, and the others.</summary>
    internal IReadOnlyList<TextClause> AllClauses
    {
        get
        {
            var words = TextKeys.Query(Text).Select(w => new TextTerm(TextTerm.In.Words, w.Text)).ToList();
            if (words.Count == 0)
                return Clauses;
            return [.. AnyWord ? [new(words)] : words.Select(w => new TextClause([w])), .. Clauses];
        }
    }

    internal bool Admits(TextHit hit) =>
        Source(hit.Source)
        && hit.Schema.IsA(Schema)
        && !ExcludedSchemata.Contains(hit.Schema.Name)
        && Has(hit.Countries, Countries)
        && Has(hit.Topics, Topics)
        && (ChangedSince is not { } since || hit.ChangedAt >= since);

    internal IEnumerable<TextHit> Sort(IEnumerable<TextHit> hits)
    {
        var sorted = hits.OrderBy(_ => 0);
        foreach (var (field, descends) in Order)
            sorted = (field, descends) switch
            {
                (TextOrder.By.LastChange, false) => sorted.ThenBy(h => h.ChangedAt),
                (TextOrder.By.LastChange, true) => sorted.ThenByDescending(h => h.ChangedAt),
                (TextOrder.By.Schema, false) => sorted.ThenBy(h => h.Schema.Name, StringComparer.Ordinal),
                (TextOrder.By.Schema, true) => sorted.ThenByDescending(h => h.Schema.Name, StringComparer.Ordinal),
                (_, false) => sorted.ThenBy(h => h.PublicId, StringComparer.Ordinal),
                (_, true) => sorted.ThenByDescending(h => h.PublicId, StringComparer.Ordinal),
            };
        return sorted
            .ThenByDescending(h => h.NamesMatched)
            .ThenBy(h => h.PublicId, StringComparer.Ordinal)
            .ThenBy(h => h.Rank);
    }

    private bool Has(string[] values, IReadOnlyList<string> wanted) =>
        wanted.Count == 0 || (EveryValue ? wanted.All(values.Contains) : wanted.Any(values.Contains));
}

/// <summary>A field that decides the order of what was found.</summary>
public readonly record struct TextOrder(TextOrder.By Field, bool Descends)
{
    public enum By
    {
        Id,
        LastChange,
        Schema,
    }
}

/// <summary>Texts that were found, with counts over everything that was found and not over this page.</summary>
/// <param name="IsAtLeast">True when the search stopped at its limit and there are more.</param>
public sealed record TextHits(
    IReadOnlyList<Entity> Entities,
    int Total,
    bool IsAtLeast,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Facets
);

/// <summary>A record whose texts have the words, as the search row gives it.</summary>
internal sealed record TextHit(
    long Rank,
    int Ordinal,
    string PublicId,
    int NamesMatched,
    SourceCode Source,
    Schema Schema,
    string[] Countries,
    string[] Topics,
    DateTimeOffset ChangedAt
)
{
    public static Dictionary<string, IReadOnlyDictionary<string, int>> Facets(IReadOnlyList<TextHit> hits)
    {
        static IReadOnlyDictionary<string, int> Count(IEnumerable<string> values) =>
            values.CountBy(v => v, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return new(StringComparer.Ordinal)
        {
            ["countries"] = Count(hits.SelectMany(h => h.Countries)),
            ["topics"] = Count(hits.SelectMany(h => h.Topics)),
            ["datasets"] = Count(hits.Select(h => h.Source.Value)),
            ["schema"] = Count(hits.Select(h => h.Schema.Name)),
        };
    }
}
