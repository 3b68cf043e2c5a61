using System.Data.Common;
using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Identity;

/// <summary>
/// The sessions of browsers: each stands in a table, so that it can be seen and ended. A session ends after
/// <see cref="Settings.SessionHours"/> without requests, and after <see cref="Longest"/> however busy it is.
/// </summary>
internal sealed class Sessions(Store store, Accounts accounts, Settings settings, TimeProvider time)
{
    /// <summary>A day: what NIST SP 800-63B allows before somebody has to show again who he is.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>How exactly the last request is known: one write in this time, not one a request.</summary>
    public static readonly TimeSpan SeenPrecision = TimeSpan.FromMinutes(5);

    /// <summary>One more ends the oldest.</summary>
    private const int MaxOfPerson = 50;

    /// <summary>A session as its owner sees it.</summary>
    /// <param name="Method">With what it was begun.</param>
    /// <param name="Device">Browser and system as the browser says; empty where it says nothing known.</param>
    /// <param name="SeenAt">The last request, to five minutes.</param>
    /// <param name="IsThis">Whether it is the one that asks.</param>
    internal sealed record Shown(
        string Id,
        string Method,
        string Device,
        DateTimeOffset BegunAt,
        DateTimeOffset SeenAt,
        DateTimeOffset EndsAt,
        bool IsThis
    );

    /// <summary>What is known of a session when its cookie comes.</summary>
    internal sealed record Row
    {
        public required string Id { get; init; }
        public required string Person { get; init; }
        public required string Method { get; init; }
        public long BegunAt { get; init; }
        public long SeenAt { get; init; }
        public long EndsAt { get; init; }

        /// <summary>The wider sight that it carries; null where it carries none.</summary>
        public string? Glass { get; init; }
    }

    private const string Columns = """
        id as Id, person as Person, method as Method, begun_at as BegunAt, seen_at as SeenAt, ends_at as EndsAt,
        glass as Glass
        """;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Begins one and gives its secret, which only the cookie knows.</summary>
    public async Task<string> BeginAsync(
        PersonRow person,
        string method,
        string userAgent,
        CancellationToken cancellation
    )
    {
        const string clear = """
            delete from gov_session where ends_at <= @now or (person = @Id and id not in
                (select id from gov_session where person = @Id order by begun_at desc, id limit @kept))
            """;
        const string add = """
            insert into gov_session (id, hash, person, method, device, begun_at, seen_at, ends_at)
            values (@id, @hash, @person, @method, @device, @now, @now, @ends)
            """;
        var (secret, now) = (Secret.NewToken(), Now);
        var row = new
        {
            id = Secret.NewId(),
            hash = Secret.Hash(secret),
            person = person.Id,
            method,
            device = Device.Of(userAgent),
            now,
            ends = EndOf(now, now),
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(
                    clear,
                    new
                    {
                        person.Id,
                        now,
                        kept = MaxOfPerson - 1,
                    },
                    transaction
                );
                await connection.ExecuteAsync(add, row, transaction);
            },
            cancellation
        );
        return secret;
    }

    /// <summary>The session of a secret while it lives; its last request is noted.</summary>
    public async Task<Row?> FindAsync(byte[] hash, CancellationToken cancellation)
    {
        const string find = $"select {Columns} from gov_session where hash = @hash and ends_at > @now";
        const string note = "update gov_session set seen_at = @now, ends_at = @ends where id = @Id";
        var now = Now;
        var row = await store.ReadOwnAsync(
            connection => connection.QuerySingleOrDefaultAsync<Row>(find, new { hash, now }),
            cancellation
        );
        if (row is null || now - row.SeenAt < SeenPrecision.TotalMilliseconds)
            return row;
        var ends = EndOf(row.BegunAt, now);
        await store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    note,
                    new
                    {
                        row.Id,
                        now,
                        ends,
                    },
                    transaction
                ),
            cancellation
        );
        return row with { SeenAt = now, EndsAt = ends };
    }

    /// <summary>The account's live sessions, the newest first.</summary>
    /// <param name="current">Id of the session that asks; null where none does.</param>
    /// <exception cref="RefusedException">There is no such account.</exception>
    public async Task<IReadOnlyList<Shown>> ListAsync(string name, string? current, CancellationToken cancellation)
    {
        const string list = """
            select session.id, session.method, session.device, session.begun_at, session.seen_at, session.ends_at
            from gov_session session join gov_person person on person.id = session.person
            where person.name = @name and session.ends_at > @now
            order by session.begun_at desc, session.id limit @MaxOfPerson
            """;
        await accounts.NeedAsync(name, cancellation);
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<(string Id, string Method, string Device, long Begun, long Seen, long Ends)>(
                    list,
                    new
                    {
                        name,
                        now = Now,
                        MaxOfPerson,
                    }
                ),
            cancellation
        );
        return
        [
            .. rows.Select(r => new Shown(
                r.Id,
                r.Method,
                r.Device,
                DateTimeOffset.FromUnixTimeMilliseconds(r.Begun),
                DateTimeOffset.FromUnixTimeMilliseconds(r.Seen),
                DateTimeOffset.FromUnixTimeMilliseconds(r.Ends),
                r.Id == current
            )),
        ];
    }

    /// <summary>Ends one of the account's sessions at once.</summary>
    /// <exception cref="RefusedException">The account has no such session.</exception>
    public async Task EndAsync(Viewer by, string name, string id, CancellationToken cancellation)
    {
        const string end = """
            delete from gov_session where id = @id and person = (select id from gov_person where name = @name)
            """;
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await connection.ExecuteAsync(end, new { id, name }, transaction) == 0)
                    throw new RefusedException(
                        Refusal.NotFound(
                            $"No session '{id}' of {name}",
                            "It may have ended by itself; load the list again"
                        )
                    );
                accounts.LogIn(connection, transaction, by, $"session ended of {name}: {id}");
            },
            cancellation
        );
        accounts.Changed();
    }

    /// <summary>Ends all sessions of an account but one, inside somebody's transaction.</summary>
    public static Task EndIn(DbConnection connection, DbTransaction transaction, string name, string? but) =>
        connection.ExecuteAsync(
            """
            delete from gov_session where person = (select id from gov_person where name = @name)
                and (@but is null or id <> @but)
            """,
            new { name, but },
            transaction
        );

    private long EndOf(long begun, long now) =>
        Math.Min(
            begun + (long)Longest.TotalMilliseconds,
            now + (long)TimeSpan.FromHours(settings.SessionHours).TotalMilliseconds
        );
}
