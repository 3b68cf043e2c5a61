using System.Data.Common;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>What is known of a record before it comes in again.</summary>
internal readonly record struct KnownRecord(
    int Ordinal,
    long Rank,
    int Version,
    UInt128 Hash,
    ushort Label,
    string? ListedTo
)
{
    public bool IsListed => ListedTo is null;

    public bool IsSame(UInt128 hash, ushort label) => IsListed && Hash == hash && Label == label;
}

/// <summary>Looks records up by id; prepared once.</summary>
internal sealed class RecordProbe(Dialect dialect, DbConnection connection, DbTransaction? transaction) : IDisposable
{
    private readonly Dictionary<RecordId, KnownRecord?> ahead = [];
    private const string Columns = "ordinal, rank, version, content_hash, label_id, listed_to";

    private readonly Statement find = new(connection, transaction, $"select {Columns} from record where id = $1");
    private readonly Statement erased = new(connection, transaction, "select 1 from tombstone where id = $1");
    private readonly byte[] hash = new byte[16];
    private HashSet<RecordId>? tombs;

    /// <summary>Looks all of these up at once where the database is far; then finding one costs nothing.</summary>
    public void LookAhead(IReadOnlyCollection<RecordId> ids)
    {
        if (!dialect.IsFar)
            return;
        foreach (var id in ids)
            ahead[id] = null;
        tombs = ErasedOf(ids);
        using var many = new Statement(
            connection,
            transaction,
            $"select {Columns}, id from record where {dialect.IsOneOfIds("id", "$1")}"
        );
        using var row = many.Read(dialect.List(ids));
        while (row.Read())
            ahead[RecordId.FromBytes(row.GetFieldValue<byte[]>(6))] = ToKnown(row);
    }

    /// <summary>What was written since it was looked up.</summary>
    public void Remember(RecordId id, KnownRecord known)
    {
        if (dialect.IsFar)
            ahead[id] = known;
    }

    public KnownRecord? Find(RecordId id)
    {
        if (ahead.TryGetValue(id, out var known))
            return known;
        if (find.Direct is { } direct)
            return direct.First([id.ToBytes()]) ? ToKnown(direct) : null;
        using var row = find.Read(id.ToBytes());
        return row.Read() ? ToKnown(row) : null;
    }

    /// <summary>Whether there was such a record, and it is not to come back.</summary>
    public bool IsErased(RecordId id) => tombs?.Contains(id) ?? erased.Scalar(id.ToBytes()) is not null;

    private HashSet<RecordId> ErasedOf(IReadOnlyCollection<RecordId> ids)
    {
        using var many = new Statement(
            connection,
            transaction,
            $"select id from tombstone where {dialect.IsOneOfIds("id", "$1")}"
        );
        using var row = many.Read(dialect.List(ids));
        var found = new HashSet<RecordId>();
        while (row.Read())
            found.Add(RecordId.FromBytes(row.GetFieldValue<byte[]>(0)));
        return found;
    }

    private static KnownRecord ToKnown(SqliteStatement row)
    {
        var known = new KnownRecord(
            (int)row.Integer(0),
            row.Integer(1),
            (int)row.Integer(2),
            RecordId.FromBytes(row.Blob(3)).Value,
            (ushort)row.Integer(4),
            row.IsNull(5) ? null : row.Text(5)
        );
        row.Reset();
        return known;
    }

    private KnownRecord ToKnown(DbDataReader row)
    {
        row.GetBytes(3, 0, hash, 0, hash.Length);
        return new(
            row.GetInt32(0),
            row.GetInt64(1),
            row.GetInt32(2),
            RecordId.FromBytes(hash).Value,
            (ushort)row.GetInt32(4),
            row.IsDBNull(5) ? null : row.GetString(5)
        );
    }

    public void Dispose()
    {
        find.Dispose();
        erased.Dispose();
    }
}

/// <summary>A set of ordinals, one bit each.</summary>
internal sealed class OrdinalSet
{
    private ulong[] bits = new ulong[64];

    public int Count { get; private set; }

    public bool Contains(int ordinal) =>
        ordinal >> 6 < bits.Length && (bits[ordinal >> 6] & (1UL << (ordinal & 63))) != 0;

    /// <summary>False when it was in already.</summary>
    public bool Add(int ordinal)
    {
        if (Contains(ordinal))
            return false;
        if (ordinal >> 6 >= bits.Length)
            Array.Resize(ref bits, Math.Max(bits.Length * 2, (ordinal >> 6) + 1));
        bits[ordinal >> 6] |= 1UL << (ordinal & 63);
        Count++;
        return true;
    }
}
