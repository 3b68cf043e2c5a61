using System.Data.Common;
using Dapper;

namespace Lanthorn.Pathways.Accounts;

/// <summary>Somebody behind the wall: in no way connected with an account of the enforcement side.</summary>
internal sealed record Account
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public required string Role { get; init; }
    public required string Organisation { get; init; }
    public string? PasswordHash { get; init; }

    /// <summary>Another one made the password up: it is good for choosing one's own, and nothing else.</summary>
    public bool MustChange { get; init; }

    /// <summary>Changes with the password and with a lock: sessions made under another one are over.</summary>
    public required string Stamp { get; init; }
    public bool IsActive { get; init; }
    public long FailedCount { get; init; }
    public long? LockedUntil { get; init; }
    public long AddedAt { get; init; }

    private const string Columns = """
        select id, name, email, role, organisation, password_hash PasswordHash, must_change MustChange, stamp,
          is_active IsActive, failed_count FailedCount, locked_until LockedUntil, added_at AddedAt
        from account
        """;

    public static Task<Account?> ByIdAsync(DbConnection connection, string id, DbTransaction? transaction = null) =>
        connection.QuerySingleOrDefaultAsync<Account>($"{Columns} where id = @id", new { id }, transaction);

    /// <param name="typed">Name or e-mail address, in any case.</param>
    public static Task<Account?> ByNameOrEmailAsync(
        DbConnection connection,
        string typed,
        DbTransaction? transaction = null
    ) =>
        connection.QuerySingleOrDefaultAsync<Account>(
            $"{Columns} where name = @typed or email = @typed",
            new { typed = typed.Trim().ToLowerInvariant() },
            transaction
        );

    public static async Task<IReadOnlyList<Account>> ListAsync(DbConnection connection) =>
        [.. await connection.QueryAsync<Account>($"{Columns} order by name")];
}

/// <summary>An account as its administrator sees it.</summary>
internal sealed record AccountView(
    string Name,
    string? Email,
    string Role,
    string Organisation,
    bool IsActive,
    bool MustChange,
    DateTimeOffset? LockedUntil
)
{
    public static AccountView Of(Account account) =>
        new(
            account.Name,
            account.Email,
            account.Role,
            account.Organisation,
            account.IsActive,
            account.MustChange,
            account.LockedUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null
        );
}
