using System.Security.Cryptography;
using System.Text;
using Lanthorn.Knowledge;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>The prepared statements that write a record with its version, edges, meeting identifiers and full text.</summary>
internal sealed class RecordStatements : IDisposable
{
    private readonly Store store;
    private readonly Statement insert;
    private readonly Statement update;
    private readonly Statement version;
    private readonly Statement edge;
    private readonly Statement pivot;
    private readonly Statement text;
    private readonly Statement shortText;
    private readonly Statement change;
    private readonly Statement[] forget;
    private readonly string now;

    public RecordStatements(SqliteConnection connection, SqliteTransaction transaction, Store store)
    {
        this.store = store;
        now = Times.Text(store.Time.GetUtcNow());
        Statement Prepare(string sql) => new(connection, transaction, sql);
        insert = Prepare(
            """
            insert into record (id, source, external_id, public_id, schema, label_id, version, content_hash, published_at,
                listed_from, changed_at, category, countries, topics)
            values ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $9, $10, $11, $12) returning ordinal
            """
        );
        update = Prepare(
            """
            update record set public_id = $2, schema = $3, label_id = $4, version = $5, content_hash = $6, published_at = $7,
                changed_at = $8, listed_to = null, category = $9, countries = $10, topics = $11 where ordinal = $1
            """
        );
        version = Prepare(
            """
            insert into record_version (ordinal, version, schema, properties, evaluation, handling, legal_basis, published_at,
                import_id, ingested_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """
        );
        edge = Prepare(
            "insert into edge (from_id, to_id, kind, starts, ends, ordinal) values ($1, $2, $3, $4, $5, $6)"
        );
        pivot = Prepare("insert or ignore into pivot (key, ordinal, property) values ($1, $2, $3)");
        text = Prepare("insert into record_text (rowid, names, others) values ($1, $2, $3)");
        shortText = Prepare("insert or ignore into short_text (key, ordinal) values ($1, $2)");
        change = Prepare("insert into change (kind, ordinal) values ($1, $2)");
        forget =
        [
            Prepare("delete from edge where ordinal = $1"),
            Prepare("delete from pivot where ordinal = $1"),
            Prepare("delete from record_text where rowid = $1"),
            Prepare("delete from short_text where ordinal = $1"),
        ];
    }

    public int Insert(RecordId id, IncomingRecord record, SourceCode source, UInt128 hash, byte[] json, long import)
    {
        var ordinal = (int)
            insert.Scalar(
                id.ToBytes(),
                source.Value,
                record.ExternalId,
                record.PublicId,
                record.Schema.Name,
                (long)store.Labels.Known(record.Label),
                new RecordId(hash).ToBytes(),
                Times.Text(record.PublishedAt),
                now,
                (long)record.Category,
                Derivation.Countries(record),
                Derivation.Topics(record)
            );
        WriteVersion(ordinal, 1, record, json, import);
        WriteDerived(ordinal, record);
        change.Run("added", (long)ordinal);
        return ordinal;
    }

    public void Update(
        int ordinal,
        int number,
        IncomingRecord record,
        UInt128 hash,
        byte[] json,
        long import,
        bool isNewVersion
    )
    {
        update.Run(
            (long)ordinal,
            record.PublicId,
            record.Schema.Name,
            (long)store.Labels.Known(record.Label),
            (long)number,
            new RecordId(hash).ToBytes(),
            Times.Text(record.PublishedAt),
            now,
            (long)record.Category,
            Derivation.Countries(record),
            Derivation.Topics(record)
        );
        if (isNewVersion)
        {
            WriteVersion(ordinal, number, record, json, import);
            foreach (var statement in forget)
                statement.Run((long)ordinal);
            WriteDerived(ordinal, record);
        }
        change.Run("changed", (long)ordinal);
    }

    public void Dispose()
    {
        foreach (var statement in forget.Concat([insert, update, version, edge, pivot, text, shortText, change]))
            statement.Dispose();
    }

    private void WriteVersion(int ordinal, int number, IncomingRecord record, byte[] json, long import) =>
        version.Run(
            (long)ordinal,
            (long)number,
            record.Schema.Name,
            Encoding.UTF8.GetString(json),
            record.Evaluation.ToString(),
            (long)record.Handling,
            record.LegalBasis,
            Times.Text(record.PublishedAt),
            import,
            now
        );

    private void WriteDerived(int ordinal, IncomingRecord record)
    {
        foreach (var found in Derivation.Edges(record))
            edge.Run(found.From, found.To, found.Kind, found.Starts, found.Ends, (long)ordinal);
        foreach (var (property, key) in Derivation.Pivots(record))
            pivot.Run(
                HMACSHA256.HashData(store.InstallationKey, Encoding.UTF8.GetBytes(key))[..16],
                (long)ordinal,
                property
            );
        var (names, others) = Derivation.Texts(record);
        text.Run((long)ordinal, names, others);
        foreach (var key in TextKeys.Short(names))
            shortText.Run(key, (long)ordinal);
    }

    /// <summary>A prepared statement whose parameters are $1, $2 … ; typed once, reused for every row.</summary>
    private sealed class Statement : IDisposable
    {
        private readonly SqliteCommand command;

        public Statement(SqliteConnection connection, SqliteTransaction transaction, string sql)
        {
            command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            for (var at = 1; sql.Contains($"${at}", StringComparison.Ordinal); at++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${at}" });
        }

        public void Run(params ReadOnlySpan<object?> values)
        {
            Bind(values);
            command.ExecuteNonQuery();
        }

        public long Scalar(params ReadOnlySpan<object?> values)
        {
            Bind(values);
            return (long)command.ExecuteScalar()!;
        }

        public void Dispose() => command.Dispose();

        private void Bind(ReadOnlySpan<object?> values)
        {
            for (var at = 0; at < values.Length; at++)
                command.Parameters[at].Value = values[at] ?? DBNull.Value;
        }
    }
}
