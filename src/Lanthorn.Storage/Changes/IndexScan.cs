using System.Runtime.CompilerServices;
using System.Text;
using Lanthorn.Knowledge;

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

/// <summary>Streams records to indexes in memory: the one read that no viewer is bound to.</summary>
public sealed class IndexScan
{
    private const string Select = """
        select r.ordinal, r.id, r.label_id, r.source, v.schema, v.properties, r.changed_at, r.listed_to is null
        from record r join record_version v on v.ordinal = r.ordinal and v.version = r.version
        """;

    private readonly Store store;

    internal IndexScan(Store store) => this.store = store;

    /// <summary>All live records. Only an index that filters by label before it ranks may call it.</summary>
    public IAsyncEnumerable<IndexedRecord> AllAsync(CancellationToken cancellation) =>
        ReadAsync($"{Select} where r.listed_to is null", null, cancellation);

    /// <summary>
    /// These records as they are now. Ended ones are among them and not live; erased ones too, without any content.
    /// </summary>
    public async IAsyncEnumerable<IndexedRecord> OfAsync(
        IReadOnlyList<int> ordinals,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var missing = ordinals.ToHashSet();
        var sql = $"{Select} where {store.Dialect.IsOneOf("r.ordinal", "$1")}";
        await foreach (var record in ReadAsync(sql, store.Dialect.List(ordinals), cancellation))
        {
            missing.Remove(record.Ordinal);
            yield return record;
        }
        foreach (var erased in missing)
            yield return new(erased, 0, 0, default, Model.Get("Thing"), Properties.Empty, default, IsLive: false);
    }

    private async IAsyncEnumerable<IndexedRecord> ReadAsync(
        string sql,
        object? ordinals,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await using var snapshot = await Snapshot.OpenAsync(store, cancellation);
        using var select = new Statement(snapshot.Connection, null, sql);
        using var row = ordinals is null ? select.Read() : select.Read(ordinals);
        var id = new byte[16];
        while (row.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            row.GetBytes(1, 0, id, 0, id.Length);
            yield return new(
                row.GetInt32(0),
                (ulong)(RecordId.FromBytes(id).Value >> 64),
                (ushort)row.GetInt32(2),
                SourceCode.Parse(row.GetString(3)).Value,
                Model.Get(row.GetString(4)),
                Properties.FromJson(Encoding.UTF8.GetBytes(row.GetString(5))),
                Times.Read(row.GetString(6)),
                row.GetBoolean(7)
            );
        }
    }
}
