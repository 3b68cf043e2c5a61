using System.Text;
using Dapper;
using Lanthorn.Knowledge;
using Npgsql;
using NpgsqlTypes;

namespace Lanthorn.Storage;

/// <summary>
/// Writes new records to PostgreSQL in bulk: they are gathered, and copied into each table at once when the transaction
/// ends. Numbers and ranks are asked for beforehand, all at once.
/// </summary>
internal sealed class RecordCopy(NpgsqlConnection connection)
{
    private readonly Queue<long> ordinals = new();
    private readonly HashSet<long> taken = [];
    private readonly List<NewRecord> waiting = [];

    private sealed record NewRecord(
        long Ordinal,
        long Rank,
        DerivedRecord Derived,
        string Source,
        long Label,
        long Import,
        long Version,
        string Now
    );

    /// <summary>Readies numbers and ranks for records that are about to be added.</summary>
    public void LookAhead(IReadOnlyList<DerivedRecord> coming)
    {
        if (coming.Count == 0)
            return;
        var numbers = connection.Query<long>(
            "select nextval(pg_get_serial_sequence('record', 'ordinal')) from generate_series(1, @Count)",
            new { coming.Count }
        );
        foreach (var number in numbers)
            ordinals.Enqueue(number);
        var wanted = coming.Select(c => c.Hashed.Rank).ToArray();
        taken.UnionWith(
            connection.Query<long>("select rank from search_row where rank = any(@wanted)", new { wanted })
        );
    }

    /// <summary>The ordinal that the record will have.</summary>
    public int Add(DerivedRecord derived, (string Source, ushort Label, long Import, int Version, string Now) under)
    {
        var rank = derived.Hashed.Rank;
        for (; !taken.Add(rank) || (rank != derived.Hashed.Rank && IsTaken(rank)); rank++) { }
        var ordinal = ordinals.Dequeue();
        waiting.Add(new(ordinal, rank, derived, under.Source, under.Label, under.Import, under.Version, under.Now));
        return (int)ordinal;
    }

    /// <summary>Copies what was added; once, before the transaction commits.</summary>
    public void Flush()
    {
        if (waiting.Count == 0)
            return;
        CopyRecords();
        CopyVersions();
        Copy(
            "edge (from_id, to_id, kind, starts, ends, ordinal)",
            waiting.SelectMany(w => w.Derived.Edges.Select(e => (w, e))),
            (to, row) => Put(to, row.e.From, row.e.To, row.e.Kind, row.e.Starts, row.e.Ends, row.w.Ordinal)
        );
        // The same identifier may stand twice in a record, and once in the table.
        Copy(
            "pivot (key, rank, ordinal, property)",
            waiting.SelectMany(w =>
                w.Derived.Pivots.DistinctBy(p => (Convert.ToHexString(p.Key), p.Property)).Select(p => (w, p))
            ),
            (to, row) => Put(to, row.p.Key, row.w.Rank, row.w.Ordinal, row.p.Property)
        );
        CopySearchRows();
        Copy(
            "short_text (key, rank)",
            waiting.SelectMany(w => w.Derived.ShortKeys.Select(k => (w, k))),
            (to, row) => Put(to, row.k, row.w.Rank)
        );
        waiting.Clear();
    }

    private bool IsTaken(long rank) =>
        connection.ExecuteScalar<bool>("select exists (select 1 from search_row where rank = @rank)", new { rank });

    private void CopyRecords() =>
        Copy(
            """
            record (ordinal, rank, id, source, external_id, public_id, label_id, version, content_hash, listed_from,
                changed_at, category)
            """,
            waiting,
            (to, row) =>
            {
                var (hashed, record) = (row.Derived.Hashed, row.Derived.Hashed.Record);
                Put(to, row.Ordinal, row.Rank, hashed.Id.ToBytes(), row.Source, record.ExternalId, record.PublicId);
                Put(
                    to,
                    row.Label,
                    row.Version,
                    new RecordId(hashed.Hash).ToBytes(),
                    row.Now,
                    row.Now,
                    (long)record.Category
                );
            }
        );

    private void CopyVersions() =>
        Copy(
            """
            record_version (ordinal, version, schema, properties, evaluation, handling, legal_basis, published_at,
                import_id, ingested_at)
            """,
            waiting,
            (to, row) =>
            {
                var (hashed, record) = (row.Derived.Hashed, row.Derived.Hashed.Record);
                Put(to, row.Ordinal, row.Version, record.Schema.Name, Encoding.UTF8.GetString(hashed.Json));
                Put(to, record.Evaluation.ToString(), (long)record.Handling, record.LegalBasis);
                Put(to, Times.Text(record.PublishedAt), row.Import, row.Now);
            }
        );

    private void CopySearchRows() =>
        Copy(
            """
            search_row (rank, ordinal, label_id, live, public_id, source, schema, countries, topics, changed_at, names,
                others)
            """,
            waiting,
            (to, row) =>
            {
                var (record, texts) = (row.Derived.Hashed.Record, row.Derived.Texts);
                Put(to, row.Rank, row.Ordinal, row.Label, 1L, record.PublicId, row.Source, record.Schema.Name);
                Put(to, texts.Countries, texts.Topics, row.Now, texts.Names, texts.Others);
            }
        );

    private void Copy<T>(string table, IEnumerable<T> rows, Action<NpgsqlBinaryImporter, T> write)
    {
        using var to = connection.BeginBinaryImport($"copy {table} from stdin (format binary)");
        foreach (var row in rows)
        {
            to.StartRow();
            write(to, row);
        }
        to.Complete();
    }

    private static void Put(NpgsqlBinaryImporter to, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
            switch (value)
            {
                case null:
                    to.WriteNull();
                    break;
                case string text:
                    to.Write(Statement.Storable(text), NpgsqlDbType.Text);
                    break;
                case long number:
                    to.Write(number, NpgsqlDbType.Bigint);
                    break;
                case byte[] bytes:
                    to.Write(bytes, NpgsqlDbType.Bytea);
                    break;
                default:
                    throw new InvalidOperationException($"No column holds a {value.GetType()}");
            }
    }
}
