using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Lanthorn.Storage;

/// <summary>Tells a database that cannot serve just now from a bug of ours.</summary>
public static class StoreFailure
{
    /// <summary>SQLite's own numbers.</summary>
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;

    /// <summary>Why the database cannot serve, in words that show nothing of it; null where it is not the database's doing.</summary>
    public static string? Why(Exception? failed) =>
        failed switch
        {
            null => null,
            SqliteException sqlite => WhyOf(sqlite),
            PostgresException postgres => WhyOf(postgres),
            NpgsqlException { InnerException: IOException or SocketException or TimeoutException } =>
                "The database does not answer",
            NpgsqlException { IsTransient: true } => "The database does not answer",
            _ => Why(failed.InnerException),
        };

    private static string? WhyOf(SqliteException failed) =>
        failed.SqliteErrorCode switch
        {
            Full => "The disk of the database is full",
            Busy or Locked => "Another process holds the database",
            InputOutput or CannotOpen or ReadOnly => "The file of the database cannot be read or written",
            _ => null,
        };

    private static string? WhyOf(PostgresException failed) =>
        failed.SqlState switch
        {
            PostgresErrorCodes.DiskFull => "The disk of the database is full",
            PostgresErrorCodes.TooManyConnections => "The database has too many connections",
            PostgresErrorCodes.ReadOnlySqlTransaction => "The database takes no writes just now",
            PostgresErrorCodes.LockNotAvailable => "Another process holds the database",
            // Connections, resources, shut down by an operator, the server's own system.
            ['0', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', ..] or ['5', '8', ..] => "The database does not answer",
            ['2', '8', ..] or PostgresErrorCodes.InvalidCatalogName => "The database does not let the program in",
            // It ended the connection, or did not begin one.
            _ => failed.InvariantSeverity is "FATAL" or "PANIC" ? "The database does not answer" : null,
        };
}
