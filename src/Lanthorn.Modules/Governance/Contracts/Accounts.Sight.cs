using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Governance.Contracts;

/// <summary>What all accounts may see: so that somebody can be told who else sees what he sees.</summary>
public sealed partial class Accounts
{
    /// <summary>The active accounts as viewers, in the order of their names; at most ten thousand.</summary>
    public async Task<IReadOnlyList<Viewer>> ListViewersAsync(CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<PersonRow>(
                    $"""
                    select {PersonRow.Columns} from {PersonRow.From} where person.is_active = 1
                    order by person.name limit @MaxListed
                    """,
                    new { MaxListed }
                ),
            cancellation
        );
        return [.. rows.Where(r => r.OwnerIsActive).Select(r => r.ToViewer(TokenScope.All))];
    }
}
