using Dapper;
using Lanthorn.Pathways.Store;

namespace Lanthorn.Pathways.Accounts;

/// <summary>
/// Name or e-mail address and password open a session behind the wall. Unknown, wrong and locked get the same answer after the
/// same work, and every attempt is logged, without what was typed.
/// </summary>
internal sealed class SignIn(PathwaysStore store)
{
    /// <summary>So many wrong passwords in a row lock the account for <see cref="Locked"/>.</summary>
    private const int MaxWrong = 5;
    private const int MaxNameLength = 254;

    private static readonly TimeSpan Locked = TimeSpan.FromMinutes(15);

    private static readonly Account Unknown = new()
    {
        Id = "",
        Name = "unknown account",
        Role = "",
        Organisation = "",
        Stamp = "",
    };

    /// <summary>The account, or null without saying why not.</summary>
    /// <param name="what">What the attempt was for, as the log says it.</param>
    public async Task<Account?> HandleAsync(
        string? name,
        string? password,
        CancellationToken cancellation,
        string what = "sign-in"
    )
    {
        var typed = name is { Length: <= MaxNameLength } ? name : "";
        var found = await store.ReadAsync(c => Account.ByNameOrEmailAsync(c, typed), cancellation);
        var matches = Secret.Matches(found?.PasswordHash, password);
        return await DecideAsync(what, found?.Id ?? "", matches, cancellation);
    }

    /// <summary>The lock is read in the transaction that counts: attempts made at the same time count one after the other.</summary>
    private Task<Account?> DecideAsync(string what, string id, bool matches, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                var account = await Account.ByIdAsync(connection, id, transaction);
                var isLocked = account?.LockedUntil > store.Now;
                var accepted = account is { IsActive: true } && matches && !isLocked;
                var wrong = accepted || isLocked ? 0 : (account?.FailedCount ?? 0) + 1;
                var locks = wrong >= MaxWrong;
                var counted = new
                {
                    id,
                    failed = locks ? 0 : wrong,
                    until = locks ? store.Now + (long)Locked.TotalMilliseconds
                    : isLocked ? account!.LockedUntil
                    : null,
                };
                await connection.ExecuteAsync(
                    "update account set failed_count = @failed, locked_until = @until where id = @id",
                    counted,
                    transaction
                );
                var outcome =
                    accepted ? "accepted"
                    : isLocked || locks ? "refused: the account is locked for a while"
                    : "refused";
                await store.Audit.AppendIn(connection, transaction, account ?? Unknown, $"{what} {outcome}");
                return accepted ? account : null;
            },
            cancellation
        );
}
