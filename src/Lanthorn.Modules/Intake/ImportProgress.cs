using System.Data.Common;
using System.Text.Json;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>How far imports are and what they refused, for those of the same organisation who see the import's label.</summary>
internal sealed class ImportProgress(Store store)
{
    public const int PageSize = 50;

    /// <summary>The largest page of the API.</summary>
    public const int MaxTake = 1_000;

    /// <summary>An import that has said nothing for so long has ended without saying so.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    /// <summary>An import as its importer sees it.</summary>
    internal sealed record Import(
        string Id,
        string State,
        string Source,
        string Format,
        string Label,
        IReadOnlyList<string> Files,
        string Account,
        DateTimeOffset StartedAt,
        DateTimeOffset? FinishedAt
    )
    {
        public required ImportTally Tally { get; init; }
        public required double Seconds { get; init; }
        public required bool IsComplete { get; init; }
        public string? Edition { get; init; }
        public string Note { get; init; } = "";

        /// <summary>Why it ended before its end, with the way out.</summary>
        public string? Failure { get; init; }

        public bool IsUnderWay => ImportState.IsUnderWay(State);
    }

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
    internal sealed record Quarantine(Import Import, IReadOnlyList<Refused> Rows, int Total);

    /// <summary>The latest imports of the viewer's organisation, the newest first.</summary>
    public async Task<IReadOnlyList<Import>> ListAsync(Work work, int take, CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<Row>(
                    $"select {Columns} from intake_imports where organisation = @Organisation order by id desc",
                    new { work.Viewer.Organisation }
                ),
            cancellation
        );
        return [.. rows.Where(r => IsSeenBy(work.Viewer, r)).Take(take).Select(ToImport)];
    }

    /// <summary>Null when there is none for this viewer.</summary>
    public Task<Import?> FindAsync(Work work, string id, CancellationToken cancellation) =>
        store.ReadOwnAsync(connection => FindAsync(connection, work.Viewer, id), cancellation);

    /// <summary>
    /// What an import refused, in the order of the files. It may be personal data, so reading it needs a reason and stands
    /// in the log. Null when there is no such import for this viewer.
    /// </summary>
    public async Task<Quarantine?> QuarantineAsync(
        Work work,
        string id,
        int skip,
        int take,
        CancellationToken cancellation
    )
    {
        work.On(store);
        var found = await store.ReadOwnAsync(
            async connection =>
            {
                if (await FindAsync(connection, work.Viewer, id) is not { } import)
                    return null;
                var rows = await connection.QueryAsync<QuarantineRow>(
                    """
                    select file as File, line as Line, col as Col, field as Field, value as Value, reason as Reason,
                        whole_row as WholeRow
                    from intake_quarantine where import = @id order by number limit @take offset @skip
                    """,
                    new
                    {
                        id,
                        take,
                        skip,
                    }
                );
                var total = await connection.ExecuteScalarAsync<int>(
                    "select count(*) from intake_quarantine where import = @id",
                    new { id }
                );
                return new Quarantine(import, [.. rows.Select(r => r.ToRefused())], total);
            },
            cancellation
        );
        if (found is not null)
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
        return found;
    }

    private async Task<Import?> FindAsync(DbConnection connection, Viewer viewer, string id)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            $"select {Columns} from intake_imports where id = @id and organisation = @Organisation",
            new { id, viewer.Organisation }
        );
        return row is not null && IsSeenBy(viewer, row) ? ToImport(row) : null;
    }

    private static bool IsSeenBy(Viewer viewer, Row row) => Label.Sees(viewer, Label.Parse(row.Label).Value);

    private Import ToImport(Row row) =>
        new(
            row.Id,
            IsSilent(row) ? ImportState.Interrupted : row.State,
            row.Source,
            row.Format,
            row.Label,
            JsonSerializer.Deserialize<List<string>>(row.Files) ?? [],
            row.Account,
            Instant.Read(row.StartedAt),
            row.FinishedAt is null ? null : Instant.Read(row.FinishedAt)
        )
        {
            Tally = new(row.Read, row.Imported, row.Unchanged, row.Quarantined, row.Ended),
            Seconds = row.Seconds,
            IsComplete = row.Complete != 0,
            Edition = row.Edition,
            Note = row.Note,
            Failure = row.Failure ?? (IsSilent(row) ? "It stopped without a word. Import again to continue." : null),
        };

    private bool IsSilent(Row row) =>
        row.State == ImportState.Running && store.Time.GetUtcNow() - Instant.Read(row.BeatAt) > LongestSilence;

    private const string Columns = """
        id as Id, state as State, source as Source, format as Format, label as Label, files as Files, account as Account,
        started_at as StartedAt, beat_at as BeatAt, finished_at as FinishedAt, read as Read, imported as Imported,
        unchanged as Unchanged, quarantined as Quarantined, ended as Ended, seconds as Seconds, complete as Complete,
        edition as Edition, note as Note, failure as Failure
        """;

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string State { get; init; }
        public required string Source { get; init; }
        public required string Format { get; init; }
        public required string Label { get; init; }
        public required string Files { get; init; }
        public required string Account { get; init; }
        public required string StartedAt { get; init; }
        public required string BeatAt { get; init; }
        public string? FinishedAt { get; init; }
        public long Read { get; init; }
        public long Imported { get; init; }
        public long Unchanged { get; init; }
        public long Quarantined { get; init; }
        public long Ended { get; init; }
        public double Seconds { get; init; }
        public long Complete { get; init; }
        public string? Edition { get; init; }
        public required string Note { get; init; }
        public string? Failure { get; init; }
    }

    private sealed class QuarantineRow
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
