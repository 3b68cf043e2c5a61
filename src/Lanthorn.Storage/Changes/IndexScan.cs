using System.Runtime.CompilerServices;
using Lanthorn.Knowledge;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>A record as an index in memory takes it up.</summary>
/// <param name="TieKey">Decides between equals, the same in every installation with this key, unlike the ordinal.</param>
public sealed record IndexedRecord(
    int Ordinal,
    ulong TieKey,
    ushort LabelId,
    SourceCode Source,
    Schema Schema,
    Properties Properties,
    DateTimeOffset ChangedAt,
    bool IsLive
);

/// <summary>Streams records to indexes in memory.</summary>
public sealed class IndexScan
{
    private const string Select = """
        select r.ordinal, r.id, r.label_id, r.source, r.schema, v.properties, r.changed_at, r.listed_to is null
        from record r join record_version v on v.ordinal = r.ordinal and v.version = r.version
        """;

    private readonly Store store;

    internal IndexScan(Store store) => this.store = store;

    /// <summary>All live records: the one read that no viewer is bound to. Only an index that filters by label may call it.</summary>
    public IAsyncEnumerable<IndexedRecord> AllAsync(CancellationToken cancellation) =>
        ReadAsync($"{Select} where r.listed_to is null", cancellation);

    /// <summary>These records as they are now, ended ones among them.</summary>
    public IAsyncEnumerable<IndexedRecord> OfAsync(IReadOnlyList<int> ordinals, CancellationToken cancellation) =>
        ReadAsync($"{Select} where r.ordinal in ({string.Join(',', ordinals)})", cancellation);

    private async IAsyncEnumerable<IndexedRecord> ReadAsync(
        string sql,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var connection = await store.OpenReaderAsync(cancellation);
        await using var command = new SqliteCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new(
                reader.GetInt32(0),
                (ulong)(RecordId.FromBytes((byte[])reader[1]).Value >> 64),
                (ushort)reader.GetInt32(2),
                SourceCode.Parse(reader.GetString(3)).Value,
                Model.Get(reader.GetString(4)),
                Properties.FromJson(System.Text.Encoding.UTF8.GetBytes(reader.GetString(5))),
                Times.Read(reader.GetString(6)),
                reader.GetBoolean(7)
            );
        }
    }
}
