using System.Data.Common;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Full text.</summary>
public sealed partial class Reading
{
    /// <summary>A search looks at no more visible hits than this, the first by rank, and says so.</summary>
    public const int MaxTextHits = 10_000;

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
        await LogAsync(
            Operation.Consultation,
            what,
            MembersOf(shown),
            query.Asked.Length > 0 ? query.Asked : query.Text,
            cancellation
        );
        return new(shown, admitted.Count, hits.Count >= MaxTextHits, TextHit.Facets(admitted));
    }

    /// <summary>So many hits are counted at most where each is looked at.</summary>
    public const int MaxCounted = MaxEnds;

    /// <summary>
    /// How many records <see cref="SearchAsync"/> would find whose entities are of a category that is admitted: a protected
    /// record protects what it is joined with. Nothing of a record is handed out.
    /// </summary>
    public async Task<int> CountAsync(
        TextQuery query,
        Func<SubjectCategory, bool> admits,
        string what,
        CancellationToken cancellation
    )
    {
        int count;
        await using (var sight = await LookAsync(cancellation))
        {
            var admitted = query.Sort(FindTexts(sight, query).Where(query.Admits)).Take(MaxCounted);
            var entities = Assemble(sight, sight.ByOrdinals(admitted.Select(h => h.Ordinal)));
            count = entities.Values.Count(e => admits(e.Category));
        }
        var asked = query.Asked.Length > 0 ? query.Asked : query.Text;
        await LogAsync(Operation.Consultation, what, [], asked, cancellation);
        return count;
    }

    private static List<TextHit> FindTexts(Sight sight, TextQuery query)
    {
        if (TextStatement.Of(sight.Dialect, sight.Visible("s"), query, MaxTextHits) is not { } statement)
            return [];
        var found = new List<TextHit>();
        using var row = sight.Read(statement.Sql, [.. statement.Values]);
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

    private static string[] Split(DbDataReader row, int column) =>
        row.GetString(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
