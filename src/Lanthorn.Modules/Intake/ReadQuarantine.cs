using System.Runtime.CompilerServices;
using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>
/// What an import refused, in the order of the files. It may be personal data, so reading it needs a reason and stands in the
/// log.
/// </summary>
internal sealed class ReadQuarantine(Store store, ImportProgress imports)
{
    public const int PageSize = 50;

    /// <summary>The largest page of the API.</summary>
    public const int MaxTake = 1_000;

    /// <summary>A row, or a value of a record, that was refused.</summary>
    internal sealed record Refused(
        string File,
        long Line,
        int Column,
        string Field,
        string Value,
        string Reason,
        bool IsWholeRow
    );

    /// <param name="Total">How many are kept; the import counts those that are not.</param>
    internal sealed record Page(IReadOnlyList<Refused> Rows, int Total);

    /// <summary>Null when there is no such import for this viewer.</summary>
    public async Task<Page?> PageAsync(Work work, string id, int skip, int take, CancellationToken cancellation)
    {
        if (!await LogAsync(work, id, cancellation))
            return null;
        var rows = await BehindAsync(id, skip, Math.Min(take, MaxTake), cancellation);
        var total = await store.ReadOwnAsync(
            connection =>
                connection.ExecuteScalarAsync<int>(
                    "select count(*) from intake_quarantine where import = @id",
                    new { id }
                ),
            cancellation
        );
        return new(rows, total);
    }

    /// <summary>All of it, a page in memory at a time; null when there is no such import for this viewer.</summary>
    public async Task<IAsyncEnumerable<Refused>?> AllAsync(Work work, string id, CancellationToken cancellation) =>
        await LogAsync(work, id, cancellation) ? EachAsync(id, cancellation) : null;

    private async IAsyncEnumerable<Refused> EachAsync(
        string id,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        for (var at = 0; ; at += MaxTake)
        {
            var rows = await BehindAsync(id, at, MaxTake, cancellation);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < MaxTake)
                yield break;
        }
    }

    /// <summary>False when there is nothing that could be read.</summary>
    private async Task<bool> LogAsync(Work work, string id, CancellationToken cancellation)
    {
        work.On(store);
        if (await imports.FindAsync(work, id, cancellation) is null)
            return false;
        await store.Audit.AppendAsync(
            AuditEntry.By(
                work.Viewer,
                Operation.Consultation,
                $"quarantine of import {id}",
                [],
                new Justification(work.Justification, work.Case)
            ),
            cancellation
        );
        return true;
    }

    /// <summary>Refusals are numbered from 1 without gaps, so a page is found by its numbers.</summary>
    private Task<List<Refused>> BehindAsync(string id, int number, int take, CancellationToken cancellation) =>
        store.ReadOwnAsync(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(
                    """
                    select file as File, line as Line, col as Col, field as Field, value as Value, reason as Reason,
                        whole_row as WholeRow
                    from intake_quarantine where import = @id and number > @number order by number limit @take
                    """,
                    new
                    {
                        id,
                        number,
                        take,
                    }
                );
                return rows.Select(r => r.ToRefused()).ToList();
            },
            cancellation
        );

    private sealed class Row
    {
        public required string File { get; init; }
        public long Line { get; init; }
        public int Col { get; init; }
        public required string Field { get; init; }
        public required string Value { get; init; }
        public required string Reason { get; init; }
        public long WholeRow { get; init; }

        public Refused ToRefused() => new(File, Line, Col, Field, Value, Reason, WholeRow != 0);
    }
}
