using Lanthorn.Knowledge;
using Microsoft.Data.Sqlite;

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
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>True to find what has any of the words; false for all of them.</summary>
    public bool AnyWord { get; init; }
    public int Limit { get; init; } = 10;
    public int Offset { get; init; }
}

/// <summary>Texts that were found, with counts over everything that was found and not over this page.</summary>
/// <param name="IsAtLeast">True when the search stopped at its limit and there are more.</param>
public sealed record TextHits(
    IReadOnlyList<Entity> Entities,
    int Total,
    bool IsAtLeast,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Facets
);

/// <summary>Full text.</summary>
public sealed partial class Reading
{
    /// <summary>A search looks at no more visible hits than this, and says so.</summary>
    public const int MaxTextHits = 10_000;

    /// <summary>
    /// Finds live records by words anywhere in their texts. Order: records with more of the words in their names first, then
    /// by public id; no statistic of the whole store takes part, so hidden records cannot change it.
    /// </summary>
    public async Task<TextHits> SearchAsync(TextQuery query, string what, CancellationToken cancellation)
    {
        await using var connection = await store.OpenReaderAsync(cancellation);
        var hits = await FindTextAsync(connection, query);
        var admitted = hits.Where(h => Admits(query, h)).ToList();
        var page = admitted.Skip(query.Offset).Take(query.Limit).ToList();
        var entities = await AssembleAsync(
            connection,
            await ByOrdinalsAsync(connection, [.. page.Select(h => h.Ordinal)])
        );
        var shown = page.Where(h => entities.ContainsKey(h.Ordinal))
            .Select(h => entities[h.Ordinal])
            .DistinctBy(e => e.Id)
            .ToList();
        await LogAsync(
            Operation.Consultation,
            what,
            shown.SelectMany(e => e.Members).DistinctBy(m => m.Id),
            query.Text,
            cancellation
        );
        return new(shown, admitted.Count, hits.Count >= MaxTextHits, CountFacets(admitted));
    }

    private sealed record TextHit(
        int Ordinal,
        string PublicId,
        int NamesMatched,
        SourceCode Source,
        Schema Schema,
        string[] Countries,
        string[] Topics,
        DateTimeOffset ChangedAt
    );

    private async Task<List<TextHit>> FindTextAsync(SqliteConnection connection, TextQuery query)
    {
        var (words, keys) = TextKeys.Query(query.Text);
        if (words.Count + keys.Count == 0 && query.Text.Trim().Length > 0)
            return [];
        await using var command = new SqliteCommand(TextSql(words, keys, query.AnyWord), connection);
        for (var at = 0; at < words.Count; at++)
            command.Parameters.AddWithValue($"$w{at}", Quote(words[at]));
        for (var at = 0; at < keys.Count; at++)
            command.Parameters.AddWithValue($"$k{at}", keys[at]);
        command.Parameters.AddWithValue("$limit", MaxTextHits);
        var found = new List<TextHit>();
        await using var row = await command.ExecuteReaderAsync();
        while (row.Read())
            found.Add(
                new(
                    row.GetInt32(0),
                    row.GetString(1),
                    row.GetInt32(2),
                    SourceCode.Parse(row.GetString(3)).Value,
                    Model.Get(row.GetString(4)),
                    Split(row, 5),
                    Split(row, 6),
                    Times.Read(row.GetString(7))
                )
            );
        return found;
    }

    /// <summary>One subquery for each word, so that the order can count how many of them stand in the names.</summary>
    private string TextSql(IReadOnlyList<string> words, IReadOnlyList<string> keys, bool any)
    {
        var conditions = new List<string>();
        var inNames = new List<string>();
        for (var at = 0; at < words.Count; at++)
        {
            conditions.Add($"r.ordinal in (select rowid from record_text where record_text match $w{at})");
            inNames.Add($"(r.ordinal in (select rowid from record_text where record_text match 'names : ' || $w{at}))");
        }
        for (var at = 0; at < keys.Count; at++)
        {
            conditions.Add($"r.ordinal in (select ordinal from short_text where key = $k{at})");
            inNames.Add(conditions[^1]);
        }
        var condition = conditions.Count == 0 ? "true" : string.Join(any ? " or " : " and ", conditions);
        var score = inNames.Count == 0 ? "0" : string.Join(" + ", inNames.Select(n => $"({n})"));
        return $"""
            select r.ordinal, r.public_id, {score} as matched, r.source, r.schema, r.countries, r.topics, r.changed_at
            from record r {Visible(
                $"r.listed_to is null and ({condition})"
            )} order by matched desc, r.public_id, r.id limit $limit
            """;
    }

    private static bool Admits(TextQuery query, TextHit hit) =>
        query.Source(hit.Source)
        && hit.Schema.IsA(query.Schema)
        && !query.ExcludedSchemata.Contains(hit.Schema.Name)
        && (query.Countries.Count == 0 || hit.Countries.Any(query.Countries.Contains))
        && (query.Topics.Count == 0 || hit.Topics.Any(query.Topics.Contains))
        && (query.ChangedSince is not { } since || hit.ChangedAt >= since);

    private static Dictionary<string, IReadOnlyDictionary<string, int>> CountFacets(List<TextHit> hits)
    {
        static IReadOnlyDictionary<string, int> Count(IEnumerable<string> values) =>
            values
                .GroupBy(v => v, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return new(StringComparer.Ordinal)
        {
            ["countries"] = Count(hits.SelectMany(h => h.Countries)),
            ["topics"] = Count(hits.SelectMany(h => h.Topics)),
            ["datasets"] = Count(hits.Select(h => h.Source.Value)),
            ["schema"] = Count(hits.Select(h => h.Schema.Name)),
        };
    }

    private static string Quote(string word) => $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string[] Split(SqliteDataReader row, int column) =>
        row.GetString(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
