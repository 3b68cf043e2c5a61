using Dapper;
using Lanthorn.Governance.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Identity;

/// <summary>The roles whose people need a second factor. Whoever has none is led to it and gets nowhere else.</summary>
internal sealed class FactorRoles(Store store, Accounts accounts)
{
    internal sealed record Request(IReadOnlyList<string>? Roles);

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) =>
        [
            .. await store.ReadOwnAsync(
                c => c.QueryAsync<string>("select role from gov_factor_role order by role"),
                cancellation
            ),
        ];

    /// <summary>From now on these and no others.</summary>
    /// <exception cref="RefusedException">One is no role.</exception>
    public async Task SetAsync(Viewer by, IReadOnlyList<string> roles, CancellationToken cancellation)
    {
        var wanted = roles.Select(r => Roles.Need(r).Name).Distinct(StringComparer.Ordinal).Order().ToList();
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync("delete from gov_factor_role", transaction: transaction);
                foreach (var role in wanted)
                    await connection.ExecuteAsync(
                        "insert into gov_factor_role (role) values (@role)",
                        new { role },
                        transaction
                    );
                accounts.LogIn(
                    connection,
                    transaction,
                    by,
                    $"second factor needed by: {(wanted.Count == 0 ? "nobody" : string.Join(", ", wanted))}"
                );
            },
            cancellation
        );
        accounts.Changed();
    }
}
