using System.Data.Common;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>
/// Takes a record out of every table, inside one transaction. What stays is a tombstone, that there were judgements (their
/// reasons are gone), and the log of who did what with it, which names it by its keyed id alone.
/// </summary>
internal sealed class Erasure(Dialect dialect, DbConnection connection, DbTransaction transaction)
{
    /// <summary>The record's versions; none when there is no such record among these labels.</summary>
    public IReadOnlyList<RecordVersion> Run(RecordId id, object visibleLabels, string reason, DateTimeOffset now)
    {
        var withdrawn = Withdrawn(id, visibleLabels);
        if (Find(id, visibleLabels) is not { } found)
            return EraseWithdrawn(id, withdrawn, reason, now);
        if (dialect.UnindexText is { } unindex)
            Run(unindex, found.Rank);
        Run("delete from search_row where rank = $1", found.Rank);
        Run("delete from short_text where rank = $1", found.Rank);
        foreach (var table in new[] { "edge", "pivot", "absence", "import_touch", "record_version", "record" })
            Run($"delete from {table} where ordinal = $1", (long)found.Ordinal);
        Entomb(id, reason, now);
        if (found.IsLive)
            Run(
                "update live_count set records = records - 1 where source = $1 and label_id = $2",
                found.Source,
                found.Label
            );
        ChangeFeed.WriteIn(connection, transaction, ChangeKind.Erased, [found.Ordinal]);
        return [.. Enumerable.Range(1, found.Versions).Union(withdrawn).Order().Select(v => new RecordVersion(id, v))];
    }

    /// <summary>A record of which the import was undone is erased from what is kept of it.</summary>
    private IReadOnlyList<RecordVersion> EraseWithdrawn(
        RecordId id,
        List<int> versions,
        string reason,
        DateTimeOffset now
    )
    {
        if (versions.Count > 0)
            Entomb(id, reason, now);
        return [.. versions.Select(v => new RecordVersion(id, v))];
    }

    private void Entomb(RecordId id, string reason, DateTimeOffset now)
    {
        Run("delete from withdrawn_version where id = $1", id.ToBytes());
        Run("delete from restriction where id = $1", id.ToBytes());
        // What was written about the entity may say what the record said.
        Run(
            """
            delete from annotation_member where annotation_id in
                (select annotation_id from annotation_member where record_id = $1)
            """,
            id.ToBytes()
        );
        Run("delete from annotation where id not in (select annotation_id from annotation_member)");
        Run("update judgement set reason = '' where left_id = $1 or right_id = $1", id.ToBytes());
        Run("delete from proposed_judgement where left_id = $1 or right_id = $1", id.ToBytes());
        Run("insert into tombstone (id, erased_at, reason) values ($1, $2, $3)", id.ToBytes(), Times.Text(now), reason);
    }

    private List<int> Withdrawn(RecordId id, object visibleLabels)
    {
        using var find = new Statement(
            connection,
            transaction,
            $"""
            select version from withdrawn_version w where {dialect.IsOneOf("w.label_id", "$1")} and id = $2
                and not exists (select 1 from record r where r.id = $2 and not {dialect.IsOneOf("r.label_id", "$1")})
            """
        );
        using var row = find.Read(visibleLabels, id.ToBytes());
        var versions = new List<int>();
        while (row.Read())
            versions.Add(row.GetInt32(0));
        return versions;
    }

    private sealed record Found(int Ordinal, long Rank, string Source, long Label, int Versions, bool IsLive);

    private Found? Find(RecordId id, object visibleLabels)
    {
        using var find = new Statement(
            connection,
            transaction,
            $"""
            select ordinal, rank, source, label_id, version, listed_to is null from record r
            where {dialect.IsOneOf("r.label_id", "$1")} and id = $2
            """
        );
        using var row = find.Read(visibleLabels, id.ToBytes());
        return row.Read()
            ? new(
                row.GetInt32(0),
                row.GetInt64(1),
                row.GetString(2),
                row.GetInt64(3),
                row.GetInt32(4),
                row.GetBoolean(5)
            )
            : null;
    }

    private void Run(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = new Statement(connection, transaction, sql);
        statement.Run(values);
    }
}
