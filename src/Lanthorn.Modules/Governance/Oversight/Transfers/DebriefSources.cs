using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight.Transfers;

/// <summary>
/// Which sources hold what people said in debriefs and interviews: from these, items leave only one by one and with a written
/// reason. An officer marks them; nobody takes the mark away.
/// </summary>
internal sealed class DebriefSources(Store store)
{
    public async Task<IReadOnlySet<string>> ListAsync(CancellationToken cancellation) =>
        (
            await store.ReadOwnAsync(
                connection => connection.QueryAsync<string>("select source from gov_debrief_source order by source"),
                cancellation
            )
        ).ToHashSet(StringComparer.Ordinal);

    /// <exception cref="RefusedException">Another role, or no code of a source.</exception>
    public Task MarkAsync(Work work, string? source, CancellationToken cancellation)
    {
        Officers.Need(work, Officers.Both);
        var code = Written.Taken("source", SourceCode.Parse(source)).Value;
        var row = new
        {
            code,
            by = work.Viewer.Name,
            now = Times.Text(store.Time.GetUtcNow()),
        };
        return store.WriteAsync(
            async (connection, transaction) =>
            {
                await connection.ExecuteAsync(
                    """
                    insert into gov_debrief_source (source, marked_by, marked_at) values (@code, @by, @now)
                    on conflict do nothing
                    """,
                    row,
                    transaction
                );
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    AuditEntry.By(
                        work.Viewer,
                        Operation.Alteration,
                        $"source {code} marked as debriefs",
                        [],
                        new(work.Justification, work.Case)
                    )
                );
            },
            cancellation
        );
    }
}
