using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Governance.BreakGlass;

/// <summary>A second person grants wider sight or refuses it: an administrator or a data protection officer who did not ask.</summary>
internal sealed class DecideSight(Store store, Accounts accounts, GlassBook book)
{
    internal sealed record Request(bool Grant);

    /// <exception cref="RefusedException">It is one's own, one's own role does not decide, or it waits no longer.</exception>
    public async Task HandleAsync(Work work, string id, bool grant, CancellationToken cancellation)
    {
        const string decide = """
            update gov_glass set decided_by = @by, decided_at = @now, is_granted = @granted, ends_at = @ends
            where id = @id and decided_at is null
            """;
        // The account's own role, not one that it has by breaking glass.
        var decider = (await accounts.FindAsync(work.Viewer.Name, cancellation))!;
        if (!GlassRoles.Deciding.Contains(decider.Role) || decider.Owner is not null)
            throw new RefusedException(Refusal.NotFound("Not Found"));
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var (glass, now) = (await GlassBook.NeedIn(connection, transaction, id), book.Now);
                if (glass.Person == decider.Id)
                    throw new RefusedException(OneAlone);
                if (glass.StateAt(now) != GlassState.Waiting)
                    throw new RefusedException(Decided);
                var decision = new
                {
                    id,
                    by = decider.Id,
                    now,
                    granted = grant ? 1 : 0,
                    ends = grant ? now + (long)TimeSpan.FromHours(glass.Hours).TotalMilliseconds : (long?)null,
                };
                await connection.ExecuteAsync(decide, decision, transaction);
                book.LogIn(connection, transaction, work.Viewer, grant ? "granted" : "refused", glass);
            },
            cancellation
        );
    }

    public static readonly Refusal OneAlone = new(
        "break-glass-alone",
        StatusCodes.Status403Forbidden,
        "Nobody grants what he asked for himself",
        "Another administrator or a data protection officer decides"
    );

    private static readonly Refusal Decided = Refusal.Unprocessable(
        "break-glass-decided",
        "It waits no longer: it was decided, or nobody decided within a day",
        "Whoever still needs it asks again"
    );
}
