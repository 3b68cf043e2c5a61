using System.Data.Common;
using System.Text;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>
/// The prepared statements that write records with their versions, edges, meeting identifiers and full text. What happened
/// is collected, and written once for the transaction by <see cref="Close"/>.
/// </summary>
internal sealed partial class RecordStatements : IDisposable
{
    private readonly Store store;
    private readonly DbConnection connection;
    private readonly DbTransaction transaction;
    private readonly string now;
    private readonly List<Statement> all = [];
    private readonly Statement insert;
    private readonly Statement update;
    private readonly Statement relist;
    private readonly Statement touch;
    private readonly Statement absence;
    private readonly Statement end;
    private readonly Statement version;
    private readonly Statement edge;
    private readonly Statement pivot;
    private readonly Statement shortText;
    private readonly Statement takenRank;
    private readonly SearchRows search;
    private readonly RecordCopy? copy;
    private readonly Statement[] forget;
    private readonly Restrictions restrictions;
    private readonly Dictionary<(string Source, ushort Label), int> live = [];
    private readonly SortedDictionary<ChangeKind, List<int>> changes = [];

    public RecordStatements(Store store, DbConnection connection, DbTransaction transaction)
    {
        (this.store, this.connection, this.transaction) = (store, connection, transaction);
        now = Times.Text(store.Time.GetUtcNow());
        restrictions = new(store, connection, transaction);
        insert = Prepare(
            """
            insert into record (rank, id, source, external_id, public_id, label_id, version, content_hash, listed_from,
                changed_at, category)
            values ($1, $2, $3, $4, $5, $6, $10, $7, $8, $8, $9) returning ordinal
            """
        );
        update = Prepare(
            """
            update record set public_id = $2, label_id = $3, version = $4, content_hash = $5, changed_at = $6,
                listed_to = null, category = $7 where ordinal = $1
            """
        );
        relist = Prepare("update record set label_id = $2, changed_at = $3, listed_to = null where ordinal = $1");
        touch = Prepare(TouchSql);
        absence = Prepare("insert into absence (ordinal, left_at, back_at) values ($1, $2, $3) on conflict do nothing");
        end = Prepare(
            """
            update record set listed_to = $2, changed_at = $2 where ordinal = $1 and listed_to is null
            returning rank, source, label_id
            """
        );
        version = Prepare(
            """
            insert into record_version (ordinal, version, schema, properties, evaluation, handling, legal_basis,
                published_at, import_id, ingested_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """
        );
        edge = Prepare(
            "insert into edge (from_id, to_id, kind, starts, ends, ordinal) values ($1, $2, $3, $4, $5, $6)"
        );
        pivot = Prepare(
            "insert into pivot (key, rank, ordinal, property) values ($1, $2, $3, $4) on conflict do nothing"
        );
        shortText = Prepare("insert into short_text (key, rank) values ($1, $2) on conflict do nothing");
        takenRank = Prepare("select 1 from search_row where rank = $1");
        copy = store.Dialect.CopyOn(connection);
        search = new(store.Dialect, Prepare, now);
        forget = [Prepare("delete from edge where ordinal = $1"), Prepare("delete from pivot where ordinal = $1")];
    }

    /// <summary>To be called with all records that may be inserted, where the database is far.</summary>
    public void LookAhead(IReadOnlyList<DerivedRecord> coming) => copy?.LookAhead(coming);

    /// <summary>The label that a record that comes in gets: its own, unless it is restricted.</summary>
    public ushort Standing(RecordId id, ushort label) => restrictions.Standing(id, label);

    public KnownRecord Insert(DerivedRecord derived, SourceCode source, ushort label, long import)
    {
        var number = NumberOf(derived.Hashed, 1);
        var ordinal = copy is null
            ? InsertRow(derived, source, label, import, number)
            : copy.Add(derived, (source.Value, label, import, number, now));
        Count(source.Value, label, 1);
        Note(ChangeKind.Added, ordinal);
        return new(ordinal, derived.Hashed.Rank, number, derived.Hashed.Hash, label, null);
    }

    private int InsertRow(DerivedRecord derived, SourceCode source, ushort label, long import, int number)
    {
        var (record, rank) = (derived.Hashed.Record, FreeRank(derived.Hashed.Rank));
        var ordinal = (int)
            (long)
                insert.Scalar(
                    rank,
                    derived.Hashed.Id.ToBytes(),
                    source.Value,
                    record.ExternalId,
                    record.PublicId,
                    (long)label,
                    new RecordId(derived.Hashed.Hash).ToBytes(),
                    now,
                    (long)record.Category,
                    (long)number
                )!;
        WriteVersion(ordinal, number, derived.Hashed, import);
        WriteDerived(ordinal, rank, derived);
        search.Insert(rank, ordinal, label, source, derived);
        WriteShortKeys(rank, derived);
        return ordinal;
    }

