using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>Read connections, kept open: opening one and setting it up costs more than most reads.</summary>
internal sealed class ReaderPool(string connectionString) : IAsyncDisposable
{
    /// <summary>So many are kept; more are opened when needed and closed after use.</summary>
    private const int MaxIdle = 32;

    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private volatile bool closed;

    public async ValueTask<Lease> RentAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (idle.TryTake(out var known))
            return new(this, known);
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await connection.ExecuteAsync(Sqlite.ReadingPragmas);
        return new(this, connection);
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;
        while (idle.TryTake(out var connection))
            await connection.DisposeAsync();
    }

    private ValueTask ReturnAsync(SqliteConnection connection)
    {
        if (closed || idle.Count >= MaxIdle)
            return connection.DisposeAsync();
        idle.Add(connection);
        return ValueTask.CompletedTask;
    }

    /// <summary>A connection for as long as one read lasts.</summary>
    public readonly struct Lease(ReaderPool pool, SqliteConnection connection) : IAsyncDisposable
    {
        public SqliteConnection Connection => connection;

        public ValueTask DisposeAsync() => pool.ReturnAsync(connection);
    }
}
