using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>
/// A prepared statement whose parameters are $1, $2 … ; prepared once, reused for every row. Without a transaction it is in
/// that of its connection, if there is one.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly DbCommand command;

    public Statement(DbConnection connection, DbTransaction? transaction, string sql)
    {
        command = connection.CreateCommand();
        if (transaction is not null)
            command.Transaction = transaction;
        command.CommandText = sql;
        // SQLite wants them by name, PostgreSQL by their place and without one.
        var isNamed = connection is SqliteConnection;
        for (var at = 1; sql.Contains($"${at}", StringComparison.Ordinal); at++)
        {
            var parameter = command.CreateParameter();
            if (isNamed)
                parameter.ParameterName = $"${at}";
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>How many rows it touched.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteScalar();
    }

    public DbDataReader Read(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteReader();
    }

    /// <summary>Uses the statement in another transaction of its connection.</summary>
    public void Enter(DbTransaction? transaction) => command.Transaction = transaction;

    public void Dispose() => command.Dispose();

    /// <summary>A text with the character zero is no text to PostgreSQL: on every database it becomes the replacement character.</summary>
    internal static string Storable(string text) => text.Contains('\0') ? text.Replace('\0', '\uFFFD') : text;

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var at = 0; at < values.Length; at++)
            command.Parameters[at].Value = values[at] switch
            {
                null => DBNull.Value,
                string text => Storable(text),
                { } value => value,
            };
    }
}
