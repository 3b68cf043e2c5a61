using System.Data.Common;
using System.Text;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>
/// The only way to read records, for one viewer and one reason. Every statement asks for the viewer's labels, and every
/// record version that is handed out stands in the audit log before the caller gets it.
/// </summary>
public sealed partial class Reading
{
    private const string SelectVersion = """
        select r.ordinal, r.id, r.source, r.external_id, r.public_id, r.label_id, v.version, r.listed_from, r.listed_to,
            r.category, r.review_by, v.schema, v.properties, v.evaluation, v.handling, v.legal_basis, v.published_at,
            v.import_id, v.ingested_at
        from record r join record_version v on v.ordinal = r.ordinal
        """;

    private const string SelectRecord = $"{SelectVersion} and v.version = r.version";

    private readonly Store store;
    private readonly Viewer viewer;
    private readonly Justification justification;

    internal Reading(Store store, Viewer viewer, Justification justification) =>
        (this.store, this.viewer, this.justification) = (store, viewer, justification);

    public Viewer Viewer => viewer;

    /// <summary>One moment of the store, as this viewer sees it.</summary>
    private async Task<Sight> LookAsync(CancellationToken cancellation)
    {
        var snapshot = await Snapshot.OpenAsync(store, cancellation);
        return new(store.Dialect, snapshot, store.Labels, store.Labels.For(viewer));
    }

    /// <summary>Nothing is handed out before it is logged.</summary>
    private Task LogAsync(
        Operation operation,
        string what,
        IEnumerable<Record> disclosed,
        string? terms,
        CancellationToken cancellation
    )
    {
        var versions = disclosed.Select(r => new RecordVersion(r.Id, r.Version)).Distinct().ToList();
        var entry = AuditEntry.By(viewer, operation, what, versions, justification) with { Terms = terms };
        return store.Audit.AppendAsync(entry, cancellation);
    }

    /// <summary>A record with what it has in this installation only.</summary>
    private sealed record Stored(int Ordinal, Record Record);

    /// <summary>
    /// Reads for one viewer at one moment. There is no other place that builds a condition on records: each statement takes
    /// the viewer's labels as $1.
    /// </summary>
    private sealed class Sight(Dialect dialect, Snapshot snapshot, Labels labels, VisibleLabels visible)
        : IAsyncDisposable
    {
        /// <summary>So many ids go into one statement.</summary>
        public const int MaxInList = 1_000;

        public Dialect Dialect => dialect;

        /// <summary>The one rule, to be added to every condition; <paramref name="alias"/> is a table with labels.</summary>
        public string Visible(string alias) => dialect.IsOneOf($"{alias}.label_id", "$1");

        /// <summary>A statement whose first parameter is the viewer's labels.</summary>
        public DbDataReader Read(string sql, params ReadOnlySpan<object?> values) =>
            snapshot.Prepared(sql).Read([visible.List, .. values]);

        public Label Label(DbDataReader row, int column) => labels.Get((ushort)row.GetInt32(column));

        /// <summary>The records with a public id, first the one under which the entity goes.</summary>
        public List<Stored> ByPublicIds(IEnumerable<string> publicIds) =>
            [
                .. ByList("r.public_id", publicIds, dialect.IsOneOf, dialect.List)
                    .OrderBy(r => r.Record.PublishedAt ?? DateOnly.MaxValue)
                    .ThenBy(r => r.Record.Id),
            ];

        public List<Stored> ByIds(IEnumerable<RecordId> ids) => ByList("r.id", ids, dialect.IsOneOfIds, dialect.List);

        public List<Stored> ByOrdinals(IEnumerable<int> ordinals) =>
            ByList("r.ordinal", ordinals, dialect.IsOneOf, dialect.List);

        /// <summary>
        /// These versions of these records, where there are such, with the record's label and life as they are now. At most
        /// <see cref="MaxInList"/> records.
        /// </summary>
        public Dictionary<(int Ordinal, int Version), Record> ByVersions(
            IEnumerable<int> ordinals,
            IEnumerable<int> versions
        )
        {
            var found = new Dictionary<(int, int), Record>();
            using var row = Read(
                $"""
                {SelectVersion} where {Visible("r")} and {dialect.IsOneOf("r.ordinal", "$2")}
                    and {dialect.IsOneOf("v.version", "$3")}
                """,
                dialect.List(ordinals),
                dialect.List(versions.Distinct())
            );
            while (row.Read())
            {
                var stored = ToRecord(row);
                found[(stored.Ordinal, stored.Record.Version)] = stored.Record;
            }
            return found;
        }

        public ValueTask DisposeAsync() => snapshot.DisposeAsync();

        private List<Stored> ByList<T>(
            string column,
            IEnumerable<T> values,
            Func<string, string, string> isOneOf,
            Func<IEnumerable<T>, object> list
        )
        {
            var found = new List<Stored>();
            foreach (var some in values.Distinct().Chunk(MaxInList))
            {
                using var row = Read($"{SelectRecord} where {Visible("r")} and {isOneOf(column, "$2")}", list(some));
                while (row.Read())
                    found.Add(ToRecord(row));
            }
            return found;
        }

        private Stored ToRecord(DbDataReader row)
        {
            string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
            return new(
                row.GetInt32(0),
                new Record
                {
                    Id = RecordId.FromBytes(row.GetFieldValue<byte[]>(1)),
                    Source = SourceCode.Parse(row.GetString(2)).Value,
                    ExternalId = row.GetString(3),
                    PublicId = row.GetString(4),
                    Label = Label(row, 5),
                    Version = row.GetInt32(6),
                    ListedFrom = Times.Read(row.GetString(7)),
                    ListedTo = Text(8) is { } ended ? Times.Read(ended) : null,
                    Category = (SubjectCategory)row.GetInt32(9),
                    ReviewBy = Times.ReadDate(Text(10)),
                    Schema = Model.Get(row.GetString(11)),
                    Properties = Properties.FromJson(Encoding.UTF8.GetBytes(row.GetString(12))),
                    Evaluation = Evaluation.Parse(row.GetString(13)).Value,
                    Handling = (Handling)row.GetInt32(14),
                    LegalBasis = Text(15),
                    PublishedAt = Times.ReadDate(Text(16)),
                    ImportId = row.GetInt64(17),
                    IngestedAt = Times.Read(row.GetString(18)),
                }
            );
        }
    }
}
