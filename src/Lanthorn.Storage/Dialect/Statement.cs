using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>
/// A prepared statement whose parameters are $1, $2 … ; prepared once, reused for every row. Without a transaction it is in
/// that of its connection, if there is one.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand command;

    public Statement(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        command = connection.CreateCommand();
        if (transaction is not null)
            command.Transaction = transaction;
        command.CommandText = sql;
        for (var at = 1; sql.Contains($"${at}", StringComparison.Ordinal); at++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${at}" });
    }

    public void Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        command.ExecuteNonQuery();
    }

    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteScalar();
    }

    public SqliteDataReader Read(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteReader();
    }

    /// <summary>Uses the statement in another transaction of its connection.</summary>
    public void Enter(SqliteTransaction? transaction) => command.Transaction = transaction;

    public void Dispose() => command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var at = 0; at < values.Length; at++)
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
    }
}
