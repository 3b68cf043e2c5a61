using System.Data.Common;
using Dapper;
using Lanthorn.Pathways.Store;

namespace Lanthorn.Pathways.Accounts;

/// <summary>An account to be made.</summary>
internal sealed record NewAccount(string Name, string Role, string Organisation, string? Email = null);

/// <summary>An account and the password that was made up for it, shown this once; it is good for choosing another one.</summary>
internal sealed record AccountWithPassword(AccountView Account, string Password);

/// <summary>
/// What the administrator behind the wall does with accounts. He makes no token for another and knows no password that opens
/// more than the page on which it is changed, and he is no counsellor: so he reads no applicant.
/// </summary>
internal sealed class ManageAccounts(PathwaysStore store)
{
    public async Task<IReadOnlyList<AccountView>> ListAsync(Account by, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Administrator);
        return [.. (await store.ReadAsync(Account.ListAsync, cancellation)).Select(AccountView.Of)];
    }

    public async Task<AccountWithPassword> AddAsync(Account by, NewAccount asked, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Administrator);
        var password = Secret.NewPassword();
        var account = Made(asked) with { PasswordHash = Secret.HashPassword(password), MustChange = true };
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await InsertIn(connection, transaction, account);
                await store.Audit.AppendIn(
                    connection,
                    transaction,
                    by,
                    $"account {account.Name} added as {account.Role}"
                );
            },
            cancellation
        );
        return new(AccountView.Of(account), password);
    }

    /// <summary>A new password for somebody who forgot it: the sessions end, and the tokens with them.</summary>
    public async Task<AccountWithPassword> ResetPasswordAsync(Account by, string name, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Administrator);
        var password = Secret.NewPassword();
        var hash = Secret.HashPassword(password);
        var account = await ChangeAsync(
            by,
            name,
            "must_change = 1, failed_count = 0, locked_until = null",
            "given a new password",
            cancellation,
            hash,
            endsTokens: true
        );
        return new(AccountView.Of(account), password);
    }

    /// <summary>Shuts an account out: its sessions end, its tokens rest.</summary>
    public async Task<AccountView> LockAsync(Account by, string name, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Administrator);
        return AccountView.Of(await ChangeAsync(by, name, "is_active = 0", "locked", cancellation));
    }

    /// <summary>Lets an account in again, also after too many wrong passwords.</summary>
    public async Task<AccountView> UnlockAsync(Account by, string name, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Administrator);
        const string open = "is_active = 1, failed_count = 0, locked_until = null";
        return AccountView.Of(await ChangeAsync(by, name, open, "unlocked", cancellation));
    }

    /// <exception cref="RefusedException">There is no such account, or it has the name of one that exists.</exception>
    public static async Task InsertIn(DbConnection connection, DbTransaction transaction, Account account)
    {
        var taken =
            await Account.ByNameOrEmailAsync(connection, account.Name, transaction)
            ?? (account.Email is { } email ? await Account.ByNameOrEmailAsync(connection, email, transaction) : null);
        if (taken is not null)
            throw new RefusedException(
                Refusal.Unprocessable("account-exists", $"There is an account '{taken.Name}'", "Choose another name")
            );
        await connection.ExecuteAsync(
            """
            insert into account (id, name, email, role, organisation, password_hash, must_change, stamp, is_active,
              failed_count, added_at)
            values (@Id, @Name, @Email, @Role, @Organisation, @PasswordHash, @MustChange, @Stamp, 1, 0, @AddedAt)
            """,
            new
            {
                account.Id,
                account.Name,
                account.Email,
                account.Role,
                account.Organisation,
                account.PasswordHash,
                MustChange = account.MustChange ? 1L : 0L,
                account.Stamp,
                account.AddedAt,
            },
            transaction
        );
    }

    /// <summary>A password that its owner knows already.</summary>
    public static Task<int> SetPasswordIn(
        DbConnection connection,
        DbTransaction transaction,
        Account account,
        string hash
    ) =>
        connection.ExecuteAsync(
            "update account set password_hash = @hash, must_change = 0, stamp = @stamp where id = @Id",
            new
            {
                account.Id,
                hash,
                stamp = Secret.NewId(),
            },
            transaction
        );

    /// <exception cref="RefusedException">A name, an address or the role cannot be.</exception>
    public Account Made(NewAccount asked) =>
        new()
        {
            Id = Secret.NewId(),
            Name = Names.Account(asked.Name),
            Email = Names.Email(asked.Email),
            Role = Roles.Parse(asked.Role),
            Organisation = Names.Organisation(asked.Organisation),
            Stamp = Secret.NewId(),
            IsActive = true,
            AddedAt = store.Now,
        };

    private Task<Account> ChangeAsync(
        Account by,
        string name,
        string change,
        string what,
        CancellationToken cancellation,
        string? hash = null,
        bool endsTokens = false
    ) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                var account =
                    await Account.ByNameOrEmailAsync(connection, name, transaction)
                    ?? throw new RefusedException(Refusal.NotFound);
                if (account.Name == Operator.Name || (account.Id == by.Id && hash is null))
                    throw new RefusedException(
                        Refusal.Unprocessable(
                            "own-account",
                            "Nobody locks himself out, and the operator of the machine stays as he is",
                            "Another administrator can"
                        )
                    );
                if (endsTokens)
                    await connection.ExecuteAsync(
                        "update token set revoked_at = @now where account = @Id and revoked_at is null",
                        new { account.Id, now = store.Now },
                        transaction
                    );
                await connection.ExecuteAsync(
                    $"""
                    update account set {change}, stamp = @stamp, password_hash = coalesce(@hash, password_hash)
                    where id = @Id
                    """,
                    new
                    {
                        account.Id,
                        stamp = Secret.NewId(),
                        hash,
                    },
                    transaction
                );
                await store.Audit.AppendIn(connection, transaction, by, $"account {account.Name} {what}");
                return (await Account.ByIdAsync(connection, account.Id, transaction))!;
            },
            cancellation
        );
}
