using System.Data.Common;
using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lanthorn.Storage;

/// <summary>What the rows of a backup belong to: which migrations had made the tables, and the tables in their order.</summary>
internal sealed record RowSchema(IReadOnlyList<string> Migrations, IReadOnlyList<StoredTable> Tables)
{
    public const string Name = "schema.json";
    public const string Folder = "rows";

    public static async Task<RowSchema> OfAsync(Dialect dialect, DbConnection connection) =>
        new(await dialect.MigrationsAsync(connection), await dialect.TablesAsync(connection));
}

/// <summary>
/// Writes tables into an archive, in one moment of the database: rows in <see cref="RowForm"/>, in pieces of a few MiB, so
/// that a table of any size goes through little memory.
/// </summary>
internal sealed class RowArchive(TarWriter tar, Dictionary<string, string> hashes)
{
    /// <summary>A piece is closed when it has so many bytes; one value more is in it at most.</summary>
    public const int PieceBytes = 4 * 1024 * 1024;

    public async Task<IReadOnlyList<TableCount>> WriteAsync(
        RowSchema schema,
        DbConnection snapshot,
        CancellationToken cancellation
    )
    {
        await AddAsync(RowSchema.Name, Exposed(JsonSerializer.SerializeToUtf8Bytes(schema)), cancellation);
        var counts = new List<TableCount>();
        foreach (var table in schema.Tables)
            counts.Add(await WriteAsync(table, snapshot, cancellation));
        return counts;
    }

    private async Task<TableCount> WriteAsync(StoredTable table, DbConnection snapshot, CancellationToken cancellation)
    {
        var (sum, piece, number) = (new TableSum(table.Name), new MemoryStream(), 0);
        var values = new object?[table.Columns.Count];
        await using var select = snapshot.CreateCommand();
        select.CommandText = table.Select;
        select.CommandTimeout = 0;
        await using var row = await select.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var begin = (int)piece.Length;
            RowForm.Read(row, values);
            RowForm.Append(piece, values);
            sum.Add(piece.GetBuffer().AsSpan(begin, (int)piece.Length - begin));
            if (piece.Length < PieceBytes)
                continue;
            await AddAsync(PieceOf(table, number++), piece, cancellation);
            piece.SetLength(0);
        }
        if (piece.Length > 0)
            await AddAsync(PieceOf(table, number), piece, cancellation);
        return sum.Count;
    }

    private static string PieceOf(StoredTable table, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{RowSchema.Folder}/{table.Name}/{number:00000000}");

    private static MemoryStream Exposed(byte[] bytes) => new(bytes, 0, bytes.Length, false, publiclyVisible: true);

    private async Task AddAsync(string name, MemoryStream content, CancellationToken cancellation)
    {
        content.Position = 0;
        hashes[name] = Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        await tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content },
            cancellation
        );
        content.Position = content.Length;
    }
}
