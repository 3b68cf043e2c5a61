using Dapper;

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
}
