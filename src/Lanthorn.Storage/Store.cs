using Dapper;
using Lanthorn.Knowledge;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

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
public sealed partial class Store : IAsyncDisposable
{
    private const int BusyTimeoutSeconds = 30;

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly AsyncLocal<bool> insideGate = new();
    private readonly SqliteConnection writer;
    private readonly string connectionString;

    private Store(
        StoreSettings settings,
        string connectionString,
        SqliteConnection writer,
        byte[] key,
        SearchTerms terms
    )
    {
        (this.writer, this.connectionString) = (writer, connectionString);
        Readers = new(connectionString);
        Folder = settings.Folder;
        Time = settings.Time;
        InstallationKey = key;
        Labels = new(this);
        Changes = new(this);
        Audit = new(this, terms);
        Index = new(this);
        Blobs = new(this);
    }

    public string Folder { get; }

    public TimeProvider Time { get; }

    /// <summary>Under which ids are hashed; it never leaves the folder.</summary>
    public byte[] InstallationKey { get; }

    public Labels Labels { get; }

    public ChangeFeed Changes { get; }

    public AuditLog Audit { get; }

    public IndexScan Index { get; }

    public Blobs Blobs { get; }

    internal ReaderPool Readers { get; }

    public static async Task<Store> OpenAsync(StoreSettings settings, CancellationToken cancellation)
    {
        Directory.CreateDirectory(settings.Folder);
        var key =
            settings.Key
            ?? await KeyFile.ReadOrMakeAsync(Path.Combine(settings.Folder, "installation.key"), cancellation);
        var terms = new SearchTerms(
            await KeyFile.ReadOrMakeAsync(Path.Combine(settings.Folder, SearchTerms.KeyFileName), cancellation)
        );
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(settings.Folder, "lanthorn.db"),
            DefaultTimeout = BusyTimeoutSeconds,
            Pooling = false,
        }.ToString();
        var writer = new SqliteConnection(connectionString);
        await writer.OpenAsync(cancellation);
        await writer.ExecuteAsync(Sqlite.WritingPragmas);
        await Migrations.RunAsync(settings, connectionString, cancellation);
        var store = new Store(settings, connectionString, writer, key, terms);
        await store.Labels.LoadAsync(cancellation);
        store.Blobs.Sweep();
        store.Audit.Start();
        return store;
    }

    /// <summary>What a viewer may read, and why he reads it.</summary>
    public Reading For(Viewer viewer, Justification justification) => new(this, viewer, justification);

    public Task<ImportWriter> BeginImportAsync(ImportStart start, CancellationToken cancellation) =>
        ImportWriter.BeginAsync(this, start, cancellation);

    /// <summary>Says what a source is: once more replaces what was said before.</summary>
    public Task UpsertSourceAsync(SourceDescription source, CancellationToken cancellation) =>
        WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    SourceDescription.Upsert,
                    new
                    {
                        code = source.Code.Value,
                        source.Title,
                        source.Publisher,
                        source.Address,
                        source.Licence,
                        source.Format,
                        source.Edition,
                        asOf = Times.Text(source.AsOf),
                    },
                    transaction
                ),
            cancellation
        );

    /// <summary>Runs one transaction behind the gate. What it throws rolls everything back.</summary>
    public async Task<T> WriteAsync<T>(
        Func<SqliteConnection, SqliteTransaction, Task<T>> work,
        CancellationToken cancellation
    )
    {
        if (insideGate.Value)
            throw new InvalidOperationException("A write inside a write would wait for itself");
        await gate.WaitAsync(cancellation);
        insideGate.Value = true;
        try
        {
            await using var transaction = (SqliteTransaction)await writer.BeginTransactionAsync(cancellation);
            var result = await work(writer, transaction);
            await transaction.CommitAsync(cancellation);
            Audit.Keep();
            Changes.Wake();
            return result;
        }
        catch
        {
            Audit.Forget();
            throw;
        }
        finally
        {
            insideGate.Value = false;
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
        await using var lease = await Readers.RentAsync(cancellation);
        return await work(lease.Connection);
    }

    /// <summary>
    /// Erases a record with all its versions and everything that was drawn from it, for good: a later import does not bring
    /// it back. False when the account sees no such record. The bytes have left every file after <see cref="CheckpointAsync"/>.
    /// </summary>
    /// <param name="reason">Stays with the tombstone, and so must not say what was erased.</param>
    public async Task<bool> EraseAsync(RecordId id, Viewer account, string reason, CancellationToken cancellation)
    {
        await Labels.LoadAsync(cancellation);
        return await WriteAsync(
            (connection, transaction) =>
            {
                var erasure = new Erasure(connection, transaction);
                var versions = erasure.Run(id, Labels.For(account).List, reason, Time.GetUtcNow());
                if (versions.Count > 0)
                    Audit.AppendIn(
                        connection,
                        transaction,
                        AuditEntry.By(account, Operation.Erasure, "record erased", versions, new(reason))
                    );
                return Task.FromResult(versions.Count > 0);
            },
            cancellation
        );
    }

    /// <summary>Brings everything that was committed or erased into the main file and empties the write-ahead log.</summary>
    public async Task CheckpointAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            await writer.ExecuteAsync(Sqlite.Checkpoint);
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Audit.DisposeAsync();
        await Readers.DisposeAsync();
        await writer.DisposeAsync();
        gate.Dispose();
    }
}
