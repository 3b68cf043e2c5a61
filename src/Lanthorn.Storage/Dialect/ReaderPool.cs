using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>
/// Read connections, kept open with their prepared statements: opening one and setting it up costs more than most reads.
/// </summary>
internal sealed class ReaderPool(string connectionString) : IAsyncDisposable
{
    /// <summary>So many are kept; more are opened when needed and closed after use.</summary>
    private const int MaxIdle = 32;

    /// <summary>So many statements a connection remembers; beyond it the memory starts anew.</summary>
    private const int MaxStatements = 100;

    private readonly ConcurrentBag<Reader> idle = [];
    private volatile bool closed;

    public async ValueTask<Lease> RentAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (idle.TryTake(out var known))
            return new(this, known);
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await connection.ExecuteAsync(Sqlite.ReadingPragmas);
        return new(this, new(connection, []));
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;
        while (idle.TryTake(out var reader))
            await CloseAsync(reader);
    }

    private ValueTask ReturnAsync(Reader reader)
    {
        if (closed || idle.Count >= MaxIdle)
            return CloseAsync(reader);
        idle.Add(reader);
        return ValueTask.CompletedTask;
    }

    private static ValueTask CloseAsync(Reader reader)
    {
        foreach (var statement in reader.Statements.Values)
            statement.Dispose();
        return reader.Connection.DisposeAsync();
    }

    internal sealed record Reader(SqliteConnection Connection, Dictionary<string, Statement> Statements);

    /// <summary>A connection for as long as one read lasts.</summary>
    public readonly struct Lease(ReaderPool pool, Reader reader) : IAsyncDisposable
    {
        public SqliteConnection Connection => reader.Connection;

        /// <summary>A statement that stays prepared; not to be disposed of, and read to its end before it is read again.</summary>
        public Statement Prepared(string sql, SqliteTransaction? transaction)
        {
            if (!reader.Statements.TryGetValue(sql, out var statement))
            {
                if (reader.Statements.Count >= MaxStatements)
                {
                    foreach (var old in reader.Statements.Values)
                        old.Dispose();
                    reader.Statements.Clear();
                }
                reader.Statements[sql] = statement = new(reader.Connection, transaction, sql);
            }
            statement.Enter(transaction);
            return statement;
        }

        public ValueTask DisposeAsync() => pool.ReturnAsync(reader);
    }
}
