using System.Runtime.CompilerServices;
using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Lanthorn.Web;

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

    /// <summary>A row that is replayed makes so many records at most: rows are taken so few at once that all fit into a transaction.</summary>
    public const int MostRecordsOfRow = 4;

    /// <summary>A row, or a value of a record, that was refused.</summary>
    internal sealed record Refused(
        string File,
        long Line,
        int Column,
        string Field,
        string Value,
        string Reason,
        bool IsWholeRow
    )
    {
        /// <summary>By which the row is replayed.</summary>
        public required long Number { get; init; }

        /// <summary>The whole row, to be mended and replayed; null where it was not kept.</summary>
        public string? Row { get; init; }

        /// <summary>The last try that was refused again, and why.</summary>
        public string? TriedRow { get; init; }
        public string? TriedReason { get; init; }

        /// <summary>What is in instead, by whom and since when.</summary>
        public string? MendedRow { get; init; }
        public string? MendedBy { get; init; }
        public DateTimeOffset? MendedAt { get; init; }
    }

    /// <param name="Total">How many are kept; the import counts those that are not.</param>
    internal sealed record Page(IReadOnlyList<Refused> Rows, int Total, int Mended);

    /// <summary>Null when there is no such import for this viewer.</summary>
    public async Task<Page?> PageAsync(Work work, string id, int skip, int take, CancellationToken cancellation)
    {
        if (!await LogAsync(work, id, cancellation))
            return null;
        var rows = await BehindAsync(id, skip, Math.Min(take, MaxTake), cancellation);
        var (total, mended) = await store.ReadOwnAsync(
            connection =>
                connection.QuerySingleAsync<(long, long)>(
                    "select count(*), count(mended_at) from intake_quarantine where import = @id",
                    new { id }
                ),
            cancellation
        );
        return new(rows, (int)total, (int)mended);
    }

    /// <summary>
    /// A page of those that have the words, in the order that is wanted; of the first <see cref="TableFile.MaxRows"/>, as a
    /// spreadsheet has. Null when there is no such import for this viewer.
    /// </summary>
    public async Task<Page?> PageAsync(Work work, string id, TableView view, CancellationToken cancellation)
    {
        if (view.Filter.Length == 0 && view.Sort.Length == 0)
            return await PageAsync(work, id, view.Page * PageSize, PageSize, cancellation);
        if (await AllAsync(work, id, cancellation) is not { } all)
            return null;
        var rows = new List<Refused>();
        await foreach (var row in all.Take(TableFile.MaxRows).WithCancellation(cancellation))
            rows.Add(row);
        var wanted = view.Of(rows, IntakeTables.Quarantine);
        return new(
            [.. wanted.Skip(view.Page * PageSize).Take(PageSize)],
            wanted.Count,
            wanted.Count(r => r.MendedAt is not null)
        );
    }

    /// <summary>One refusal by its number; null when there is none for this viewer.</summary>
    public async Task<Refused?> FindAsync(Work work, string id, long number, CancellationToken cancellation) =>
        await LogAsync(work, id, cancellation)
        && await BehindAsync(id, number - 1, 1, cancellation) is [var row]
        && row.Number == number
            ? row
            : null;

    /// <summary>The next refusals behind a number that are not mended, of these numbers or of all; as many as are replayed at once.</summary>
    public async Task<IReadOnlyList<Refused>> UnmendedAsync(
        Work work,
        string id,
        long after,
        IEnumerable<long>? numbers,
        CancellationToken cancellation
    )
    {
        if (!await LogAsync(work, id, cancellation))
            return [];
        var wanted = numbers?.Where(n => n > after && n <= int.MaxValue).Order().Take(ImportReplay.MaxRecords).ToList();
        return await store.ReadOwnAsync(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(
                    $"""
                    select {Columns} from intake_quarantine
                    where import = @id and number > @after and mended_at is null
                        and {(wanted is null ? "1 = 1" : store.Dialect.IsOneOf("number", "@wanted"))}
                    order by number limit @take
                    """,
                    new
                    {
                        id,
                        after,
                        wanted = store.Dialect.Listed((wanted ?? []).Select(n => (int)n)),
                        take = ImportReplay.MaxRecords / MostRecordsOfRow,
                    }
                );
                return rows.Select(r => r.ToRefused()).ToList();
            },
            cancellation
        );
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
    private Task<List<Refused>> BehindAsync(string id, long number, int take, CancellationToken cancellation) =>
        store.ReadOwnAsync(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(
                    $"""
                    select {Columns} from intake_quarantine
                    where import = @id and number > @number order by number limit @take
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

    private const string Columns = """
        number as Number, file as File, line as Line, col as Col, field as Field, value as Value, reason as Reason,
        whole_row as WholeRow, row_text as RowText, tried_text as TriedText, tried_reason as TriedReason,
        mended_text as MendedText, mended_at as MendedAt, mended_by as MendedBy
        """;

    private sealed class Row
    {
        public long Number { get; init; }
        public string? RowText { get; init; }
        public string? TriedText { get; init; }
        public string? TriedReason { get; init; }
        public string? MendedText { get; init; }
        public string? MendedAt { get; init; }
        public string? MendedBy { get; init; }
        public required string File { get; init; }
        public long Line { get; init; }
        public int Col { get; init; }
        public required string Field { get; init; }
        public required string Value { get; init; }
        public required string Reason { get; init; }
        public long WholeRow { get; init; }

        public Refused ToRefused() =>
            new(File, Line, Col, Field, Value, Reason, WholeRow != 0)
            {
                Number = Number,
                Row = RowText,
                TriedRow = TriedText,
                TriedReason = TriedReason,
                MendedRow = MendedText,
                MendedBy = MendedBy,
                MendedAt = MendedAt is null ? null : Times.Read(MendedAt),
            };
    }
}
