using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace Lanthorn.Tests.Storage;

/// <summary>A database of its own on the server of the tests, gone afterwards.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private const string Variable = "LANTHORN_TEST_POSTGRES";

    private readonly string name;

    private PostgresDatabase(string name) => this.name = name;

    /// <summary>Why tests on PostgreSQL are skipped; null where there is a server.</summary>
    public static string? WhyAbsent => Server is null ? $"{Variable} names no PostgreSQL server" : null;

    public string Address => AddressOf(name);

    private static string? Server =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    /// <param name="template">The database that it is to be a copy of, which nobody may be using; null for an empty one.</param>
    public static async Task<PostgresDatabase> CreateAsync(PostgresDatabase? template = null)
    {
        var name = $"lanthorn_test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        await OnServerAsync(
            $"create database {name} encoding 'UTF8' template {template?.name ?? "template0"} strategy file_copy"
        );
        return new(name);
    }

    /// <summary>Ends every connection to it, as a server that stops does.</summary>
    public Task BreakConnectionsAsync() =>
        OnServerAsync(
            $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}' and pid <> pg_backend_pid()"
        );

    /// <summary>Lets nobody in any more, or everybody again.</summary>
    public async Task AllowAsync(bool connections)
    {
        await OnServerAsync($"alter database {name} allow_connections {connections}");
        if (!connections)
            await BreakConnectionsAsync();
    }

    public async ValueTask DisposeAsync() => await OnServerAsync($"drop database {name} with (force)");

    private static async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(AddressOf(null));
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql, commandTimeout: 0);
    }

    private static string AddressOf(string? database)
    {
        var settings = new NpgsqlConnectionStringBuilder(Server!) { Pooling = database is not null };
        settings.Database = database ?? settings.Database ?? "postgres";
        return settings.ToString();
    }
}
