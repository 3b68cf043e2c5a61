using System.Reflection;
using System.Security.Cryptography;
using Dapper;
using Lanthorn.Knowledge;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>The migrations of a module: SQL files embedded in its folder's <c>Sql</c>, numbered, run once each.</summary>
public sealed record ModuleMigrations(string Name, Assembly Assembly);

/// <summary>Where an installation lies and what its tables are.</summary>
/// <param name="Key">For tests that compare two installations; otherwise the key is made at the first opening.</param>
public sealed record StoreSettings(
    string Folder,
    TimeProvider Time,
    IReadOnlyList<ModuleMigrations> Modules,
    byte[]? Key = null
);

/// <summary>
/// The store of one installation: one SQLite file with a write-ahead log, its key, its blobs. All writes go through one
/// gate; records are read only through a <see cref="Reading"/>.
/// </summary>
public sealed class Store : IAsyncDisposable
{
    private const int BusyTimeoutSeconds = 30;
    private const int KeyLength = 32;

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly SqliteConnection writer;
    private readonly string connectionString;

    private Store(StoreSettings settings, string connectionString, SqliteConnection writer, byte[] key)
    {
        this.connectionString = connectionString;
        this.writer = writer;
        Folder = settings.Folder;
        Time = settings.Time;
        InstallationKey = key;
        Labels = new(this);
        Changes = new(this);
        Audit = new(this);
        Index = new(this);
    }

    public string Folder { get; }

    public TimeProvider Time { get; }

    /// <summary>Under which ids are hashed; it never leaves the folder.</summary>
    public byte[] InstallationKey { get; }

    public Labels Labels { get; }

    public ChangeFeed Changes { get; }

    public AuditLog Audit { get; }

    public IndexScan Index { get; }

    public static async Task<Store> OpenAsync(StoreSettings settings, CancellationToken cancellation)
    {
        Directory.CreateDirectory(settings.Folder);
        var key =
            settings.Key ?? await ReadOrMakeKeyAsync(Path.Combine(settings.Folder, "installation.key"), cancellation);
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(settings.Folder, "lanthorn.db"),
            DefaultTimeout = BusyTimeoutSeconds,
            Pooling = true,
        }.ToString();
        Migrations.Run(connectionString, settings.Modules);
        var writer = new SqliteConnection(connectionString);
        await writer.OpenAsync(cancellation);
        await writer.ExecuteAsync(Sqlite.OpeningPragmas);
        var store = new Store(settings, connectionString, writer, key);
        await store.Labels.LoadAsync(cancellation);
        await store.Audit.OpenChainAsync(cancellation);
        return store;
    }

    /// <summary>What a viewer may read, and why he reads it.</summary>
    public Reading For(Viewer viewer, Justification justification) => new(this, viewer, justification);

    public Task<ImportWriter> BeginImportAsync(ImportStart start, CancellationToken cancellation) =>
        ImportWriter.BeginAsync(this, start, cancellation);

    /// <summary>Runs one transaction behind the gate. What it throws rolls everything back.</summary>
    public async Task<T> WriteAsync<T>(
        Func<SqliteConnection, SqliteTransaction, Task<T>> work,
        CancellationToken cancellation
    )
    {
        await gate.WaitAsync(cancellation);
        try
        {
            await using var transaction = (SqliteTransaction)await writer.BeginTransactionAsync(cancellation);
            var result = await work(writer, transaction);
            await transaction.CommitAsync(cancellation);
            Changes.Wake();
            return result;
        }
        catch
        {
            Audit.Reload(writer);
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    public Task WriteAsync(Func<SqliteConnection, SqliteTransaction, Task> work, CancellationToken cancellation) =>
        WriteAsync(
            async (connection, transaction) =>
            {
                await work(connection, transaction);
                return true;
            },
            cancellation
        );

    /// <summary>Reads a module's own tables. Records are not a module's own: they are read through <see cref="For"/>.</summary>
    public async Task<T> ReadOwnAsync<T>(Func<SqliteConnection, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await OpenReaderAsync(cancellation);
        return await work(connection);
    }

    internal async Task<SqliteConnection> OpenReaderAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await connection.ExecuteAsync(Sqlite.ReadingPragmas);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await Audit.DisposeAsync();
        await writer.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
        gate.Dispose();
    }

    private static async Task<byte[]> ReadOrMakeKeyAsync(string path, CancellationToken cancellation)
    {
        if (File.Exists(path))
            return await File.ReadAllBytesAsync(path, cancellation) is { Length: KeyLength } known
                ? known
                : throw new InvalidDataException($"{path} is no key of {KeyLength} bytes: restore it from the backup");
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        await file.WriteAsync(key, cancellation);
        return key;
    }
}
