using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Lanthorn.Storage;

/// <summary>
/// A prepared statement of SQLite without the classes of ADO.NET between: an import runs a dozen of them for each record,
/// and binding a value there costs more than storing it.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int OnStack = 512;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    /// <summary>Where $1, $2 … are bound.</summary>
    private readonly int[] places;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
        places = new int[raw.sqlite3_bind_parameter_count(statement)];
        // SQLite numbers parameters as they occur, not as they are called.
        for (var place = 1; place <= places.Length; place++)
        {
            var name = raw.sqlite3_bind_parameter_name(statement, place).utf8_to_string();
            places[int.Parse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture) - 1] = place;
        }
    }

    /// <summary>How many rows it touched.</summary>
    public int Run(ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            while (Step()) { }
            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first column of the first row; null when there is no row, or nothing in it.</summary>
    public object? Scalar(ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            if (!Step())
                return null;
            object? value = raw.sqlite3_column_type(statement, 0) switch
            {
                raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, 0),
                raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, 0),
                raw.SQLITE_TEXT => Text(0),
                raw.SQLITE_BLOB => Blob(0).ToArray(),
                _ => null,
            };
            // What returns what it wrote is finished only when it has run to its end.
            while (Step()) { }
            return value;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Reads one row at most. False when there is none; otherwise <see cref="Reset"/> ends the reading.</summary>
    public bool First(ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            if (Step())
                return true;
        }
        catch
        {
            Reset();
            throw;
        }
        Reset();
        return false;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>Lets go of the row and of what was bound. What a failed step said was said there.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(statement);
        raw.sqlite3_clear_bindings(statement);
    }

    public void Dispose() => statement.Dispose();

    private bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(result, database);
        return result == raw.SQLITE_ROW;
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var at = 0; at < values.Length; at++)
        {
            var place = places[at];
            Check(
                values[at] switch
                {
                    null => raw.sqlite3_bind_null(statement, place),
                    long number => raw.sqlite3_bind_int64(statement, place, number),
                    int number => raw.sqlite3_bind_int(statement, place, number),
                    string text => BindText(place, Statement.Storable(text)),
                    byte[] bytes => BindBlob(place, bytes),
                    double number => raw.sqlite3_bind_double(statement, place, number),
                    var other => throw new ArgumentException($"SQLite stores no {other.GetType().Name} here"),
                }
            );
        }
    }

    /// <summary>An empty span would be bound as nothing at all.</summary>
    private int BindText(int place, string text)
    {
        if (text.Length == 0)
            return raw.sqlite3_bind_text(statement, place, "");
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= OnStack)
        {
            Span<byte> bytes = stackalloc byte[OnStack];
            return raw.sqlite3_bind_text(statement, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }
        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return raw.sqlite3_bind_text(statement, place, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private int BindBlob(int place, byte[] bytes) =>
        bytes.Length == 0
            ? raw.sqlite3_bind_zeroblob(statement, place, 0)
            : raw.sqlite3_bind_blob(statement, place, bytes);

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, database);
    }
}
