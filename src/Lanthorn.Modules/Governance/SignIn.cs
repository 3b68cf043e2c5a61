using System.Data.Common;
using Dapper;
using Lanthorn.Governance.Identity;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance;

/// <summary>
/// Name or e-mail address and password open a session. Unknown, wrong and locked get the same answer after the same work,
/// and every attempt is logged, without what was typed.
/// </summary>
internal sealed class SignIn(Store store, Settings settings, TimeProvider time, SecondFactor factor, Steps steps)
{
    /// <summary>So many wrong passwords in a row lock the account for <see cref="Locked"/>.</summary>
    public const int MaxWrong = 5;
    public static readonly TimeSpan Locked = TimeSpan.FromMinutes(15);

    private const int MaxNameLength = 254;
    private const string Password = "sign-in";
    private const string PasswordAgain = "asked for the password again";

    /// <summary>The person, or null without saying why not.</summary>
    public Task<PersonRow?> HandleAsync(string? name, string? password, CancellationToken cancellation) =>
        CheckAsync(Password, name, password, cancellation);

    /// <summary>Whether somebody who is signed in knows his password; counted like signing in.</summary>
    public async Task<bool> KnowsPasswordAsync(PersonRow person, string? password, CancellationToken cancellation) =>
        await CheckAsync(PasswordAgain, person.Name, password, cancellation) is not null;

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
        return await DecideAsync(what, found?.Id, (_, _) => Task.FromResult(matches), cancellation);
    }

    /// <summary>The second step: the person whose password was right, or null without saying why not.</summary>
    /// <param name="step">As <see cref="Steps"/> gave it after the password.</param>
    public async Task<PersonRow?> HandleCodeAsync(string? step, string? code, CancellationToken cancellation)
    {
        if (await steps.FindAsync(Steps.Code, step, cancellation) is not { Person: { } id })
            return null;
        return await DecideAsync(
            "second step",
            id,
            async (connection, transaction) =>
                await factor.UseIn(connection, transaction, id, code)
                && await Steps.EndIn(connection, transaction, step!) > 0,
            cancellation
        );
    }

    /// <summary>After somebody else has checked who it is: the person unless he is locked out, and what is logged.</summary>
    /// <param name="person">Null where it was nobody.</param>
    public Task<PersonRow?> HandleProvenAsync(string what, PersonRow? person, CancellationToken cancellation) =>
        DecideAsync(what, person?.Id, (_, _) => Task.FromResult(true), cancellation);

    /// <summary>Whether somebody who is signed in has his second factor; counted like signing in.</summary>
    public async Task<bool> KnowsCodeAsync(PersonRow person, string? code, CancellationToken cancellation) =>
        await DecideAsync(
            "asked for a code again",
            person.Id,
            (connection, transaction) => factor.UseIn(connection, transaction, person.Id, code),
            cancellation
        )
            is not null;

    /// <summary>
    /// The lock is read in the transaction that counts: attempts made at the same time count one after the other, and the one
    /// after the last is refused even where its password is right.
    /// </summary>
    private Task<PersonRow?> DecideAsync(
        string what,
        string? id,
        Func<DbConnection, DbTransaction, Task<bool>> matchesAsync,
        CancellationToken cancellation
    ) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                const string note = """
                    update gov_person set failed_count = @failed, locked_until = @until where id = @id
                    """;
                var now = time.GetUtcNow();
                var person = await PersonRow.ByIdAsync(connection, id ?? "", transaction);
                var isLocked = person?.LockedUntil > now.ToUnixTimeMilliseconds();
                var accepted = person is { IsActive: true } && !isLocked && await matchesAsync(connection, transaction);
                // A right password before a wrong code forgives nothing: else codes could be guessed without end.
                var waits = accepted && what == Password && person!.HasCode;
                var forgivesNothing = accepted && person!.HasCode && what is (Password or PasswordAgain);
                var wrong =
                    forgivesNothing ? person!.FailedCount
                    : accepted || isLocked ? 0
                    : (person?.FailedCount ?? 0) + 1;
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
                    waits ? "password accepted, code asked for"
                    : accepted ? "accepted"
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
