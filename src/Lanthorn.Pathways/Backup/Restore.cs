using System.Data.Common;
using System.Text.Json;
using Dapper;
using Lanthorn.Pathways.Store;

namespace Lanthorn.Pathways.Backup;

/// <summary>A backup of Pathways becomes a store, on either database, in a folder that has none; and is checked.</summary>
internal static class Restore
{
    /// <summary>When the backup was made.</summary>
    /// <exception cref="RefusedException">Something is there already, or the backup cannot be read or does not hold.</exception>
    public static async Task<DateTimeOffset> HandleAsync(
        PathwaysSettings settings,
        string path,
        string keyFile,
        CancellationToken cancellation
    )
    {
        if (!File.Exists(path))
            throw new RefusedException(Refusal.BadRequest("no-file", $"There is no file {path}", "Check the path"));
        var key = KeyFile.Drawn(await KeyFile.ReadAsync(keyFile, cancellation), "backup");
        await using var file = File.OpenRead(path);
        using var lines = new LineOpener(file, key);
        var head = Parse<BackupHead>(lines.Read());
        var ownKey = Path.Combine(settings.Folder, KeyFile.Name);
        if (File.Exists(ownKey))
            throw Refused($"{settings.Folder} already holds Pathways", "Name an empty folder with --data");
        KeyFile.MakeFolder(settings.Folder);
        await KeyFile.WriteAsync(ownKey, head.Key, cancellation);
        try
        {
            await FillAsync(settings, head, lines, cancellation);
        }
        catch
        {
            File.Delete(ownKey);
            throw;
        }
        // Opened as in an upgrade: what the backup's version did not have yet is added.
        await using var restored = await PathwaysStore.OpenAsync(settings, cancellation);
        return head.MadeAt;
    }

    private static async Task FillAsync(
        PathwaysSettings settings,
        BackupHead head,
        LineOpener lines,
        CancellationToken cancellation
    )
    {
        await using var store = await PathwaysStore.PrepareAsync(settings, cancellation);
        await store.MigrateAsync(head.Migrations, cancellation);
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var present = await connection.ExecuteScalarAsync<long>(
                    "select count(*) from account",
                    transaction: transaction
                );
                if (present > 0)
                    throw Refused("The database already holds Pathways", "Name an empty one with --database");
                while (lines.Read() is { } line)
                    await InsertIn(connection, transaction, Parse<BackupRow>(line));
                if (await store.Audit.VerifyAsync(connection, transaction) is { } broken)
                    throw Refused(
                        $"The audit log in the backup is broken at entry {broken.Sequence}: {broken.Why}",
                        "Take an earlier backup"
                    );
            },
            cancellation
        );
    }

    private static Task<int> InsertIn(DbConnection connection, DbTransaction transaction, BackupRow row)
    {
        var table = BackedUpTables.All.FirstOrDefault(t => t.Name == row.Table);
        if (table.Name is null || table.Columns.Length != row.Values.Count)
            throw SealedLines.Damaged();
        var given = new DynamicParameters();
        foreach (var (column, value) in table.Columns.Zip(row.Values))
            given.Add(column, value.Value);
        var columns = string.Join(", ", table.Columns);
        var values = string.Join(", ", table.Columns.Select(c => $"@{c}"));
        return connection.ExecuteAsync($"insert into {table.Name} ({columns}) values ({values})", given, transaction);
    }

    private static T Parse<T>(string? line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line ?? "null", BackupValue.Json) ?? throw SealedLines.Damaged();
        }
        catch (JsonException)
        {
            throw SealedLines.Damaged();
        }
    }

    private static RefusedException Refused(string message, string wayOut) =>
        new(Refusal.BadRequest("restore-refused", message, wayOut));
}
