using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;

namespace Lanthorn.Storage;

/// <summary>How many rows a table has, and a sum over their hashes that does not depend on their order.</summary>
internal sealed record TableCount(string Table, long Rows, string Sum);

/// <summary>Counts and sums rows in the form of a backup, to compare a table with what it was made from.</summary>
internal sealed class TableSum(string table)
{
    private readonly ulong[] sum = new ulong[SHA256.HashSizeInBytes / sizeof(ulong)];
    private long rows;

    public void Add(ReadOnlySpan<byte> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row, hash);
        for (var at = 0; at < sum.Length; at++)
            sum[at] += BinaryPrimitives.ReadUInt64LittleEndian(hash[(at * sizeof(ulong))..]);
        rows++;
    }

    public TableCount Count => new(table, rows, string.Concat(sum.Select(s => s.ToString("x16", null))));

    /// <summary>Reads a whole table.</summary>
    public static async Task<TableCount> OfAsync(
        DbConnection connection,
        StoredTable table,
        CancellationToken cancellation
    )
    {
        var sum = new TableSum(table.Name);
        var (values, bytes) = (new object?[table.Columns.Count], new MemoryStream());
        await using var select = connection.CreateCommand();
        select.CommandText = table.Select;
        select.CommandTimeout = 0;
        await using var row = await select.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            RowForm.Read(row, values);
            bytes.SetLength(0);
            RowForm.Append(bytes, values);
            sum.Add(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        }
        return sum.Count;
    }
}
