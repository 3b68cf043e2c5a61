using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;

namespace Lanthorn.Storage;

/// <summary>
/// Read connections, kept open with their prepared statements: opening one and setting it up costs more than most reads.
/// </summary>
internal sealed class ReaderPool(Dialect dialect) : IAsyncDisposable
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
        return new(this, new(await dialect.OpenReaderAsync(cancellation), []));
    }

    public ValueTask DisposeAsync()
    {
        closed = true;
        return ClearAsync();
    }

    private async ValueTask ReturnAsync(Reader reader)
    {
        if (reader.Connection.State != ConnectionState.Open)
        {
            // The database went away, and with it all the others.
            await CloseAsync(reader);
            await ClearAsync();
        }
        else if (closed || idle.Count >= MaxIdle)
            await CloseAsync(reader);
        else
            idle.Add(reader);
    }

    /// <summary>Closes what nobody uses just now.</summary>
    public async ValueTask ClearAsync()
    {
        while (idle.TryTake(out var reader))
            await CloseAsync(reader);
    }

    private static ValueTask CloseAsync(Reader reader)
    {
        foreach (var statement in reader.Statements.Values)
            statement.Dispose();
        return reader.Connection.DisposeAsync();
    }

    internal sealed record Reader(DbConnection Connection, Dictionary<string, Statement> Statements);

    /// <summary>A connection for as long as one read lasts.</summary>
    public readonly struct Lease(ReaderPool pool, Reader reader) : IAsyncDisposable
    {
        public DbConnection Connection => reader.Connection;

        /// <summary>A statement that stays prepared; not to be disposed of, and read to its end before it is read again.</summary>
        public Statement Prepared(string sql, DbTransaction? transaction)
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
