using System.Data;
using System.Data.Common;
using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Lanthorn.Pathways.Store;

/// <summary>The database behind the wall: a file of its own, or a schema of its own on a PostgreSQL server.</summary>
internal abstract class PathwaysDatabase : IAsyncDisposable
{
    /// <summary>How the names of its migrations end.</summary>
    public abstract string ScriptSuffix { get; }

    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Waits until no other writer is at work, in this process or another one.</summary>
    public abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>As of one moment, while others write.</summary>
    public abstract Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>What must be there before the first table.</summary>
    public virtual Task PrepareAsync(DbConnection connection, DbTransaction transaction) => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();
}

/// <summary>One SQLite file, in a folder of its own.</summary>
internal sealed class SqliteFile(string folder) : PathwaysDatabase
{
    public const string FileName = "pathways.db";

    private const int BusyTimeoutSeconds = 30;

    /// <summary>Erased bytes are overwritten, acknowledged ones are on the disk.</summary>
    private const string Pragmas = """
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma foreign_keys = on;
        pragma secure_delete = on;
        """;

    private readonly string address = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, FileName),
        DefaultTimeout = BusyTimeoutSeconds,
    }.ToString();

    public override string ScriptSuffix => ".sqlite.sql";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(address);
        await connection.OpenAsync(cancellation);
        await connection.ExecuteAsync(Pragmas);
        return connection;
    }

    public override Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation) =>
        Task.FromResult<DbTransaction>(
            ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: false)
        );

    public override Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellation) =>
        Task.FromResult<DbTransaction>(
            ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: true)
        );

    public override ValueTask DisposeAsync()
    {
        using var known = new SqliteConnection(address);
        SqliteConnection.ClearPool(known);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A schema of its own on a PostgreSQL server, with a role of its own where the address names one.</summary>
internal sealed class PostgresSchema(string address) : PathwaysDatabase
{
    public const string Schema = "pathways";

    /// <summary>Any number but that of the enforcement side's lock: the two never wait for each other.</summary>
    private const long WriteLock = 0x7061_7468_7761_7973;

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(Parse(address));

    public override string ScriptSuffix => ".postgres.sql";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation) =>
        await source.OpenConnectionAsync(cancellation);

    public override async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        await connection.ExecuteAsync($"select pg_advisory_xact_lock({WriteLock})", transaction: transaction);
        return transaction;
    }

    public override async Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellation) =>
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    /// <summary>A role that may not make schemas finds the one that was made for it.</summary>
    public override async Task PrepareAsync(DbConnection connection, DbTransaction transaction)
    {
        var isThere = await connection.ExecuteScalarAsync<long>(
            $"select count(*) from pg_namespace where nspname = '{Schema}'",
            transaction: transaction
        );
        if (isThere == 0)
            await connection.ExecuteAsync($"create schema {Schema}", transaction: transaction);
    }

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>Beyond this machine the connection is encrypted and the certificate checked. No message repeats the address.</summary>
    private static string Parse(string address)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new(address) { SearchPath = Schema };
        }
        catch (Exception malformed)
            when (malformed is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            throw Refused("The address of the database cannot be read");
        }
        if (settings is not { Host.Length: > 0, Database.Length: > 0 })
            throw Refused("The address of the database names no host or no database");
        if (settings.Host.Split(',').All(IsThisMachine))
            return settings.ToString();
        var given = new DbConnectionStringBuilder { ConnectionString = address };
        if (!given.ContainsKey("SSL Mode") && !given.ContainsKey("SslMode"))
            settings.SslMode = SslMode.VerifyFull;
        return settings.SslMode >= SslMode.VerifyCA
            ? settings.ToString()
            : throw Refused("The database is on another machine, and its address would send data in the clear");
    }

    private static bool IsThisMachine(string host)
    {
        host = host.Trim();
        if (host.StartsWith('/') || host.StartsWith('@'))
            return true;
        var name = IPAddress.TryParse(host, out _) ? host : host.Split(':')[0];
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
    }

    private static RefusedException Refused(string message) =>
        new(
            Refusal.BadRequest(
                "pathways-database",
                message,
                "Write 'Host=…;Database=…;Username=…', beyond this machine with 'SSL Mode=VerifyCA' or better"
            )
        );
}
