using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance;

/// <summary>
/// Name or e-mail address and password open a session. Unknown, wrong and locked get the same answer after the same work,
/// and every attempt is logged, without what was typed.
/// </summary>
internal sealed class SignIn(Store store, Settings settings, TimeProvider time)
{
    /// <summary>So many wrong passwords in a row lock the account for <see cref="Locked"/>.</summary>
    public const int MaxWrong = 5;
    public static readonly TimeSpan Locked = TimeSpan.FromMinutes(15);

    private const int MaxNameLength = 254;

    /// <summary>The person, or null without saying why not.</summary>
    public Task<PersonRow?> HandleAsync(string? name, string? password, CancellationToken cancellation) =>
        CheckAsync("sign-in", name, password, cancellation);

    /// <summary>Whether somebody who is signed in knows his password; counted like signing in.</summary>
    public async Task<bool> KnowsPasswordAsync(PersonRow person, string? password, CancellationToken cancellation) =>
        await CheckAsync("asked for the password again", person.Name, password, cancellation) is not null;

    private async Task<PersonRow?> CheckAsync(
        string what,
        string? name,
        string? password,
        CancellationToken cancellation
    )
    {
        var typed = name?.Trim() is { Length: <= MaxNameLength } short_ ? short_ : "";
        var found = await store.ReadOwnAsync(
            connection => PersonRow.ByNameOrEmailAsync(connection, typed),
            cancellation
        );
        var matches = Passwords.Matches(found?.PasswordHash, password ?? "");
        return await DecideAsync(what, found?.Id, matches, cancellation);
    }

    /// <summary>
    /// The lock is read in the transaction that counts: attempts made at the same time count one after the other, and the one
    /// after the last is refused even where its password is right.
    /// </summary>
    private Task<PersonRow?> DecideAsync(string what, string? id, bool matches, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                const string note = """
                    update gov_person set failed_count = @failed, locked_until = @until where id = @id
                    """;
                var now = time.GetUtcNow();
                var person = await PersonRow.ByIdAsync(connection, id ?? "", transaction);
                var isLocked = person?.LockedUntil > now.ToUnixTimeMilliseconds();
                var accepted = person is { IsActive: true } && matches && !isLocked;
                var wrong = accepted || isLocked ? 0 : (person?.FailedCount ?? 0) + 1;
                var locks = wrong >= MaxWrong;
                var counted = new
                {
                    id = id ?? "",
                    failed = locks ? 0 : wrong,
                    until = locks ? (now + Locked).ToUnixTimeMilliseconds()
                    : isLocked ? person!.LockedUntil
                    : null,
                };
                await connection.ExecuteAsync(note, counted, transaction);
                var outcome =
                    accepted ? "accepted"
                    : isLocked ? "refused: the account is locked for a while"
                    : locks ? "refused, account locked for a while"
                    : "refused";
                store.Audit.AppendIn(connection, transaction, Entry(person, $"{what} {outcome}"));
                return accepted ? person : null;
            },
            cancellation
        );

    private AuditEntry Entry(PersonRow? person, string what) =>
        AuditEntry.By(
            person?.ToViewer(TokenScope.All)
                ?? new Viewer { Name = "unknown account", Organisation = settings.Organisation },
            Operation.Consultation,
            what,
            [],
            new Justification("signing in")
        );
}
