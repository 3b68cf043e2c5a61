using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Governance.Contracts;

public sealed partial class Accounts
{
    private const int MaxTokenDays = 366;
    private const int MaxTokensOfPerson = 100;

    /// <summary>Makes a token and returns it in the clear, once: only its hash is kept.</summary>
    /// <param name="life">Null is the installation's own, at most a year.</param>
    /// <exception cref="RefusedException">No such account, a life that is none, or too many tokens.</exception>
    public async Task<string> AddTokenAsync(
        string personName,
        string tokenName,
        TimeSpan? life,
        string? defaultReason,
        CancellationToken cancellation
    )
    {
        var asked = new NewToken(personName, tokenName, life, defaultReason, TokenScope.All);
        return (await AddTokenAsync(Program, asked, cancellation)).Clear;
    }

    internal sealed record NewToken(
        string Person,
        string Name,
        TimeSpan? Life,
        string? DefaultReason,
        TokenScope Scope
    );

    /// <summary>Days as a life; null is the installation's own. What is no life of a token is refused where it is made.</summary>
    internal static TimeSpan? DaysOfToken(int? days) =>
        days is { } some ? TimeSpan.FromDays(Math.Clamp(some, 0, MaxTokenDays + 1)) : null;

    /// <summary>A token that was just made.</summary>
    /// <param name="Clear">The token itself; nobody can be shown it again.</param>
    internal sealed record MadeToken(string Id, string Clear, DateTimeOffset ExpiresAt);

    internal async Task<MadeToken> AddTokenAsync(Viewer by, NewToken token, CancellationToken cancellation)
    {
        const string count = """
            select count(*) from gov_token
            where person = (select id from gov_person where name = @Person) and revoked_at is null and expires_at > @now
            """;
        const string add = """
            insert into gov_token (id, hash, person, name, scope, default_reason, created_at, expires_at)
            select @id, @hash, id, @name, @scope, @reason, @now, @expires from gov_person where name = @Person
            """;
        var life = token.Life ?? TimeSpan.FromDays(Math.Min(settings.TokenDays, MaxTokenDays));
        if (life <= TimeSpan.Zero || life > TimeSpan.FromDays(MaxTokenDays))
            throw new RefusedException(
                Refusal.Unprocessable("token-life", $"A token lives 1 to {MaxTokenDays} days", field: "days")
            );
        var (clear, now) = (Secret.NewToken(), Now);
        var row = new
        {
            id = Secret.NewId(),
            hash = Secret.Hash(clear),
            name = Names.Token(token.Name),
            scope = token.Scope.Text,
            reason = token.DefaultReason is { } reason ? Reasons.First(reason) : null,
            now,
            expires = now + (long)life.TotalMilliseconds,
            token.Person,
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await connection.ExecuteScalarAsync<int>(count, row, transaction) >= MaxTokensOfPerson)
                    throw new RefusedException(
                        Refusal.Unprocessable(
                            "too-many-tokens",
                            $"An account has at most {MaxTokensOfPerson} live tokens",
                            "Revoke one that is no longer used"
                        )
                    );
                if (await connection.ExecuteAsync(add, row, transaction) == 0)
                    throw new RefusedException(NoSuchAccount(token.Person));
                LogIn(connection, transaction, by, $"token made for {token.Person}: {row.id}");
            },
            cancellation
        );
        return new(row.id, clear, DateTimeOffset.FromUnixTimeMilliseconds(row.expires));
    }

    /// <summary>The account's tokens, the newest first.</summary>
    public async Task<IReadOnlyList<Token>> ListTokensAsync(string personName, CancellationToken cancellation)
    {
        const string list = """
            select token.id, token.name, token.scope, token.created_at, token.expires_at, token.revoked_at,
                token.last_used_at
            from gov_token token join gov_person person on person.id = token.person
            where person.name = @personName order by token.created_at desc, token.id limit @MaxListed
            """;
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<(
                    string Id,
                    string Name,
                    string Scope,
                    long Made,
                    long Ends,
                    long? Gone,
                    long? Used
                )>(list, new { personName, MaxListed }),
            cancellation
        );
        return
        [
            .. rows.Select(r => new Token(
                r.Id,
                r.Name,
                r.Scope,
                DateTimeOffset.FromUnixTimeMilliseconds(r.Made),
                DateTimeOffset.FromUnixTimeMilliseconds(r.Ends),
                At(r.Gone),
                At(r.Used)
            )),
        ];
    }

    /// <summary>Ends a token at once.</summary>
    /// <param name="personName">Whose it must be: another account's token does not exist then; null is anybody's.</param>
    internal async Task RevokeTokenAsync(Viewer by, string? personName, string tokenId, CancellationToken cancellation)
    {
        const string owner = """
            select person.name from gov_token token join gov_person person on person.id = token.person
            where token.id = @tokenId and (@personName is null or person.name = @personName)
            """;
        const string revoke = "update gov_token set revoked_at = coalesce(revoked_at, @now) where id = @tokenId";
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var which = new
                {
                    tokenId,
                    personName,
                    now = Now,
                };
                var name =
                    await connection.QuerySingleOrDefaultAsync<string>(owner, which, transaction)
                    ?? throw new RefusedException(
                        Refusal.NotFound($"No token '{tokenId}'", "'lanthorn token list' names them")
                    );
                await connection.ExecuteAsync(revoke, which, transaction);
                LogIn(connection, transaction, by, $"token revoked of {name}: {tokenId}");
            },
            cancellation
        );
        Interlocked.Increment(ref revision);
    }
}
