using System.Data.Common;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>
/// The restrictions that stand, inside one transaction. A restricted record bears its label joined with a marker, so that
/// only those whom the marker admits see it: everything that reads respects it without asking.
/// </summary>
internal sealed class Restrictions(Store store, DbConnection connection, DbTransaction transaction)
{
    private Dictionary<RecordId, Label>? markers;

    /// <summary>
    /// The label that a record gets where one is about to be written: a restriction outlasts what imports bring and undo,
    /// and remembers the label for when it is lifted.
    /// </summary>
    public ushort Standing(RecordId id, ushort label)
    {
        markers ??= Load();
        if (!markers.TryGetValue(id, out var marker))
            return label;
        using var keep = new Statement(connection, transaction, "update restriction set label_id = $2 where id = $1");
        keep.Run(id.ToBytes(), (long)label);
        return store.Labels.InternIn(connection, transaction, Label.Meet(store.Labels.Get(label), marker));
    }

    /// <summary>False when it is restricted already.</summary>
    public bool Begin(Present present, Label marker, string reason, DateTimeOffset now)
    {
        markers ??= Load();
        if (markers.ContainsKey(present.Id))
            return false;
        using var insert = new Statement(
            connection,
            transaction,
            "insert into restriction (id, label_id, marker, restricted_at, reason) values ($1, $2, $3, $4, $5)"
        );
        insert.Run(present.Id.ToBytes(), (long)present.Label, marker.Text, Times.Text(now), reason);
        var label = Label.Meet(store.Labels.Get(present.Label), marker);
        Relabel(present, store.Labels.InternIn(connection, transaction, label));
        return true;
    }

    /// <summary>False when it is not restricted.</summary>
    public bool End(Present present)
    {
        using var find = new Statement(connection, transaction, "select label_id from restriction where id = $1");
        if (find.Scalar(present.Id.ToBytes()) is not long label)
            return false;
        using var delete = new Statement(connection, transaction, "delete from restriction where id = $1");
        delete.Run(present.Id.ToBytes());
        Relabel(present, (ushort)label);
        return true;
    }

    private void Relabel(Present present, ushort label)
    {
        Run("update record set label_id = $2 where ordinal = $1", (long)present.Ordinal, (long)label);
        Run("update search_row set label_id = $2 where rank = $1", present.Rank, (long)label);
        Run("update withdrawn_version set label_id = $2 where id = $1", present.Id.ToBytes(), (long)label);
        if (present.ListedTo is null)
        {
            const string count = """
                insert into live_count (source, label_id, records) values ($1, $2, $3)
                on conflict (source, label_id) do update set records = live_count.records + excluded.records
                """;
            Run(count, present.Source, (long)present.Label, -1L);
            Run(count, present.Source, (long)label, 1L);
        }
        ChangeFeed.WriteIn(connection, transaction, ChangeKind.Changed, [present.Ordinal]);
    }

    private Dictionary<RecordId, Label> Load()
    {
        using var select = new Statement(connection, transaction, "select id, marker from restriction");
        using var row = select.Read();
        var found = new Dictionary<RecordId, Label>();
        while (row.Read())
            found[RecordId.FromBytes(row.GetFieldValue<byte[]>(0))] = Label.Parse(row.GetString(1)).Value;
        return found;
    }

    private void Run(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = new Statement(connection, transaction, sql);
        statement.Run(values);
    }
}
