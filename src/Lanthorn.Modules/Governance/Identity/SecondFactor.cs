using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Identity;

/// <summary>The second factor of an account: codes of an authenticator, and recovery codes for the day when it is gone.</summary>
internal sealed class SecondFactor(Store store, Accounts accounts, TimeProvider time)
{
    public const int RecoveryCodes = 10;

    /// <summary>So long a secret waits for its first code.</summary>
    public static readonly TimeSpan Waiting = TimeSpan.FromMinutes(15);

    private const string Issuer = "Lanthorn";

    /// <summary>80 bits: their plain hash cannot be guessed back.</summary>
    private const int RecoveryBytes = 10;
    private const int RecoveryGroup = 4;

    /// <param name="Secret">In Base32, as authenticators take it by hand.</param>
    /// <param name="Uri">As they read it from a picture.</param>
    internal sealed record Enrolment(string Secret, string Uri);

    private sealed record Row
    {
        public required string Secret { get; init; }
        public required string Holder { get; init; }
        public long BegunAt { get; init; }
        public long? ConfirmedAt { get; init; }
        public long LastStep { get; init; }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes a secret for an account that has no second factor; it counts when a code of it was given.</summary>
    /// <exception cref="RefusedException">There is one already.</exception>
    public async Task<Enrolment> BeginAsync(Viewer by, Caller caller, CancellationToken cancellation)
    {
        const string begin = """
            insert into gov_totp (person, secret, holder, begun_at) values (@Id, @secret, @Holder, @now)
            on conflict (person) do update
                set secret = excluded.secret, holder = excluded.holder, begun_at = excluded.begun_at
            where gov_totp.confirmed_at is null
            """;
        var (person, secret) = (caller.Person, RandomNumberGenerator.GetBytes(Totp.SecretBytes));
        var row = new
        {
            person.Id,
            caller.Holder,
            secret = SealedSecret.Seal(store.InstallationKey, person.Id, secret),
            now = Now,
        };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await connection.ExecuteAsync(begin, row, transaction) == 0)
                    throw new RefusedException(
                        Refusal.Unprocessable("second-factor", "The account has a second factor", "Remove it first")
                    );
                accounts.LogIn(connection, transaction, by, $"second factor begun: {person.Name}");
            },
            cancellation
        );
        return Of(person, secret);
    }

    /// <summary>
    /// The secret that waits for its first code; null where none does, or somebody else began it: whoever knows a password
    /// must not become the owner of the factor that its owner confirms.
    /// </summary>
    public async Task<Enrolment?> FindBegunAsync(Caller caller, CancellationToken cancellation) =>
        await store.ReadOwnAsync(c => FindAsync(c, caller.Person.Id, null), cancellation) is { } row
        && Waits(row, caller)
            ? Of(caller.Person, SealedSecret.Open(store.InstallationKey, caller.Person.Id, row.Secret))
            : null;

    private bool Waits(Row row, Caller caller) =>
        row.ConfirmedAt is null && row.Holder == caller.Holder && Now - row.BegunAt < Waiting.TotalMilliseconds;

    /// <summary>
    /// The first code switches it on; the answer is the recovery codes, this once. Every other session ends: it was begun
    /// with a password alone.
    /// </summary>
    /// <exception cref="RefusedException">Nothing has begun, or the code is wrong.</exception>
    public async Task<IReadOnlyList<string>> ConfirmAsync(
        Viewer by,
        Caller caller,
        string? code,
        CancellationToken cancellation
    )
    {
        const string confirm = "update gov_totp set confirmed_at = @now, last_step = @step where person = @Id";
        var person = caller.Person;
        var codes = await store.WriteAsync(
            async (connection, transaction) =>
            {
                var row = await FindAsync(connection, person.Id, transaction);
                if (row is null || !Waits(row, caller) || StepOf(person.Id, row, code) is not { } step)
                    throw new RefusedException(WrongCode);
                await connection.ExecuteAsync(
                    confirm,
                    new
                    {
                        person.Id,
                        now = Now,
                        step,
                    },
                    transaction
                );
                await Sessions.EndIn(connection, transaction, person.Name, but: caller.Session?.Id);
                accounts.LogIn(connection, transaction, by, $"second factor switched on: {person.Name}");
                return await NewCodesIn(connection, transaction, person.Id);
            },
            cancellation
        );
        accounts.Changed();
        return codes;
    }

    /// <summary>Ten new recovery codes; the old ones end. Whoever asks has shown a code.</summary>
    public Task<IReadOnlyList<string>> RenewAsync(Viewer by, PersonRow person, CancellationToken cancellation) =>
        store.WriteAsync(
            (connection, transaction) =>
            {
                accounts.LogIn(connection, transaction, by, $"recovery codes renewed: {person.Name}");
                return NewCodesIn(connection, transaction, person.Id);
            },
            cancellation
        );

    /// <summary>Takes second factor and passkeys from an account whose person has lost them; its sessions end.</summary>
    /// <exception cref="RefusedException">There is no such account.</exception>
    public async Task ResetAsync(Viewer by, string name, CancellationToken cancellation)
    {
        await accounts.NeedAsync(name, cancellation);
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await EndIn(connection, transaction, name);
                await Sessions.EndIn(connection, transaction, name, but: null);
                accounts.LogIn(connection, transaction, by, $"second factor and passkeys taken away: {name}");
            },
            cancellation
        );
        accounts.Changed();
    }

    /// <summary>As <see cref="ResetAsync"/>, the passkeys stay.</summary>
    public async Task RemoveAsync(Viewer by, PersonRow person, CancellationToken cancellation)
    {
        if (person.MustHaveCode)
            throw new RefusedException(
                Refusal.Unprocessable(
                    "second-factor-needed",
                    $"Everybody who is {person.Role} has a second factor here",
                    "An administrator resets it, and you set up another one"
                )
            );
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await EndCodesIn(connection, transaction, person.Id);
                accounts.LogIn(connection, transaction, by, $"second factor removed: {person.Name}");
            },
            cancellation
        );
        accounts.Changed();
    }

    /// <summary>Whether it is a code of the account, and uses it up: nobody comes in with it again.</summary>
    public async Task<bool> UseIn(DbConnection connection, DbTransaction transaction, string person, string? code)
    {
        const string use = "update gov_totp set last_step = @step where person = @person and last_step < @step";
        const string recover = "delete from gov_recovery where person = @person and hash = @hash";
        if (await FindAsync(connection, person, transaction) is not { ConfirmedAt: not null } row)
            return false;
        if (StepOf(person, row, code) is { } step)
            return await connection.ExecuteAsync(use, new { person, step }, transaction) > 0;
        var hash = HashOf(code ?? "");
        return await connection.ExecuteAsync(recover, new { person, hash }, transaction) > 0;
    }

    public static async Task EndIn(DbConnection connection, DbTransaction transaction, string name)
    {
        const string find = "select id from gov_person where name = @name";
        if (await connection.QuerySingleOrDefaultAsync<string>(find, new { name }, transaction) is not { } person)
            return;
        await EndCodesIn(connection, transaction, person);
        await connection.ExecuteAsync("delete from gov_passkey where person = @person", new { person }, transaction);
        await connection.ExecuteAsync("delete from gov_step where person = @person", new { person }, transaction);
    }

    private static async Task EndCodesIn(DbConnection connection, DbTransaction transaction, string person)
    {
        await connection.ExecuteAsync("delete from gov_totp where person = @person", new { person }, transaction);
        await connection.ExecuteAsync("delete from gov_recovery where person = @person", new { person }, transaction);
    }

    /// <summary>How many recovery codes are left.</summary>
    public Task<int> CountCodesAsync(PersonRow person, CancellationToken cancellation) =>
        store.ReadOwnAsync(
            c => c.ExecuteScalarAsync<int>("select count(*) from gov_recovery where person = @Id", new { person.Id }),
            cancellation
        );

    public static readonly Refusal WrongCode = Refusal.Unprocessable(
        "second-factor-code",
        "That is not the code of now",
        "Type the six digits that the authenticator shows; each works once. Is the telephone's clock right?",
        "code"
    );

    private static async Task<IReadOnlyList<string>> NewCodesIn(
        DbConnection connection,
        DbTransaction transaction,
        string person
    )
    {
        const string add = "insert into gov_recovery (hash, person) values (@hash, @person)";
        await connection.ExecuteAsync("delete from gov_recovery where person = @person", new { person }, transaction);
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => NewCode()).ToList();
        foreach (var code in codes)
            await connection.ExecuteAsync(add, new { hash = HashOf(code), person }, transaction);
        return codes;
    }

    private static string NewCode() =>
        string.Join(
            '-',
            Totp.ToBase32(RandomNumberGenerator.GetBytes(RecoveryBytes))
                .ToLowerInvariant()
                .Chunk(RecoveryGroup)
                .Select(c => new string(c))
        );

    /// <summary>However it was typed: letters of either case, with or without hyphens.</summary>
    private static byte[] HashOf(string code) =>
        Secret.Hash(new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]));

    private long? StepOf(string person, Row row, string? code)
    {
        var digits = new string([.. (code ?? "").Where(char.IsAsciiDigit).Take(Totp.Digits + 1)]);
        var secret = SealedSecret.Open(store.InstallationKey, person, row.Secret);
        return Totp.Find(secret, digits, time.GetUtcNow(), row.LastStep);
    }

    private static Task<Row?> FindAsync(DbConnection connection, string person, DbTransaction? transaction) =>
        connection.QuerySingleOrDefaultAsync<Row>(
            """
            select secret as Secret, holder as Holder, begun_at as BegunAt, confirmed_at as ConfirmedAt, last_step as LastStep
            from gov_totp where person = @person
            """,
            new { person },
            transaction
        );

    private static Enrolment Of(PersonRow person, byte[] secret)
    {
        var text = Totp.ToBase32(secret);
        return new(text, Totp.Uri(person.Name, Issuer, text));
    }
}
