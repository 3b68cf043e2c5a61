using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.BreakGlass;

/// <summary>What was asked for, granted, used and ended: for whoever asked his own, for those who watch all of it.</summary>
internal sealed class GlassBook(Store store, TimeProvider time)
{
    private const int MaxListed = 200;

    /// <summary>A request as it is shown.</summary>
    internal sealed record Shown(
        string Id,
        string Asker,
        string? Role,
        string? Compartment,
        string Case,
        string Reason,
        long Hours,
        GlassState State,
        DateTimeOffset AskedAt,
        string? Decider,
        DateTimeOffset? DecidedAt,
        DateTimeOffset? EndsAt
    )
    {
        public DateTimeOffset? BegunAt { get; init; }

        public DateTimeOffset? EndedAt { get; init; }
    }

    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Whether this account watches over it: who may grant, and who is told.</summary>
    public static bool Watches(Work work) => GlassRoles.Told.Concat(GlassRoles.Deciding).Any(work.IsIn);

    /// <summary>The newest first, at most two hundred.</summary>
    public async Task<IReadOnlyList<Shown>> ListAsync(Work work, CancellationToken cancellation)
    {
        var all = Watches(work);
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<Glass>(
                    $"""
                    select {Glass.Columns} from {Glass.From} where @all or asker.name = @Name
                    order by glass.asked_at desc, glass.id limit @MaxListed
                    """,
                    new
                    {
                        all,
                        work.Viewer.Name,
                        MaxListed,
                    }
                ),
            cancellation
        );
        return [.. rows.Select(r => Of(r, Now))];
    }

    public static async Task<Glass> NeedIn(DbConnection connection, DbTransaction? transaction, string id) =>
        await connection.QuerySingleOrDefaultAsync<Glass>(
            $"select {Glass.Columns} from {Glass.From} where glass.id = @id",
            new { id },
            transaction
        ) ?? throw new RefusedException(Refusal.NotFound($"No request '{id}'", "/break-glass lists them"));

    /// <summary>What the session carries now; null where it carries nothing, or that has ended.</summary>
    public async Task<Glass?> FindLiveAsync(string id, CancellationToken cancellation)
    {
        var glass = await store.ReadOwnAsync(connection => NeedIn(connection, null, id), cancellation);
        return glass.IsLive(Now) ? glass : null;
    }

    /// <summary>In the transaction of what it describes; the reason and the case are those of the request.</summary>
    public void LogIn(DbConnection connection, DbTransaction transaction, Viewer by, string what, Glass glass) =>
        store.Audit.AppendIn(
            connection,
            transaction,
            AuditEntry.By(
                by,
                Operation.Alteration,
                $"{Work.WiderSight} {what}: {glass.Id} of {glass.Asker}, {glass.Wider}",
                [],
                new Justification(glass.Justification, glass.Case)
            )
        );

    private static Shown Of(Glass row, long now) =>
        new(
            row.Id,
            row.Asker,
            row.Role,
            row.Compartment,
            row.Case,
            row.Reason,
            row.Hours,
            row.StateAt(now),
            DateTimeOffset.FromUnixTimeMilliseconds(row.AskedAt),
            row.Decider,
            At(row.DecidedAt),
            At(row.EndsAt)
        )
        {
            BegunAt = At(row.BegunAt),
            EndedAt = At(row.EndedAt ?? (row.IsGranted && row.EndsAt <= now ? row.EndsAt : null)),
        };

    private static DateTimeOffset? At(long? milliseconds) =>
        milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
}
