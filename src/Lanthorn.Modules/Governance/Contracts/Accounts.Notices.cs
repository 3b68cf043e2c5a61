using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Governance.Contracts;

/// <summary>When accounts looked at their notices.</summary>
public sealed partial class Accounts
{
    /// <summary>The accounts that are locked for a while after too many wrong passwords, in the order of their names.</summary>
    internal async Task<IReadOnlyList<Person>> ListLockedAsync(CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<PersonRow>(
                    $"""
                    select {PersonRow.Columns} from {PersonRow.From} where person.locked_until > @Now
                    order by person.name limit @MaxListed
                    """,
                    new { Now, MaxListed }
                ),
            cancellation
        );
        return [.. rows.Select(Shown)];
    }

    /// <summary>Moves the last look on, never back and never into the future.</summary>
    internal async Task LookAsync(string name, DateTimeOffset? until, CancellationToken cancellation)
    {
        const string look = """
            update gov_person set looked_at = @at where name = @name and (looked_at is null or looked_at < @at)
            """;
        var at = Math.Min(until?.ToUnixTimeMilliseconds() ?? Now, Now);
        await store.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(look, new { name, at }, transaction),
            cancellation
        );
        Interlocked.Increment(ref revision);
    }

    /// <summary>Where the account is told that it has notices; null is nowhere. The log has no address.</summary>
    /// <exception cref="RefusedException">It is no address.</exception>
    internal Task SetNoticeAddressAsync(Viewer by, string? address, CancellationToken cancellation)
    {
        var kept = Names.Email(address);
        return ChangeAsync(
            by,
            kept is null ? "notices by e-mail switched off" : "notices by e-mail switched on",
            by.Name,
            "notice_address = @value",
            kept,
            cancellation
        );
    }

    /// <summary>Active accounts that want to be told by e-mail and were not since a moment; whoever waits longest is first.</summary>
    internal async Task<IReadOnlyList<PersonRow>> ListToMailAsync(
        DateTimeOffset since,
        int most,
        CancellationToken cancellation
    ) =>
        [
            .. await store.ReadOwnAsync(
                connection =>
                    connection.QueryAsync<PersonRow>(
                        $"""
                        select {PersonRow.Columns} from {PersonRow.From}
                        where person.is_active = 1 and person.notice_address is not null
                            and coalesce(person.mailed_at, 0) <= @since
                        order by coalesce(person.mailed_at, 0), person.id limit @most
                        """,
                        new { since = since.ToUnixTimeMilliseconds(), most }
                    ),
                cancellation
            ),
        ];

    /// <summary>How many accounts were told by e-mail after a moment, by any server on the database.</summary>
    internal Task<int> CountMailedAsync(DateTimeOffset since, CancellationToken cancellation) =>
        store.ReadOwnAsync(
            connection =>
                connection.ExecuteScalarAsync<int>(
                    "select count(*) from gov_person where mailed_at > @since",
                    new { since = since.ToUnixTimeMilliseconds() }
                ),
            cancellation
        );

    /// <summary>
    /// Notes that an account is told now, before it is: of two servers one does, and one that breaks off tells nobody twice.
    /// False when somebody else was quicker, or the account wants it no longer.
    /// </summary>
    internal Task<bool> MarkMailedAsync(PersonRow person, CancellationToken cancellation) =>
        MailedAsync(person, person.MailedAt, Now, cancellation);

    /// <summary>Takes that note back: nothing was sent.</summary>
    internal Task UnmarkMailedAsync(PersonRow person, CancellationToken cancellation) =>
        MailedAsync(person, Now, person.MailedAt, cancellation);

    private Task<bool> MailedAsync(PersonRow person, long? from, long? to, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
                await connection.ExecuteAsync(
                    """
                    update gov_person set mailed_at = @to
                    where id = @Id and notice_address = @NoticeAddress and coalesce(mailed_at, 0) = @from
                    """,
                    new
                    {
                        person.Id,
                        person.NoticeAddress,
                        from = from ?? 0,
                        to,
                    },
                    transaction
                ) > 0,
            cancellation
        );
}
