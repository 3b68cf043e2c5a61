using System.Globalization;
using Lanthorn.Knowledge;
using Microsoft.Data.Sqlite;

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
        using var row = sight.Read(TextSql(words, query.AnyWord), [.. TextValues(words, query.AnyWord)]);
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
    /// words, and after them the query of the trigram index if there is a word for it.
    /// </summary>
    private static string TextSql(IReadOnlyList<TextKeys.Word> words, bool any)
    {
        var from = (words.Count, words.Any(w => w.IsLong), any) switch
        {
            (0, _, _) => "search_row s",
            (_, true, false) =>
                $"search_text t cross join search_row s on s.rank = t.rowid and search_text match {Parameter(words.Count)}",
            (_, false, false) => $"short_text t cross join search_row s on s.rank = t.rank and t.key = {Parameter(0)}",
            _ => $"({AnyRanks(words)}) t cross join search_row s on s.rank = t.rank",
        };
        var order =
            words.Count == 0 ? "s.rank"
            : words.Any(w => w.IsLong) && !any ? "t.rowid"
            : "t.rank";
        var has = words.Select((word, at) => Has(word, Parameter(at))).ToList();
        var condition = has.Count == 0 ? "true" : string.Join(any ? " or " : " and ", has);
        var inNames = words.Select((_, at) => $"({Sqlite.Contains("s.names", Parameter(at))})");
        return $"""
            select {HitColumns}, {(words.Count == 0 ? "0" : string.Join(" + ", inNames))}
            from {from} where {Sight.Visible("s")} and s.live = 1 and ({condition}) order by {order} limit $2
            """;
    }

    private static IEnumerable<object> TextValues(IReadOnlyList<TextKeys.Word> words, bool any)
    {
        yield return (long)MaxTextHits;
        foreach (var word in words)
            yield return word.Text;
        if (words.Any(w => w.IsLong))
            yield return Sqlite.Trigrams(words.Where(w => w.IsLong).Select(w => w.Text), any);
    }

    /// <summary>The ranks of rows that can have any of the words, each once, in order.</summary>
    private static string AnyRanks(IReadOnlyList<TextKeys.Word> words)
    {
        var parts = words
            .Select((word, at) => (word.IsLong, Parameter(at)))
            .Where(w => !w.IsLong)
            .Select(w => $"select rank from short_text where key = {w.Item2}");
        if (words.Any(w => w.IsLong))
            parts = parts.Append(
                $"select rowid as rank from search_text where search_text match {Parameter(words.Count)}"
            );
        return $"{string.Join(" union ", parts)} order by 1";
    }

    /// <summary>A short word stands for itself, a long one for any text that it is part of.</summary>
    private static string Has(TextKeys.Word word, string parameter) =>
        word.IsLong
            ? $"({Sqlite.Contains("s.names", parameter)} or {Sqlite.Contains("s.others", parameter)})"
            : $"exists (select 1 from short_text k where k.key = {parameter} and k.rank = s.rank)";

    private static string Parameter(int word) => string.Create(CultureInfo.InvariantCulture, $"${word + 3}");

    private static string[] Split(SqliteDataReader row, int column) =>
        row.GetString(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
