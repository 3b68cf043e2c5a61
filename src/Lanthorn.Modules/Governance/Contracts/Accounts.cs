using System.Data.Common;
using Dapper;
using Lanthorn.Governance.Identity;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Contracts;

/// <summary>
/// Organisations, people and their tokens, and what each person may see. Every change is logged in the transaction that
/// makes it.
/// </summary>
public sealed partial class Accounts(Store store, Settings settings, TimeProvider time)
{
    /// <summary>The account as which the command line acts unless another is named.</summary>
    public const string OperatorName = "operator";

    private const string OperatorReason = "operator at the console";
    private const string AccountReason = "management of accounts";
    private const int MaxListed = 10_000;

    private int revision;

    /// <summary>Counts the changes that this process made to what an account may do, so that nothing older is remembered.</summary>
    internal int Revision => Volatile.Read(ref revision);

    /// <summary>What an account may do, or who is signed in, is another from now on.</summary>
    internal void Changed() => Interlocked.Increment(ref revision);

    /// <summary>Who acts where the program itself does.</summary>
    internal Viewer Program => new() { Name = "system", Organisation = settings.Organisation };

    /// <summary>Makes the installation's organisation and its operator account where they are missing. The operator has no password.</summary>
    public async Task EnsureOperatorAsync(CancellationToken cancellation)
    {
        await AddOrganisationAsync(settings.Organisation, cancellation);
        var known = await FindAsync(OperatorName, cancellation);
        if (known is null)
            await AddPersonAsync(
                new(OperatorName, null, Roles.Operator, settings.Organisation, null, OperatorReason),
                cancellation
            );
        else if (known.Organisation != Names.Organisation(settings.Organisation))
            await ChangeAsync(
                Program,
                "operator moved to the installation's organisation",
                OperatorName,
                "organisation = (select id from gov_organisation where name = @value)",
                settings.Organisation.Trim(),
                cancellation
            );
    }

    /// <summary>What an account may see, and why it looks; null where there is no such active account.</summary>
    /// <param name="account">Null is the operator.</param>
    /// <param name="justification">Null is the account's own.</param>
    /// <exception cref="RefusedException">The justification is too long.</exception>
    public async Task<Work?> WorkOfAsync(string? account, string? justification, CancellationToken cancellation) =>
        await FindAsync(account ?? OperatorName, cancellation) is { IsActive: true, OwnerIsActive: true } person
            ? person.ToWork(justification)
            : null;

    /// <summary>As <see cref="WorkOfAsync"/>, for verbs of the command line: a missing account is refused in words.</summary>
    /// <exception cref="RefusedException">There is no such active account, or the justification is too long.</exception>
    public async Task<Work> NeedWorkOfAsync(string? account, string? justification, CancellationToken cancellation) =>
        await WorkOfAsync(account, justification, cancellation)
        ?? throw new RefusedException(
            Refusal.BadRequest(
                "no-such-account",
                $"There is no account '{account}', or it is locked",
                "'lanthorn user list' names them all"
            )
        );

    /// <summary>The organisation's id; made where it is missing.</summary>
    public Task<string> AddOrganisationAsync(string name, CancellationToken cancellation) =>
        AddOrganisationAsync(Program, name, cancellation);