    /// <summary>
    /// New content is a new version; another label holds for every version; a record that was gone is listed again. What a
    /// person has corrected stays as long as the source says the same as before.
    /// </summary>
    public int Update(KnownRecord known, DerivedRecord derived, SourceCode source, ushort label, long import)
    {
        Touch(import, known.Ordinal);
        if (known.ListedTo is { } left)
            absence.Run((long)known.Ordinal, left, now);
        else
            Count(source.Value, known.Label, -1);
        Count(source.Value, label, 1);
        Note(ChangeKind.Changed, known.Ordinal);
        if (known.Hash == derived.Hashed.Hash)
        {
            relist.Run((long)known.Ordinal, (long)label, now);
            search.Relist(known.Rank, label);
            return known.Version;
        }
        var (record, number) = (derived.Hashed.Record, NumberOf(derived.Hashed, known.Version + 1));
        update.Run(
            (long)known.Ordinal,
            record.PublicId,
            (long)label,
            (long)number,
            new RecordId(derived.Hashed.Hash).ToBytes(),
            now,
            (long)record.Category
        );
        WriteVersion(known.Ordinal, number, derived.Hashed, import);
        Derive(known.Ordinal, known.Rank, derived, label, (now, IsLive: true));
        return number;
    }

    /// <summary>
    /// What a person says of the record is its newest version; where it is listed, and what its source last said, stay.
    /// </summary>
    public int Correct(Present present, DerivedRecord derived, long import)
    {
        Touch(import, present.Ordinal);
        var number = NumberOf(derived.Hashed, present.Version + 1);
        Run(
            "update record set version = $2, changed_at = $3 where ordinal = $1",
            (long)present.Ordinal,
            (long)number,
            now
        );
        WriteVersion(present.Ordinal, number, derived.Hashed, import);
        Derive(present.Ordinal, present.Rank, derived, present.Label, (now, present.ListedTo is null));
        Note(ChangeKind.Changed, present.Ordinal);
        return number;
    }

    /// <summary>The record has left its list. False when it had already.</summary>
    public bool End(int ordinal, long import)
    {
        Touch(import, ordinal);
        long rank;
        using (var row = end.Read((long)ordinal, now))
        {
            if (!row.Read())
                return false;
            rank = row.GetInt64(0);
            Count(row.GetString(1), (ushort)row.GetInt32(2), -1);
        }
        search.End(rank);
        Note(ChangeKind.Ended, ordinal);
        return true;
    }

    /// <summary>Writes the counts and the change feed; nothing may be written after it.</summary>
    public void Close()
    {
        copy?.Flush();
        using var count = new Statement(
            connection,
            transaction,
            """
            insert into live_count (source, label_id, records) values ($1, $2, $3)
            on conflict (source, label_id) do update set records = live_count.records + excluded.records
            """
        );
        foreach (var ((source, label), records) in live.Where(c => c.Value != 0))
            count.Run(source, (long)label, (long)records);
        foreach (var (kind, ordinals) in changes)
            ChangeFeed.WriteIn(connection, transaction, kind, ordinals);
    }

    public void Dispose() => all.ForEach(s => s.Dispose());

    private Statement Prepare(string sql)
    {
        var statement = new Statement(connection, transaction, sql);
        all.Add(statement);
        return statement;
    }

    /// <summary>Two of a million records begin alike with a chance of one in five hundred: the second takes the next place.</summary>
    private long FreeRank(long wanted)
    {
        while (takenRank.Scalar(wanted) is not null)
            wanted++;
        return wanted;
    }

    private void WriteVersion(int ordinal, int number, HashedRecord hashed, long import) =>
        version.Run(
            (long)ordinal,
            (long)number,
            hashed.Record.Schema.Name,
            Encoding.UTF8.GetString(hashed.Json),
            hashed.Record.Evaluation.ToString(),
            (long)hashed.Record.Handling,
            hashed.Record.LegalBasis,
            Times.Text(hashed.Record.PublishedAt),
            import,
            now
        );

    /// <summary>What is kept beside a record follows its newest version.</summary>
    private void Derive(
        int ordinal,
        long rank,
        DerivedRecord derived,
        ushort label,
        (string ChangedAt, bool IsLive) listing
    )
    {
        foreach (var statement in forget)
            statement.Run((long)ordinal);
        WriteDerived(ordinal, rank, derived);
        if (search.Update(rank, label, derived, listing.ChangedAt, listing.IsLive))
            WriteShortKeys(rank, derived);
    }

    private void WriteDerived(int ordinal, long rank, DerivedRecord derived)
    {
        foreach (var found in derived.Edges)
            edge.Run(found.From, found.To, found.Kind, found.Starts, found.Ends, (long)ordinal);
        foreach (var (key, property) in derived.Pivots)
            pivot.Run(key, rank, (long)ordinal, property);
    }

    private void WriteShortKeys(long rank, DerivedRecord derived)
    {
        foreach (var key in derived.ShortKeys)
            shortText.Run(key, rank);
    }

    private void Count(string source, ushort label, int by) =>
        live[(source, label)] = live.GetValueOrDefault((source, label)) + by;

    private void Note(ChangeKind kind, int ordinal)
    {
        if (!changes.TryGetValue(kind, out var ordinals))
            changes[kind] = ordinals = [];
        ordinals.Add(ordinal);
    }
}
