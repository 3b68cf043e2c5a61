using Dapper;
using Lanthorn.Pathways.Store;

namespace Lanthorn.Pathways.Accounts;

/// <summary>A token that was just made: shown this once.</summary>
internal sealed record MadeToken(string Id, string Token, DateTimeOffset ExpiresAt);

/// <summary>What everybody behind the wall does with the own account: a password, tokens.</summary>
internal sealed class OwnAccount(PathwaysStore store, SignIn signIn)
{
    private const int MaxTokenDays = 366;

    private sealed record TokenRow
    {
        public required string Account { get; init; }
        public long ExpiresAt { get; init; }
        public long? RevokedAt { get; init; }
    }

    /// <summary>Chooses a password; other sessions end. The account as it is then.</summary>
    /// <exception cref="RefusedException">The present one is not right, or the new one is too short.</exception>
    public async Task<Account> ChangePasswordAsync(
        Account by,
        string? current,
        string? fresh,
        CancellationToken cancellation
    )
    {
        if (await signIn.HandleAsync(by.Name, current, cancellation, "asked for the password again") is null)
            throw new RefusedException(Refusal.Unprocessable("wrong-password", "That is not your password"));
        if (current == fresh)
            throw new RefusedException(Refusal.Unprocessable("same-password", "The new password is the old one"));
        var hash = Secret.HashPassword(fresh);
        return await store.WriteAsync(
            async (connection, transaction) =>
            {
                await ManageAccounts.SetPasswordIn(connection, transaction, by, hash);
                await store.Audit.AppendIn(connection, transaction, by, "password changed");
                return (await Account.ByIdAsync(connection, by.Id, transaction))!;
            },
            cancellation
        );
    }

    /// <param name="by">Who makes it: the account itself, or whoever sits at the machine.</param>
    public async Task<MadeToken> AddTokenAsync(
        Account by,
        Account owner,
        string? name,
        int? days,
        CancellationToken cancellation
    )
    {
        var life = days ?? store.Settings.TokenDays;
        if (life is < 1 or > MaxTokenDays)
            throw new RefusedException(
                Refusal.Unprocessable("token-days", $"A token lives 1 to {MaxTokenDays} days", field: "days")
            );
        var expires = store.Settings.Time.GetUtcNow().AddDays(life);
        var clear = Secret.NewToken();
        var row = new
        {
            id = Secret.NewId(),
            account = owner.Id,
            name = Names.Token(name),
            hash = Secret.HashToken(store.Key, clear),
            now = store.Now,
            expires = expires.ToUnixTimeMilliseconds(),
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(
                    """
                    insert into token (id, account, name, hash, added_at, expires_at)
                    values (@id, @account, @name, @hash, @now, @expires)
                    """,
                    row,
                    transaction
                );
                await store.Audit.AppendIn(connection, transaction, by, $"token {row.id} of {owner.Name} made");
            },
            cancellation
        );
        return new(row.id, clear, expires);
    }

    /// <summary>Ends one of the own tokens at once.</summary>
    public Task RevokeTokenAsync(Account by, string id, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                var ended = await connection.ExecuteAsync(
                    "update token set revoked_at = @now where id = @id and account = @account and revoked_at is null",
                    new
                    {
                        id,
                        account = by.Id,
                        now = store.Now,
                    },
                    transaction
                );
                if (ended == 0)
                    throw new RefusedException(Refusal.NotFound);
                await store.Audit.AppendIn(connection, transaction, by, $"token {id} revoked");
            },
            cancellation
        );

    /// <summary>The account behind a token; null where it is unknown, of the other side, expired or revoked.</summary>
    public async Task<Account?> ByTokenAsync(string token, CancellationToken cancellation)
    {
        if (!Secret.IsToken(token))
            return null;
        var hash = Secret.HashToken(store.Key, token);
        return await store.ReadAsync(
            async connection =>
            {
                var row = await connection.QuerySingleOrDefaultAsync<TokenRow>(
                    "select account, expires_at ExpiresAt, revoked_at RevokedAt from token where hash = @hash",
                    new { hash }
                );
                return
                    row is { RevokedAt: null }
                    && row.ExpiresAt > store.Now
                    && await Account.ByIdAsync(connection, row.Account) is { IsActive: true } account
                    ? account
                    : null;
            },
            cancellation
        );
    }

    /// <summary>The account of a session; null where it is locked, or its stamp has changed since.</summary>
    public async Task<Account?> OfSessionAsync(string id, string stamp, CancellationToken cancellation) =>
        await store.ReadAsync(c => Account.ByIdAsync(c, id), cancellation) is { IsActive: true } account
        && account.Stamp == stamp
            ? account
            : null;
}