    internal Task<string> AddOrganisationAsync(Viewer by, string name, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                const string find = "select id from gov_organisation where name = @name";
                const string add = "insert into gov_organisation (id, name, created_at) values (@id, @name, @now)";
                name = Names.Organisation(name);
                if (await connection.QuerySingleOrDefaultAsync<string>(find, new { name }, transaction) is { } known)
                    return known;
                var row = (id: Secret.NewId(), now: Now);
                await connection.ExecuteAsync(
                    add,
                    new
                    {
                        row.id,
                        name,
                        row.now,
                    },
                    transaction
                );
                LogIn(connection, transaction, by, $"organisation added: {name}");
                return row.id;
            },
            cancellation
        );

    public async Task<IReadOnlyList<string>> ListOrganisationsAsync(CancellationToken cancellation) =>
        [
            .. await store.ReadOwnAsync(
                connection =>
                    connection.QueryAsync<string>(
                        "select name from gov_organisation order by name limit @MaxListed",
                        new { MaxListed }
                    ),
                cancellation
            ),
        ];

    /// <exception cref="RefusedException">The name or address is taken, the role or organisation unknown, the password too short.</exception>
    public Task<Person> AddPersonAsync(NewPerson person, CancellationToken cancellation) =>
        AddPersonAsync(Program, person, cancellation);

    internal async Task<Person> AddPersonAsync(Viewer by, NewPerson person, CancellationToken cancellation)
    {
        var row = Row(person);
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await InsertAsync(connection, transaction, row);
                var owned = row.Owner is null ? "" : $", a service of {row.Owner}";
                LogIn(connection, transaction, by, $"account added: {row.Name}, {row.Role}{owned}");
            },
            cancellation
        );
        return await NeedAsync(row.Name, cancellation);
    }

    /// <summary>As adding; where the name is taken the account becomes this one, and its old tokens and sessions end.</summary>
    public async Task<Person> ReplacePersonAsync(NewPerson person, CancellationToken cancellation)
    {
        const string replace = """
            update gov_person set email = @Email, role = @Role, clearance = @Clearance, password_hash = @PasswordHash,
                organisation = (select id from gov_organisation where name = @Organisation),
                security_stamp = @SecurityStamp, failed_count = 0, locked_until = null,
                default_reason = @DefaultReason, is_active = 1, looked_at = null,
                notice_address = null, mailed_at = null
            where name = @Name
            """;
        const string revoke = """
            update gov_token set revoked_at = @now
            where revoked_at is null and person = (select id from gov_person where name = @Name)
            """;
        const string unlink = """
            delete from gov_subject where person = (select id from gov_person where name = @Name)
            """;
        var row = Row(person);
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await PersonRow.ByNameAsync(connection, row.Name, transaction) is null)
                    await InsertAsync(connection, transaction, row);
                else
                {
                    await NeedOrganisationAsync(connection, transaction, row.Organisation);
                    await connection.ExecuteAsync(replace, row, transaction);
                    await connection.ExecuteAsync(revoke, new { row.Name, now = Now }, transaction);
                    await Sessions.EndIn(connection, transaction, row.Name, but: null);
                    await Invitations.EndIn(connection, transaction, row.Name);
                    await SecondFactor.EndIn(connection, transaction, row.Name);
                    await connection.ExecuteAsync(unlink, row, transaction);
                }
                LogIn(connection, transaction, Program, $"account replaced: {row.Name}, {row.Role}");
            },
            cancellation
        );
        Changed();
        return await NeedAsync(row.Name, cancellation);
    }

    public async Task<IReadOnlyList<Person>> ListAsync(CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<PersonRow>(
                    $"select {PersonRow.Columns} from {PersonRow.From} order by person.name limit @MaxListed",
                    new { MaxListed }
                ),
            cancellation
        );
        return [.. rows.Select(Shown)];
    }

    /// <summary>True when somebody can sign in and manage accounts.</summary>
    public Task<bool> AnyAdministratorAsync(CancellationToken cancellation) =>
        store.ReadOwnAsync(connection => AnyAdministratorIn(connection, transaction: null), cancellation);

    internal static Task<bool> AnyAdministratorIn(DbConnection connection, DbTransaction? transaction) =>
        connection.ExecuteScalarAsync<bool>(
            """
            select exists (select 1 from gov_person
                where role = @Administrator and is_active = 1 and (password_hash is not null
                    or exists (select 1 from gov_subject s where s.person = gov_person.id)
                    or exists (select 1 from gov_passkey p where p.person = gov_person.id)))
            """,
            new { Roles.Administrator },
            transaction
        );

    /// <summary>Shuts an account out, at once and until it is let in again: its sessions end, its tokens rest meanwhile.</summary>
    internal Task LockAsync(Viewer by, string name, CancellationToken cancellation)
    {
        RefuseForOneself(by, name);
        return ChangeAsync(
            by,
            "account locked",
            name,
            "is_active = 0, security_stamp = @value",
            Secret.NewId(),
            cancellation,
            async (connection, transaction) =>
            {
                await Sessions.EndIn(connection, transaction, name, but: null);
                await Invitations.EndIn(connection, transaction, name);
            }
        );
    }

    internal Task UnlockAsync(Viewer by, string name, CancellationToken cancellation) =>
        ChangeAsync(
            by,
            "account unlocked",
            name,
            "is_active = 1, failed_count = 0, locked_until = null",
            null,
            cancellation
        );

    /// <summary>The clearance becomes the new role's.</summary>
    internal Task SetRoleAsync(Viewer by, string name, string role, CancellationToken cancellation)
    {
        RefuseForOneself(by, name);
        var wanted = Roles.Need(role);
        return ChangeAsync(
            by,
            $"role set to {wanted.Name}",
            name,
            $"role = @value, clearance = {(int)wanted.Ceiling}",
            wanted.Name,
            cancellation
        );
    }

    /// <summary>Sets a password; every session of the account ends.</summary>
    /// <param name="but">Id of the session that goes on, under the account's new stamp.</param>
    /// <exception cref="RefusedException">No such account, a service, or no password that could be.</exception>
    internal async Task SetPasswordAsync(
        Viewer by,
        string name,
        string password,
        CancellationToken cancellation,
        string? but = null
    )
    {
        RefuseService(await NeedAsync(name, cancellation));
        await ChangeAsync(
            by,
            "password set",
            name,
            $"password_hash = @value, security_stamp = '{Secret.NewId()}', failed_count = 0, locked_until = null",
            Passwords.Hash(password),
            cancellation,
            async (connection, transaction) =>
            {
                await Sessions.EndIn(connection, transaction, name, but);
                await Invitations.EndIn(connection, transaction, name);
            }
        );
    }

    /// <summary>Ends every session of the account; its tokens go on.</summary>
    /// <param name="but">Id of the session that goes on, under the account's new stamp.</param>
    internal Task EndSessionsAsync(Viewer by, string name, CancellationToken cancellation, string? but = null) =>
        ChangeAsync(
            by,
            but is null ? "sessions ended" : "other sessions ended",
            name,
            "security_stamp = @value",
            Secret.NewId(),
            cancellation,
            (connection, transaction) => Sessions.EndIn(connection, transaction, name, but)
        );

    internal Task<PersonRow?> FindAsync(string name, CancellationToken cancellation) =>
        store.ReadOwnAsync(connection => PersonRow.ByNameAsync(connection, name), cancellation);

    internal async Task<Person> NeedAsync(string name, CancellationToken cancellation) =>
        await FindAsync(name, cancellation) is { } row ? Shown(row) : throw new RefusedException(NoSuchAccount(name));

    private static readonly Refusal OperatorStays = Refusal.Unprocessable(
        "operator-stays",
        "The operator account is the way back in: it is neither locked nor given another role",
        "Protect the machine's account that runs the command line"
    );

    /// <summary>Nobody gives himself another role or shuts himself out, and the operator account stays as it is.</summary>
    private static void RefuseForOneself(Viewer by, string name)
    {
        var meant = Names.Account(name);
        if (meant.Equals(OperatorName, StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(OperatorStays);
        if (meant.Equals(by.Name, StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(
                Refusal.Unprocessable(
                    "own-account",
                    "Nobody changes the role or the lock of his own account",
                    "Ask another administrator, or use the command line as the operator"
                )
            );
    }

    private static void RefuseService(Person person)
    {
        if (person.Owner is not null)
            throw new RefusedException(
                Refusal.Unprocessable(
                    "service-account",
                    $"{person.Name} is a service: it never signs in",
                    "Make a token for it"
                )
            );
    }

    /// <exception cref="RefusedException">It is a service, or the command line's own account.</exception>
    internal static void RefuseWithoutSignIn(Person person)
    {
        RefuseService(person);
        if (person.Name == OperatorName)
            throw new RefusedException(OperatorStays);
    }

    private static Refusal NoSuchAccount(string name) =>
        Refusal.NotFound($"No account '{name}'", "'lanthorn user list' names them all");

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    internal PersonRow Row(NewPerson person)
    {
        var role = Roles.Need(person.Role);
        return new()
        {
            Id = Secret.NewId(),
            Name = Names.Account(person.Name),
            Email = Names.Email(person.Email),
            Organisation = Names.Organisation(person.Organisation),
            Role = role.Name,
            Clearance = person.Clearance is { } lower && lower < role.Ceiling ? lower : role.Ceiling,
            PasswordHash = person.Password is null ? null : Passwords.Hash(person.Password),
            SecurityStamp = Secret.NewId(),
            DefaultReason = person.DefaultReason is null ? null : Reasons.Need(person.DefaultReason),
            CreatedAt = Now,
            Owner = person.Owner is null ? null : Names.Account(person.Owner),
        };
    }

    internal static async Task InsertAsync(DbConnection connection, DbTransaction transaction, PersonRow row)
    {
        const string taken = "select exists (select 1 from gov_person where name = @Name or email = @Email)";
        const string add = """
            insert into gov_person (id, name, email, organisation, role, clearance, password_hash, security_stamp,
                default_reason, created_at, owner)
            select @Id, @Name, @Email, id, @Role, @Clearance, @PasswordHash, @SecurityStamp, @DefaultReason, @CreatedAt,
                (select o.id from gov_person o where o.name = @Owner and o.owner is null and o.is_active = 1)
            from gov_organisation where name = @Organisation
            """;
        await NeedOrganisationAsync(connection, transaction, row.Organisation);
        if (await connection.ExecuteScalarAsync<bool>(taken, row, transaction))
            throw new RefusedException(
                new Refusal("account-taken", 409, $"The name or address of '{row.Name}' is taken", "Choose another")
            );
        await NeedOwnerAsync(connection, transaction, row);
        await connection.ExecuteAsync(add, row, transaction);
    }

    private static async Task NeedOwnerAsync(DbConnection connection, DbTransaction transaction, PersonRow row)
    {
        const string find = """
            select exists (select 1 from gov_person where name = @Owner and owner is null and is_active = 1)
            """;
        if (row.Owner is null || await connection.ExecuteScalarAsync<bool>(find, row, transaction))
            return;
        throw new RefusedException(
            Refusal.Unprocessable(
                "service-owner",
                $"'{row.Owner}' is no active account of a person",
                "A service is answered for by somebody who can be asked",
                "owner"
            )
        );
    }

    private static async Task NeedOrganisationAsync(DbConnection connection, DbTransaction transaction, string name)
    {
        const string find = "select exists (select 1 from gov_organisation where name = @name)";
        if (!await connection.ExecuteScalarAsync<bool>(find, new { name }, transaction))
            throw new RefusedException(
                Refusal.Unprocessable(
                    "unknown-organisation",
                    $"No organisation '{name}'",
                    "Add it first with 'lanthorn organisation add'",
                    "organisation"
                )
            );
    }

    /// <param name="set">What to set, in SQL of this class; <c>@value</c> stands for the value.</param>
    /// <param name="also">What else happens in the same transaction.</param>
    private async Task ChangeAsync(
        Viewer by,
        string what,
        string name,
        string set,
        string? value,
        CancellationToken cancellation,
        Func<DbConnection, DbTransaction, Task>? also = null
    )
    {
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                if (
                    await connection.ExecuteAsync(
                        $"update gov_person set {set} where name = @name",
                        new { name, value },
                        transaction
                    ) == 0
                )
                    throw new RefusedException(NoSuchAccount(name));
                if (also is not null)
                    await also(connection, transaction);
                LogIn(connection, transaction, by, $"{what}: {name}");
            },
            cancellation
        );
        Changed();
    }

    internal void LogIn(DbConnection connection, DbTransaction transaction, Viewer by, string what) =>
        store.Audit.AppendIn(
            connection,
            transaction,
            AuditEntry.By(by, Operation.Alteration, what, [], new Justification(AccountReason))
        );

    private static DateTimeOffset? At(long? milliseconds) =>
        milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;

    private Person Shown(PersonRow row) =>
        new(
            row.Name,
            row.Email,
            row.Role,
            row.Organisation,
            row.IsActive,
            DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
            row.LockedUntil > Now ? At(row.LockedUntil) : null
        )
        {
            Owner = row.Owner,
            HasSecondFactor = row.HasCode,
        };
}
