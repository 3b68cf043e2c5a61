using System.Data;
using System.Data.Common;
using System.Text.Json;
using Lanthorn.Pathways.Accounts;
using Lanthorn.Pathways.Store;

namespace Lanthorn.Pathways.Backup;

/// <summary>What a backup has in it.</summary>
internal sealed record BackedUp(long Applicants, long Accounts, long Bytes);

/// <summary>
/// Everything behind the wall in one encrypted file, as of one moment, while others work. The backup of the enforcement side
/// holds none of it, and this one holds nothing of the enforcement side.
/// </summary>
internal sealed class BackUp(PathwaysStore store)
{
    /// <exception cref="RefusedException">The file is there, or somebody else than the administrator asks.</exception>
    public async Task<BackedUp> HandleAsync(Account by, string path, string keyFile, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Administrator);
        if (File.Exists(path))
            throw new RefusedException(
                Refusal.BadRequest("file-exists", $"{path} exists", "Choose another name: a backup overwrites none")
            );
        var key = KeyFile.Drawn(await KeyFile.ReadOrMakeAsync(keyFile, cancellation), "backup");
        var beside = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            var counted = await WriteAsync(by, beside, key, cancellation);
            File.Move(beside, path, overwrite: false);
            return counted with { Bytes = new FileInfo(path).Length };
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private async Task<BackedUp> WriteAsync(Account by, string path, byte[] key, CancellationToken cancellation)
    {
        await store.WriteAsync((c, t) => store.Audit.AppendIn(c, t, by, "backup made"), cancellation);
        return await store.ReadWholeAsync(
            async (connection, transaction) =>
            {
                await using var file = new FileStream(path, KeyFile.ForOwner(FileMode.CreateNew));
                using var lines = new LineSealer(file, key);
                var migrations = await Migrations.NamesAsync(connection, transaction);
                lines.Write(
                    JsonSerializer.Serialize(
                        new BackupHead(store.Settings.Time.GetUtcNow(), store.Key, migrations),
                        BackupValue.Json
                    )
                );
                var counts = new Dictionary<string, long>();
                foreach (var (table, order, columns) in BackedUpTables.All)
                    counts[table] = await RowsAsync(connection, transaction, table, order, columns, lines);
                lines.Finish();
                file.Flush(flushToDisk: true);
                return new BackedUp(counts["applicant"], counts["account"], 0);
            },
            cancellation
        );
    }

    private static async Task<long> RowsAsync(
        DbConnection connection,
        DbTransaction transaction,
        string table,
        string order,
        string[] columns,
        LineSealer lines
    )
    {
        await using var select = connection.CreateCommand();
        select.Transaction = transaction;
        select.CommandType = CommandType.Text;
#pragma warning disable CA2100 // Names of tables and columns stand in this folder; nobody outside gives one.
        select.CommandText = $"select {string.Join(", ", columns)} from {table} order by {order}";
#pragma warning restore CA2100
        await using var row = await select.ExecuteReaderAsync();
        var count = 0L;
        for (; await row.ReadAsync(); count++)
        {
            var values = Enumerable.Range(0, columns.Length).Select(i => BackupValue.Of(row.GetValue(i)));
            lines.Write(JsonSerializer.Serialize(new BackupRow(table, [.. values]), BackupValue.Json));
        }
        return count;
    }
}
