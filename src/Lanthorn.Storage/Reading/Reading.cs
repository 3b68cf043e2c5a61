using System.Text;
using Lanthorn.Knowledge;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>
/// The only way to read records, for one viewer and one reason. Every statement asks for the viewer's labels, and every
/// record version that is handed out stands in the audit log before the caller gets it.
/// </summary>
public sealed partial class Reading
{
    private readonly Store store;
    private readonly Viewer viewer;
    private readonly Justification justification;
    private readonly VisibleLabels visible;
    private readonly string labels;

    internal Reading(Store store, Viewer viewer, Justification justification)
    {
        (this.store, this.viewer, this.justification) = (store, viewer, justification);
        visible = store.Labels.For(viewer);
        labels = $"({string.Join(',', visible.Ids)})";
    }

    public Viewer Viewer => viewer;

    private const string SelectRecord = """
        select r.ordinal, r.id, r.source, r.external_id, r.public_id, r.label_id, r.version, r.listed_from, r.listed_to,
            r.category, r.review_by, v.schema, v.properties, v.evaluation, v.handling, v.legal_basis, v.published_at,
            v.import_id, v.ingested_at
        from record r join record_version v on v.ordinal = r.ordinal and v.version = r.version
        """;

    /// <summary>Adds the one rule to a condition on <c>r</c>: there is no other place that builds a where clause on records.</summary>
    private string Visible(string condition) => $"where r.label_id in {labels} and ({condition})";

    /// <summary>The records with a public id, first the one under which the entity goes.</summary>
    private async Task<List<Stored>> ByPublicIdAsync(SqliteConnection connection, string publicId) =>
        [
            .. (await RecordsAsync(connection, "r.public_id = $value", publicId))
                .OrderBy(r => r.Record.PublishedAt ?? DateOnly.MaxValue)
                .ThenBy(r => r.Record.Id),
        ];

    private async Task<List<Stored>> ByIdsAsync(SqliteConnection connection, IReadOnlyCollection<RecordId> ids)
    {
        var found = new List<Stored>();
        foreach (var some in ids.Chunk(200))
            found.AddRange(
                await RecordsAsync(connection, $"r.id in ({string.Join(',', some.Select(i => $"x'{i}'"))})", null)
            );
        return found;
    }

    private async Task<List<Stored>> ByOrdinalsAsync(SqliteConnection connection, IReadOnlyCollection<int> ordinals)
    {
        var found = new List<Stored>();
        foreach (var some in ordinals.Chunk(500))
            found.AddRange(await RecordsAsync(connection, $"r.ordinal in ({string.Join(',', some)})", null));
        return found;
    }

    private async Task<List<Stored>> RecordsAsync(SqliteConnection connection, string condition, string? value)
    {
        var found = new List<Stored>();
        await using var command = new SqliteCommand($"{SelectRecord} {Visible(condition)}", connection);
        if (value is not null)
            command.Parameters.AddWithValue("$value", value);
        await using var reader = await command.ExecuteReaderAsync();
        while (reader.Read())
            found.Add(ToRecord(reader));
        return found;
    }

    /// <summary>Nothing is handed out before it is logged.</summary>
    private async Task LogAsync(
        Operation operation,
        string what,
        IEnumerable<Record> disclosed,
        string? terms,
        CancellationToken cancellation
    ) =>
        await store.Audit.AppendAsync(
            AuditEntry.By(
                viewer,
                operation,
                what,
                [.. disclosed.Select(r => new RecordVersion(r.Id, r.Version))],
                justification
            ) with
            {
                Terms = terms,
            },
            cancellation
        );

    private Stored ToRecord(SqliteDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new(
            row.GetInt32(0),
            new Record
            {
                Id = RecordId.FromBytes((byte[])row[1]),
                Source = SourceCode.Parse(row.GetString(2)).Value,
                ExternalId = row.GetString(3),
                PublicId = row.GetString(4),
                Label = store.Labels.Get((ushort)row.GetInt32(5)),
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

    private sealed record Stored(int Ordinal, Record Record);
}
