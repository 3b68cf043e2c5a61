using System.Data.Common;
using System.Globalization;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Full text.</summary>
public sealed partial class Reading
{
    /// <summary>A search looks at no more visible hits than this, the first by rank, and says so.</summary>
    public const int MaxTextHits = 10_000;

    private const string HitColumns =
        "s.rank, s.ordinal, s.public_id, s.source, s.schema, s.countries, s.topics, s.changed_at";

    /// <summary>
    /// Finds live records by words anywhere in their texts. Order: what the query asks for, then records with more of the
    /// words in their names first, then by public id; no statistic of the whole store takes part, so hidden records cannot
    /// change it.
    /// </summary>
    public async Task<TextHits> SearchAsync(TextQuery query, string what, CancellationToken cancellation)
    {
        List<Entity> shown;
        List<TextHit> hits;
        List<TextHit> admitted;
        await using (var sight = await LookAsync(cancellation))
        {
            hits = FindTexts(sight, query);
            admitted = [.. query.Sort(hits.Where(query.Admits))];
            var page = admitted.Skip(query.Offset).Take(query.Limit).ToList();
            var entities = Assemble(sight, sight.ByOrdinals(page.Select(h => h.Ordinal)));
            shown = [.. page.Select(h => entities[h.Ordinal]).DistinctBy(e => e.Id)];
        }
        await LogAsync(Operation.Consultation, what, MembersOf(shown), query.Text, cancellation);
        return new(shown, admitted.Count, hits.Count >= MaxTextHits, TextHit.Facets(admitted));
    }

    private static List<TextHit> FindTexts(Sight sight, TextQuery query)
    {
        var words = TextKeys.Query(query.Text);
        if (words.Count == 0 && query.Text.AsSpan().Trim().Length > 0)
            return [];
        var found = new List<TextHit>();
        using var row = sight.Read(
            TextSql(sight, words, query.AnyWord),
            [.. TextValues(sight.Dialect, words, query.AnyWord)]
        );
        while (row.Read())
            found.Add(
                new(
                    row.GetInt64(0),
                    row.GetInt32(1),
                    row.GetString(2),
                    row.GetInt32(8),
                    SourceCode.Parse(row.GetString(3)).Value,
                    Model.Get(row.GetString(4)),
                    Split(row, 5),
                    Split(row, 6),
                    Times.Read(row.GetString(7))
                )
            );
        return found;
    }

    /// <summary>
    /// The first hits by rank. The indexes give the rows that can have the words, in the order of ranks, and the texts of
    /// the row itself decide: so the search ends with its last hit. $1 is the viewer's labels, $2 the limit, then come the
    /// words, and after them what the database's own search wants.
    /// </summary>
    private static string TextSql(Sight sight, IReadOnlyList<TextKeys.Word> words, bool any)
    {
        List<string> parameters = [.. Enumerable.Range(0, words.Count + 1).Select(Parameter)];
        var (from, rank) = sight.Dialect.TextCandidates(words, parameters, any);
        var has = words.Select((word, at) => Has(sight.Dialect, word, parameters[at])).ToList();
        var condition = has.Count == 0 ? "true" : string.Join(any ? " or " : " and ", has);
        var inNames = words.Select(
            (_, at) => $"case when {sight.Dialect.Contains("s.names", parameters[at])} then 1 else 0 end"
        );
        return $"""
            select {HitColumns}, {(words.Count == 0 ? "0" : string.Join(" + ", inNames))}
            from {from} where {sight.Visible("s")} and s.live = 1 and ({condition}) order by {rank} limit $2
            """;
    }

    private static IEnumerable<object> TextValues(Dialect dialect, IReadOnlyList<TextKeys.Word> words, bool any)
    {
        yield return (long)MaxTextHits;
        foreach (var word in words)
            yield return word.Text;
        if (dialect.TextQuery(words, any) is { } query)
            yield return query;
    }

    /// <summary>A short word stands for itself, a long one for any text that it is part of.</summary>
    private static string Has(Dialect dialect, TextKeys.Word word, string parameter) =>
        word.IsLong
            ? $"({dialect.Contains("s.names", parameter)} or {dialect.Contains("s.others", parameter)})"
            : $"exists (select 1 from short_text k where k.key = {parameter} and k.rank = s.rank)";

    private static string Parameter(int word) => string.Create(CultureInfo.InvariantCulture, $"${word + 3}");

    private static string[] Split(DbDataReader row, int column) =>
        row.GetString(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
