using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Lanthorn.Pathways.Audit;

namespace Lanthorn.Pathways.Store;

/// <summary>
/// The store behind the wall: its database, its key, its audit log. It shares neither file nor code with the enforcement store.
/// </summary>
internal sealed class PathwaysStore : IAsyncDisposable
{
    private const string KeyCheck = "key-check";

    private readonly PathwaysDatabase database;
    private readonly SemaphoreSlim gate = new(1, 1);

    private PathwaysStore(PathwaysSettings settings, PathwaysDatabase database, byte[] key)
    {
        this.database = database;
        (Settings, Key) = (settings, key);
        Columns = new(key);
        Audit = new(key, settings.Time);
    }

    public PathwaysSettings Settings { get; }

    /// <summary>From which every other key is drawn; it leaves the folder only inside an encrypted backup.</summary>
    public byte[] Key { get; }

    public SealedColumns Columns { get; }

    public AuditChain Audit { get; }

    public long Now => Settings.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Opens it, with tables made anew or brought up to date.</summary>
    /// <exception cref="RefusedException">The key is another one, or a newer version was here.</exception>
    public static async Task<PathwaysStore> OpenAsync(PathwaysSettings settings, CancellationToken cancellation)
    {
        var store = await PrepareAsync(settings, cancellation);
        try
        {
            await store.MigrateAsync(names: null, cancellation);
            await store.WriteAsync(store.CheckKeyIn, cancellation);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>As <see cref="OpenAsync"/>, before any table is made.</summary>
    public static async Task<PathwaysStore> PrepareAsync(PathwaysSettings settings, CancellationToken cancellation)
    {
        KeyFile.MakeFolder(settings.Folder);
        var key = await KeyFile.ReadOrMakeAsync(Path.Combine(settings.Folder, KeyFile.Name), cancellation);
        PathwaysDatabase database =
            settings.Database.Length > 0 ? new PostgresSchema(settings.Database) : new SqliteFile(settings.Folder);
        return new(settings, database, key);
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await work(connection);
    }

    /// <summary>Reads all as of one moment, while others write.</summary>
    public async Task<T> ReadWholeAsync<T>(
        Func<DbConnection, DbTransaction, Task<T>> work,
        CancellationToken cancellation
    )
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await database.BeginReadAsync(connection, cancellation);
        return await work(connection, transaction);
    }

    /// <summary>Runs one transaction, alone. What it throws rolls everything back.</summary>
    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            await using var connection = await database.OpenAsync(cancellation);
            await using var transaction = await database.BeginWriteAsync(connection, cancellation);
            var result = await work(connection, transaction);
            await transaction.CommitAsync(cancellation);
            return result;
        }
        finally
        {
            gate.Release();
        }
    }

    public Task WriteAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken cancellation) =>
        WriteAsync(
            async (connection, transaction) =>
            {
                await work(connection, transaction);
                return true;
            },
            cancellation
        );

    /// <summary>Runs the migrations that are due.</summary>
    /// <param name="names">Those that a backup was made with, for restoring it; null for all.</param>
    public Task MigrateAsync(IReadOnlyList<string>? names, CancellationToken cancellation) =>
        WriteAsync(
            async (connection, transaction) =>
            {
                await database.PrepareAsync(connection, transaction);
                await Migrations.RunAsync(connection, transaction, database.ScriptSuffix, names);
            },
            cancellation
        );

    /// <summary>The first to open a database enters its key's check value; who comes later is held against it.</summary>
    private async Task CheckKeyIn(DbConnection connection, DbTransaction transaction)
    {
        var value = KeyFile.Drawn(Key, "check");
        var entry = new { name = KeyCheck, value };
        await connection.ExecuteAsync(
            "insert into site (name, value) values (@name, @value) on conflict do nothing",
            entry,
            transaction
        );
        var known = await connection.ExecuteScalarAsync<byte[]>(
            "select value from site where name = @name",
            entry,
            transaction
        );
        if (!CryptographicOperations.FixedTimeEquals(known, value))
            throw new RefusedException(
                Refusal.BadRequest(
                    "pathways-key",
                    $"{Path.Combine(Settings.Folder, KeyFile.Name)} is not the key of this database",
                    "Put the key there that it was made with, or restore a backup of Pathways"
                )
            );
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        gate.Dispose();
    }
}
