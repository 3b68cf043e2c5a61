using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Contracts;

/// <summary>A hold that stands: what it is on is not changed, accepted or renewed until it is lifted.</summary>
public sealed record Hold(string Reference, string Reason, string PlacedBy, DateTimeOffset PlacedAt);

/// <summary>What other modules may ask of holds.</summary>
public sealed class Holds(Store store)
{
    private sealed record Row(string Reference, string Reason, string PlacedBy, string PlacedAt);

    /// <summary>The hold that stands on the subject; null for none. The oldest where there are several.</summary>
    /// <param name="subject">Its id or reference, as its own module writes it.</param>
    public async Task<Hold?> OnAsync(SubjectKind kind, string subject, CancellationToken cancellation)
    {
        var row = await store.ReadOwnAsync(
            connection =>
                connection.QueryFirstOrDefaultAsync<Row>(
                    """
                    select reference as Reference, reason as Reason, placed_by as PlacedBy, placed_at as PlacedAt
                    from gov_hold where kind = @kind and subject = @subject and lifted_at is null
                    order by placed_at, reference limit 1
                    """,
                    new { kind = (long)kind, subject = SubjectNames.Of(kind, subject) }
                ),
            cancellation
        );
        return row is null ? null : new(row.Reference, row.Reason, row.PlacedBy, Times.Read(row.PlacedAt));
    }

    /// <summary>For whoever is about to change something.</summary>
    /// <exception cref="RefusedException">It is held.</exception>
    public async Task NeedNoneAsync(SubjectKind kind, string subject, CancellationToken cancellation)
    {
        if (await OnAsync(kind, subject, cancellation) is { } hold)
            throw new RefusedException(
                new(
                    "held",
                    409,
                    $"The fundamental-rights officer holds it ({hold.Reference}): {hold.Reason}",
                    "It can be changed when the hold is lifted; ask the officer"
                )
            );
    }
}
