using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>
/// A prepared statement whose parameters are $1, $2 … ; prepared once, reused for every row. Without a transaction it is in
/// that of its connection, if there is one. On SQLite what gives no rows runs past ADO.NET.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly DbConnection connection;
    private readonly string sql;
    private DbTransaction? transaction;
    private DbCommand? command;
    private SqliteStatement? direct;

    public Statement(DbConnection connection, DbTransaction? transaction, string sql) =>
        (this.connection, this.transaction, this.sql) = (connection, transaction, sql);

    /// <summary>How many rows it touched.</summary>
    public int Run(params ReadOnlySpan<object?> values) => Direct?.Run(values) ?? Bound(values).ExecuteNonQuery();

    public object? Scalar(params ReadOnlySpan<object?> values) =>
        Direct is { } own ? own.Scalar(values)
        : Bound(values).ExecuteScalar() is var value and not DBNull ? value
        : null;

    public DbDataReader Read(params ReadOnlySpan<object?> values) => Bound(values).ExecuteReader();

    /// <summary>For the few places where the reader of ADO.NET would cost more than the row; null off SQLite.</summary>
    public SqliteStatement? Direct =>
        connection is SqliteConnection sqlite ? direct ??= new SqliteStatement(sqlite, sql) : null;

    /// <summary>Uses the statement in another transaction of its connection.</summary>
    public void Enter(DbTransaction? other)
    {
        transaction = other;
        if (command is not null)
            command.Transaction = other;
    }

    public void Dispose()
    {
        command?.Dispose();
        direct?.Dispose();
    }

    /// <summary>A text with the character zero is no text to PostgreSQL: on every database it becomes the replacement character.</summary>
    internal static string Storable(string text) => text.Contains('\0') ? text.Replace('\0', '\uFFFD') : text;

    private DbCommand Bound(ReadOnlySpan<object?> values)
    {
        command ??= Command();
        for (var at = 0; at < values.Length; at++)
            command.Parameters[at].Value = values[at] switch
            {
                null => DBNull.Value,
                string text => Storable(text),
                { } value => value,
            };
        return command;
    }

    private DbCommand Command()
    {
        var made = connection.CreateCommand();
        if (transaction is not null)
            made.Transaction = transaction;
        made.CommandText = sql;
        // SQLite wants them by name, PostgreSQL by their place and without one.
        var isNamed = connection is SqliteConnection;
        for (var at = 1; sql.Contains($"${at}", StringComparison.Ordinal); at++)
        {
            var parameter = made.CreateParameter();
            if (isNamed)
                parameter.ParameterName = $"${at}";
            made.Parameters.Add(parameter);
        }
        return made;
    }
}
