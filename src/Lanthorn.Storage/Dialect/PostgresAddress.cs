using System.Data.Common;
using System.Net;
using Npgsql;

namespace Lanthorn.Storage;

/// <summary>Where a PostgreSQL server is, and whether it may be used as it is. No message repeats the address: it may hold a password.</summary>
internal static class PostgresAddress
{
    private const int LeastVersion = 15;

    /// <summary>
    /// The address as the driver takes it. Beyond this machine the connection is encrypted and the server's certificate
    /// checked, unless the address itself asks for encryption without the check.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Parse(string address)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new(address);
        }
        // An unknown word is a key that the driver does not find, a number that is none a cast that fails.
        catch (Exception malformed)
            when (malformed
                    is ArgumentException
                        or FormatException
                        or KeyNotFoundException
                        or InvalidCastException
                        or OverflowException
                        or NotSupportedException
            )
        {
            throw new RefusedByStoreException(
                "The address of the database cannot be read: write it as 'Host=…;Database=…;Username=…', a value with a "
                    + "semicolon in quotes"
            );
        }
        if (settings is not { Host.Length: > 0, Database.Length: > 0 })
            throw new RefusedByStoreException(
                "The address of the database names no host or no database: write 'Host=…;Database=…;Username=…'"
            );
        if (IsOnThisMachine(settings))
            return settings;
        if (!NamesSslMode(address))
            settings.SslMode = SslMode.VerifyFull;
        if (settings.SslMode < SslMode.Require)
            throw new RefusedByStoreException(
                $"The database is on another machine ({settings.Host}), and 'SSL Mode={settings.SslMode}' would send data "
                    + "in the clear: leave it out, or write 'SSL Mode=Require' or better"
            );
        return settings;
    }

    /// <exception cref="RefusedByStoreException">The server is too old, or the database cannot hold every script.</exception>
    public static void EnsureFit(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < LeastVersion)
            throw new RefusedByStoreException(
                $"The server is PostgreSQL {connection.PostgreSqlVersion}: use {LeastVersion} or later"
            );
        if (connection.PostgresParameters.GetValueOrDefault("server_encoding") is not "UTF8")
            throw new RefusedByStoreException(
                "The database is not in UTF-8, so it cannot hold every script: make one with 'createdb -E UTF8 -T template0'"
            );
    }

    /// <summary>What to do where the server will not let us in; null for any other failure.</summary>
    public static string? WayOut(PostgresException refused) =>
        refused.SqlState switch
        {
            PostgresErrorCodes.InvalidCatalogName => "Make it with 'createdb -E UTF8 -T template0'",
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                "Check user name, password and the server's pg_hba.conf",
            _ => null,
        };

    public static bool IsOnThisMachine(NpgsqlConnectionStringBuilder settings) =>
        settings.Host!.Split(',').All(IsThisMachine);

    private static bool IsThisMachine(string host)
    {
        host = host.Trim();
        // A path is a socket in the file system, and a name with @ one without a file.
        if (
            host.StartsWith('/')
            || host.StartsWith('@')
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        )
            return true;
        if (IPAddress.TryParse(host, out var address))
            return IPAddress.IsLoopback(address);
        var name = host.Split(':')[0];
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out address) && IPAddress.IsLoopback(address));
    }

    private static bool NamesSslMode(string address)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = address };
        return given.ContainsKey("SSL Mode") || given.ContainsKey("SslMode");
    }
}
