using System.Data.Common;
using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Governance.Identity;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Governance.BreakGlass;

/// <summary>Takes granted sight up in a session, and ends it: by hand, or in time.</summary>
internal sealed class UseSight(Store store, Accounts accounts, GlassBook book)
{
    /// <summary>From now on this session sees more. Tokens never do.</summary>
    /// <exception cref="RefusedException">It is not one's own, not granted, or has ended; or there is no session.</exception>
    public async Task BeginAsync(Work work, Sessions.Row? session, string id, CancellationToken cancellation)
    {
        const string begin = "update gov_glass set begun_at = coalesce(begun_at, @now) where id = @id";
        const string carry = "update gov_session set glass = @id where id = @session";
        if (session is null)
            throw new RefusedException(NoSession);
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var (glass, now) = (await GlassBook.NeedIn(connection, transaction, id), book.Now);
                if (glass.Person != session.Person)
                    throw new RefusedException(Refusal.NotFound($"No request '{id}' of yours", "Ask for it"));
                if (!glass.IsLive(now))
                    throw new RefusedException(NotLive);
                await connection.ExecuteAsync(begin, new { id, now }, transaction);
                await connection.ExecuteAsync(carry, new { id, session = session.Id }, transaction);
                book.LogIn(
                    connection,
                    transaction,
                    work.Viewer,
                    glass.BegunAt is null ? "used for the first time" : "taken up again",
                    glass
                );
            },
            cancellation
        );
        accounts.Changed();
    }

    /// <summary>Whoever has it ends it, and whoever watches over it.</summary>
    /// <exception cref="RefusedException">It is neither, or it is not going on.</exception>
    public async Task EndAsync(Work work, string id, CancellationToken cancellation)
    {
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var (glass, now) = (await GlassBook.NeedIn(connection, transaction, id), book.Now);
                if (glass.Asker != work.Viewer.Name && !GlassBook.Watches(work))
                    throw new RefusedException(Refusal.NotFound($"No request '{id}' of yours", "Load the page again"));
                if (!glass.IsLive(now))
                    throw new RefusedException(NotLive);
                await EndIn(connection, transaction, id, now);
                book.LogIn(connection, transaction, work.Viewer, "ended by hand", glass);
            },
            cancellation
        );
        accounts.Changed();
    }

    /// <summary>Writes down what has ended in time. Nobody sees anything with it any more, also before this has run.</summary>
    public async Task EndOverdueAsync(CancellationToken cancellation)
    {
        const string find = """
            select id from gov_glass where is_granted = 1 and ended_at is null and ends_at <= @now order by ends_at
            """;
        var overdue = await store.ReadOwnAsync(c => c.QueryAsync<string>(find, new { now = book.Now }), cancellation);
        foreach (var id in overdue)
            await store.WriteAsync(
                async (connection, transaction) =>
                {
                    var glass = await GlassBook.NeedIn(connection, transaction, id);
                    // Of two servers one is quicker.
                    if (glass.EndedAt is not null || glass.EndsAt is not { } ends)
                        return;
                    await EndIn(connection, transaction, id, ends);
                    book.LogIn(connection, transaction, accounts.Program, "ended in time", glass);
                },
                cancellation
            );
    }

    private static async Task EndIn(DbConnection connection, DbTransaction transaction, string id, long at)
    {
        await connection.ExecuteAsync(
            "update gov_glass set ended_at = @at where id = @id",
            new { id, at },
            transaction
        );
        await connection.ExecuteAsync("update gov_session set glass = null where glass = @id", new { id }, transaction);
    }

    private static readonly Refusal NoSession = new(
        "no-session",
        StatusCodes.Status403Forbidden,
        "A token sees no more than its account",
        "Sign in with a browser"
    );

    private static readonly Refusal NotLive = Refusal.Unprocessable(
        "break-glass-not-live",
        "It is not granted, or has ended",
        "Ask again, and say why"
    );
}
