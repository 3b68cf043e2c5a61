using System.Collections.Concurrent;
using Dapper;
using Lanthorn.Governance.BreakGlass;
using Lanthorn.Governance.Contracts;
using Lanthorn.Governance.Identity;
using Lanthorn.Storage;

namespace Lanthorn.Governance;

/// <summary>
/// Recognises tokens and sessions, and remembers them for a second: a busy client costs one look at the table a second. What
/// this process changes counts at once; what the command line changes beside a running server counts within that second.
/// </summary>
internal sealed class Callers(Store store, Accounts accounts, Sessions sessions, GlassBook glasses, TimeProvider time)
{
    private const int MaxRemembered = 10_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    /// <summary>How exactly the last use of a token is known: one write in this time, not one a request.</summary>
    private static readonly TimeSpan UsePrecision = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    private sealed record Known(PersonRow? Person, TokenRow? Token, Sessions.Row? Session, long At, int Revision)
    {
        public Glass? Glass { get; init; }
    }

    private sealed record TokenRow
    {
        public required string Id { get; init; }
        public required string Person { get; init; }
        public required string Scope { get; init; }
        public string? Reason { get; init; }
        public long ExpiresAt { get; init; }
        public long? RevokedAt { get; init; }
        public long? LastUsedAt { get; init; }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The caller behind a token; null when it is unknown, expired or revoked, or the person is locked out.</summary>
    public async Task<Caller?> ByTokenAsync(string token, CancellationToken cancellation)
    {
        if (token.Length != Secret.TokenLength || !token.StartsWith(Secret.TokenPrefix, StringComparison.Ordinal))
            return null;
        var hash = Secret.Hash(token);
        var found = await RememberAsync(Convert.ToHexString(hash), () => FindTokenAsync(hash, cancellation));
        return
            found is { Person: { IsActive: true, OwnerIsActive: true } person, Token: { RevokedAt: null } row }
            && row.ExpiresAt > Now
            ? new(person, TokenScope.Parse(row.Scope).Value, IsToken: true, row.Reason, Case: null, row.Id)
            : null;
    }

    /// <summary>A live session and its person; null when it has ended, or the person is locked out or has another stamp since.</summary>
    public async Task<(PersonRow Person, Sessions.Row Session, Glass? Glass)?> OfSessionAsync(
        string secret,
        string stamp,
        CancellationToken cancellation
    )
    {
        var hash = Secret.Hash(secret);
        var found = await RememberAsync(Convert.ToHexString(hash), () => FindSessionAsync(hash, cancellation));
        return
            found is { Person: { IsActive: true } person, Session: { } session }
            && person.SecurityStamp == stamp
            && session.EndsAt > Now
            ? (person, session, found.Glass?.IsLive(Now) == true ? found.Glass : null)
            : null;
    }

    private async Task<Known> RememberAsync(string key, Func<Task<Known>> findAsync)
    {
        if (
            known.TryGetValue(key, out var remembered)
            && remembered.Revision == accounts.Revision
            && time.GetElapsedTime(remembered.At) < Remembered
        )
            return remembered;
        var found = await findAsync();
        // Guessed tokens are not remembered: nobody fills this with what does not exist.
        if (found.Person is null)
            return found;
        if (known.Count >= MaxRemembered)
            known.Clear();
        return known[key] = found;
    }

    private async Task<Known> FindSessionAsync(byte[] hash, CancellationToken cancellation)
    {
        var (at, revision) = (time.GetTimestamp(), accounts.Revision);
        if (await sessions.FindAsync(hash, cancellation) is not { } session)
            return new(null, null, null, at, revision);
        var person = await store.ReadOwnAsync(c => PersonRow.ByIdAsync(c, session.Person), cancellation);
        var glass = session.Glass is { } id ? await glasses.FindLiveAsync(id, cancellation) : null;
        return new(person, null, session, at, revision) { Glass = glass };
    }

    private async Task<Known> FindTokenAsync(byte[] hash, CancellationToken cancellation)
    {
        const string find = """
            select id as Id, person as Person, scope as Scope, default_reason as Reason, expires_at as ExpiresAt,
                revoked_at as RevokedAt, last_used_at as LastUsedAt
            from gov_token where hash = @hash
            """;
        var (at, revision) = (time.GetTimestamp(), accounts.Revision);
        var (person, token) = await store.ReadOwnAsync(
            async connection =>
                await connection.QuerySingleOrDefaultAsync<TokenRow>(find, new { hash }) is { } row
                    ? (await PersonRow.ByIdAsync(connection, row.Person), row)
                    : ((PersonRow?)null, (TokenRow?)null),
            cancellation
        );
        if (token is not null && !(Now - token.LastUsedAt < UsePrecision.TotalMilliseconds))
            await NoteUseAsync(token.Id, cancellation);
        return new(person, token, null, at, revision);
    }

    private async Task NoteUseAsync(string id, CancellationToken cancellation)
    {
        const string note = """
            update gov_token set last_used_at = @now where id = @id and revoked_at is null and expires_at > @now
            """;
        await store.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(note, new { id, now = Now }, transaction),
            cancellation
        );
    }
}
