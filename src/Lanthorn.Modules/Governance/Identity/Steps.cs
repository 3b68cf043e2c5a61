using System.Data.Common;
using Dapper;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Identity;

/// <summary>
/// What has begun and is not finished yet: the password was right and the code is asked for, or a passkey was challenged.
/// Whoever began it holds a secret; the table has its hash. Each is finished once, in <see cref="Longest"/>.
/// </summary>
internal sealed class Steps(Store store, TimeProvider time)
{
    public const string Code = "code";
    public const string NewPasskey = "new passkey";
    public const string Passkey = "passkey";

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>So many of an account wait at once; one more ends the oldest.</summary>
    private const int MaxOfPerson = 10;

    internal sealed record Step
    {
        public string? Person { get; init; }
        public required string State { get; init; }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<string> BeginAsync(string kind, string? person, string state, CancellationToken cancellation)
    {
        const string add = """
            insert into gov_step (hash, kind, person, state, ends_at) values (@hash, @kind, @person, @state, @ends)
            """;
        const string clear = """
            delete from gov_step where person = @person and hash not in
                (select hash from gov_step where person = @person order by ends_at desc, hash limit @kept)
            """;
        var (secret, now) = (Secret.NewToken(), Now);
        var row = new
        {
            hash = Secret.Hash(secret),
            kind,
            person,
            state,
            ends = now + (long)Longest.TotalMilliseconds,
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync("delete from gov_step where ends_at <= @now", new { now }, transaction);
                await connection.ExecuteAsync(clear, new { person, kept = MaxOfPerson - 1 }, transaction);
                await connection.ExecuteAsync(add, row, transaction);
            },
            cancellation
        );
        return secret;
    }

    /// <summary>What was begun; null where it has ended or was finished.</summary>
    public Task<Step?> FindAsync(string kind, string? secret, CancellationToken cancellation) =>
        store.ReadOwnAsync(
            connection =>
                connection.QuerySingleOrDefaultAsync<Step>(
                    "select person as Person, state as State from gov_step where hash = @hash and kind = @kind and ends_at > @now",
                    new
                    {
                        hash = Secret.Hash(secret ?? ""),
                        kind,
                        now = Now,
                    }
                ),
            cancellation
        );

    /// <summary>As <see cref="FindAsync"/>, and nobody finds it again.</summary>
    public async Task<Step?> TakeAsync(string kind, string? secret, CancellationToken cancellation) =>
        await FindAsync(kind, secret, cancellation) is { } step
        && await store.WriteAsync(
            async (connection, transaction) => await EndIn(connection, transaction, secret!) > 0,
            cancellation
        )
            ? step
            : null;

    public static Task<int> EndIn(DbConnection connection, DbTransaction transaction, string secret) =>
        connection.ExecuteAsync(
            "delete from gov_step where hash = @hash",
            new { hash = Secret.Hash(secret) },
            transaction
        );
}
