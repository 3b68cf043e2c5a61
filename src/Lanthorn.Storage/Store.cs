using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Where an installation lies and what its tables are.</summary>
/// <param name="Database">Address of a database on a PostgreSQL server; empty for the SQLite file in the folder.</param>
/// <param name="Key">For tests that compare two installations; otherwise the key is made at the first opening.</param>
public sealed record StoreSettings(
    string Folder,
    TimeProvider Time,
    IReadOnlyList<ModuleMigrations> Modules,
    byte[]? Key = null,
    string Database = ""
);

/// <summary>
/// The store of one installation: its database, its key, its blobs. All writes go through one
/// gate; records are read only through a <see cref="Reading"/>.
/// </summary>
public sealed partial class Store : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly AsyncLocal<bool> insideGate = new();
    private readonly CancellationTokenSource closing = new();
    private Task listening = Task.CompletedTask;

    private Store(StoreSettings settings, Dialect dialect, byte[] key, SearchTerms terms)
    {
        Dialect = dialect;
        Scripts = [.. Migrations.ScriptsOf(settings, dialect).Select(s => s.Contents)];
        Readers = new(dialect);
        Folder = settings.Folder;
        Time = settings.Time;
        InstallationKey = key;
        Labels = new(this);
        Changes = new(this);
        Audit = new(this, terms);
        Index = new(this);
        Blobs = new(this);
        IndexFiles = new(this);
        Presence = new(settings.Folder);
        Outbox = new(this);
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

    public IndexFiles IndexFiles { get; }

    public Presence Presence { get; }

    public Outbox Outbox { get; }

    /// <summary>The database, for what its SQL does differently.</summary>
    public Dialect Dialect { get; }

    internal ReaderPool Readers { get; }

    /// <summary>The SQL that made the tables, in its order.</summary>
    internal IReadOnlyList<string> Scripts { get; }

    public static async Task<Store> OpenAsync(StoreSettings settings, CancellationToken cancellation)
    {
        Directory.CreateDirectory(settings.Folder);
        var key =
            settings.Key
            ?? await KeyFile.ReadOrMakeAsync(Path.Combine(settings.Folder, KeyCheck.KeyFileName), cancellation);
        var terms = new SearchTerms(
            await KeyFile.ReadOrMakeAsync(Path.Combine(settings.Folder, SearchTerms.KeyFileName), cancellation)
        );
        Dialect dialect = settings.Database.Length > 0 ? new Postgres(settings.Database) : new Sqlite(settings.Folder);
        try
        {
            await Migrations.RunAsync(settings, dialect, cancellation);
            var store = new Store(settings, dialect, key, terms);
            await store.WriteAsync((c, t) => KeyCheck.RunIn(c, t, settings.Folder, key), cancellation);
            await store.Labels.LoadAsync(cancellation);
            store.Blobs.Sweep();
            store.Audit.Start();
            store.listening = dialect.ListenAsync(
                store.Changes.Wake,
                store.Readers.ClearAsync,
                settings.Time,
                store.closing.Token
            );
            return store;
        }
        catch
        {
            await dialect.DisposeAsync();
            throw;
        }
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
    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellation)
    {
        if (insideGate.Value)
            throw new InvalidOperationException("A write inside a write would wait for itself");
        await gate.WaitAsync(cancellation);
        insideGate.Value = true;
        DbConnection? writer = null;
        try
        {
            writer = await Dialect.RentWriterAsync(cancellation);
            await using var transaction = await Dialect.BeginWriteAsync(writer, cancellation);
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
            if (writer is not null)
                await Dialect.ReturnWriterAsync(writer);
            insideGate.Value = false;
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

    /// <summary>Reads a module's own tables. Records are not a module's own: they are read through <see cref="For"/>.</summary>
    public async Task<T> ReadOwnAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellation)
    {
        await using var lease = await Readers.RentAsync(cancellation);
        return await work(lease.Connection);
    }

    /// <summary>Why nothing can be read just now; null when it can.</summary>
    public async Task<string?> WhyUnreachableAsync(CancellationToken cancellation)
    {
        try
        {
            await ReadOwnAsync(c => c.ExecuteScalarAsync<long>("select max(id) from label"), cancellation);
            return null;
        }
        catch (DbException failed) when (StoreFailure.Why(failed) is { } why)
        {
            return why;
        }
    }

    /// <summary>
    /// Erases a record with all its versions and everything that was drawn from it, for good: a later import does not bring
    /// it back. False when the account sees no such record. The bytes have left every file after <see cref="CheckpointAsync"/>.
    /// </summary>
    /// <param name="reason">Stays with the tombstone, and so must not say what was erased.</param>
    public async Task<bool> EraseAsync(RecordId id, Viewer account, string reason, CancellationToken cancellation)
    {
        await Labels.LoadAsync(cancellation);
        var isErased = await WriteAsync(
            (connection, transaction) =>
            {
                var erasure = new Erasure(Dialect, connection, transaction);
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
        // After the commit: were they gone before it, a server beside this could still write one with the record in it.
        if (isErased)
            IndexFiles.Drop();
        return isErased;
    }

    /// <summary>Brings everything that was committed or erased into the main file and empties the write-ahead log.</summary>
    public async Task CheckpointAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            var writer = await Dialect.RentWriterAsync(cancellation);
            await Dialect.CheckpointAsync(writer, cancellation);
            await Dialect.ReturnWriterAsync(writer);
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
        await closing.CancelAsync();
        await listening;
        closing.Dispose();
        Presence.Dispose();
        await Dialect.DisposeAsync();
        gate.Dispose();
    }
}
