using System.Data.Common;
using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Identity;

/// <summary>
/// One-time links with which somebody chooses his password. The secret stands behind the # of the address, which no browser
/// sends and no log has; the table has its hash.
/// </summary>
internal sealed class Invitations(Store store, Accounts accounts, Settings settings, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(72);

    public const string Path = $"{SignInPaths.SignIn}/invitation";

    /// <param name="Link">From the root of the server; shown this once.</param>
    internal sealed record Made(Person Person, string Link, DateTimeOffset EndsAt);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes an account without a password, and the link with which its person chooses one.</summary>
    /// <exception cref="RefusedException">The account cannot be, as <see cref="Accounts"/> says.</exception>
    public async Task<Made> InviteAsync(Viewer by, NewPerson person, CancellationToken cancellation)
    {
        var added = await accounts.AddPersonAsync(by, person with { Password = null }, cancellation);
        return await AgainAsync(by, added.Name, cancellation);
    }

    /// <summary>A new link for an account that exists; an earlier one ends. Its password stays until another is chosen.</summary>
    /// <exception cref="RefusedException">There is no such account, or it is one that never signs in.</exception>
    public async Task<Made> AgainAsync(Viewer by, string name, CancellationToken cancellation)
    {
        var person = await accounts.NeedAsync(name, cancellation);
        Accounts.RefuseWithoutSignIn(person);
        var (secret, now) = (Secret.NewToken(), Now);
        var ends = now + (long)Life.TotalMilliseconds;
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                const string find = "select id from gov_person where name = @Name";
                var id = await connection.QuerySingleAsync<string>(find, new { person.Name }, transaction);
                await AddIn(connection, transaction, id, secret, ends);
                accounts.LogIn(connection, transaction, by, $"invited to choose a password: {person.Name}");
            },
            cancellation
        );
        return new(person, LinkOf(secret), DateTimeOffset.FromUnixTimeMilliseconds(ends));
    }

    /// <summary>The link that makes the first administrator, once; null where there is one. An earlier link ends.</summary>
    public async Task<string?> FirstAsync(CancellationToken cancellation)
    {
        if (await accounts.AnyAdministratorAsync(cancellation))
            return null;
        var (secret, ends) = (Secret.NewToken(), Now + (long)Life.TotalMilliseconds);
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await AddIn(connection, transaction, person: null, secret, ends);
                accounts.LogIn(connection, transaction, accounts.Program, "link made for the first administrator");
            },
            cancellation
        );
        return $"{Path}?first=true#{secret}";
    }

    /// <summary>Whoever has the link chooses the password, and where it is for the first administrator his name.</summary>
    /// <returns>The account's name.</returns>
    /// <exception cref="RefusedException">The link was used or has ended, or name or password cannot be.</exception>
    public async Task<string> AcceptAsync(
        string? secret,
        string? name,
        string? password,
        CancellationToken cancellation
    )
    {
        const string find = "select person, ends_at from gov_invitation where hash = @hash and ends_at > @now";
        const string end = "delete from gov_invitation where hash = @hash";
        var hash = Secret.Hash(secret ?? "");
        var known = await store.ReadOwnAsync(
            c => c.QuerySingleOrDefaultAsync<(string? Person, long Ends)>(find, new { hash, now = Now }),
            cancellation
        );
        if (known.Ends == 0)
            throw new RefusedException(Ended);
        var made = known.Person is null ? accounts.Row(First(name, password)) : null;
        var hashed = made?.PasswordHash ?? Passwords.Hash(password ?? "");
        var who = await store.WriteAsync(
            async (connection, transaction) =>
            {
                // Of two who have the link one is quicker.
                if (await connection.ExecuteAsync(end, new { hash }, transaction) == 0)
                    throw new RefusedException(Ended);
                if (made is null)
                    return await ChooseIn(connection, transaction, known.Person!, hashed);
                if (await Accounts.AnyAdministratorIn(connection, transaction))
                    throw new RefusedException(Ended);
                await Accounts.InsertAsync(connection, transaction, made);
                accounts.LogIn(connection, transaction, accounts.Program, $"first administrator: {made.Name}");
                return made.Name;
            },
            cancellation
        );
        accounts.Changed();
        return who;
    }

    private NewPerson First(string? name, string? password) =>
        new(name ?? "", Email: null, Roles.Administrator, settings.Organisation, password ?? "");

    /// <summary>Links and sign-ins that were begun for an account end with its old password, and with its lock.</summary>
    public static async Task EndIn(DbConnection connection, DbTransaction transaction, string name)
    {
        const string links = """
            delete from gov_invitation where person = (select id from gov_person where name = @name)
            """;
        const string begun = "delete from gov_step where person = (select id from gov_person where name = @name)";
        await connection.ExecuteAsync(links, new { name }, transaction);
        await connection.ExecuteAsync(begun, new { name }, transaction);
    }

    private async Task<string> ChooseIn(
        DbConnection connection,
        DbTransaction transaction,
        string id,
        string passwordHash
    )
    {
        const string choose = """
            update gov_person set password_hash = @passwordHash, security_stamp = @stamp, failed_count = 0,
                locked_until = null
            where id = @id and is_active = 1
            """;
        var row = new
        {
            id,
            passwordHash,
            stamp = Secret.NewId(),
        };
        if (await connection.ExecuteAsync(choose, row, transaction) == 0)
            throw new RefusedException(Ended);
        var person = (await PersonRow.ByIdAsync(connection, id, transaction))!;
        await Sessions.EndIn(connection, transaction, person.Name, but: null);
        await EndIn(connection, transaction, person.Name);
        accounts.LogIn(
            connection,
            transaction,
            person.ToViewer(TokenScope.All),
            $"password chosen by invitation: {person.Name}"
        );
        return person.Name;
    }

    private async Task AddIn(
        DbConnection connection,
        DbTransaction transaction,
        string? person,
        string secret,
        long ends
    )
    {
        const string clear = """
            delete from gov_invitation where ends_at <= @now or person = @person or (person is null and @person is null)
            """;
        const string add = """
            insert into gov_invitation (hash, person, made_at, ends_at) values (@hash, @person, @now, @ends)
            """;
        var row = new
        {
            hash = Secret.Hash(secret),
            person,
            now = Now,
            ends,
        };
        await connection.ExecuteAsync(clear, row, transaction);
        await connection.ExecuteAsync(add, row, transaction);
    }

    private static string LinkOf(string secret) => $"{Path}#{secret}";

    public static readonly Refusal Ended = Refusal.Unprocessable(
        "invitation-ended",
        "This link was used, has ended, or was replaced by a newer one",
        "Ask your administrator for another",
        "code"
    );
}
