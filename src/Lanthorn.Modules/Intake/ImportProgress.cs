using System.Data.Common;
using System.Text.Json;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>How far imports are, for those of the same organisation who see the import's label.</summary>
internal sealed class ImportProgress(Store store)
{
    public const int PageSize = 50;

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

        /// <summary>What it is in the store; null where it has written nothing.</summary>
        public long? Vintage { get; init; }

        /// <summary>Who took it back, when and why.</summary>
        public Undo? Undone { get; init; }

        public bool IsUnderWay => ImportState.IsUnderWay(State);
    }

    internal sealed record Undo(DateTimeOffset At, string By, string Reason);

    /// <param name="Total">How many there are on all pages.</param>
    internal sealed record Page(IReadOnlyList<Import> Imports, int Total);

    /// <summary>The imports of the viewer's organisation, the newest first.</summary>
    public Task<Page> ListAsync(Work work, int skip, int take, CancellationToken cancellation) =>
        store.ReadOwnAsync(
            async connection =>
            {
                var organisation = work.Viewer.Organisation;
                var labels = await connection.QueryAsync<string>(
                    "select distinct label from intake_imports where organisation = @organisation",
                    new { organisation }
                );
                var seen = new
                {
                    organisation,
                    labels = store.Dialect.Listed(labels.Where(l => IsSeenBy(work.Viewer, l))),
                    skip,
                    take,
                };
                var mine = $"""
                    from intake_imports
                    where organisation = @organisation and {store.Dialect.IsOneOf("label", "@labels")}
                    """;
                var rows = await connection.QueryAsync<Row>(
                    $"select {Columns} {mine} order by id desc limit @take offset @skip",
                    seen
                );
                var total = await connection.ExecuteScalarAsync<int>($"select count(*) {mine}", seen);
                return new Page([.. rows.Select(ToImport)], total);
            },
            cancellation
        );

    /// <summary>Null when there is none for this viewer.</summary>
    public Task<Import?> FindAsync(Work work, string id, CancellationToken cancellation) =>
        store.ReadOwnAsync(connection => FindAsync(connection, work.Viewer, id), cancellation);

    /// <summary>
    /// The id of the newest import of a source that was not undone, among those of the viewer's organisation that he sees;
    /// null when there is none.
    /// </summary>
    public async Task<string?> NewestOfAsync(Work work, string source, CancellationToken cancellation)
    {
        var id = await store.ReadOwnAsync(
            connection =>
                connection.ExecuteScalarAsync<string?>(
                    """
                    select max(id) from intake_imports
                    where source = @source and organisation = @Organisation and vintage is not null and state <> @undone
                    """,
                    new
                    {
                        source,
                        work.Viewer.Organisation,
                        undone = ImportState.Undone,
                    }
                ),
            cancellation
        );
        return id is not null && await FindAsync(work, id, cancellation) is not null ? id : null;
    }

    private async Task<Import?> FindAsync(DbConnection connection, Viewer viewer, string id)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            $"select {Columns} from intake_imports where id = @id and organisation = @Organisation",
            new { id, viewer.Organisation }
        );
        return row is not null && IsSeenBy(viewer, row.Label) ? ToImport(row) : null;
    }

    private static bool IsSeenBy(Viewer viewer, string label) => Label.Sees(viewer, Label.Parse(label).Value);

    private Import ToImport(Row row) =>
        new(
            row.Id,
            IsSilent(row) ? ImportState.Interrupted : row.State,
            row.Source,
            row.Format,
            row.Label,
            JsonSerializer.Deserialize<List<string>>(row.Files) ?? [],
            row.Account,
            Times.Read(row.StartedAt),
            row.FinishedAt is null ? null : Times.Read(row.FinishedAt)
        )
        {
            Tally = new(
                row.Read,
                row.Imported,
                row.Unchanged,
                row.Quarantined,
                row.Ended,
                row.BytesRead,
                row.BytesTotal
            ),
            Seconds = row.Seconds,
            IsComplete = row.Complete != 0,
            Edition = row.Edition,
            Note = row.Note,
            Vintage = row.Vintage,
            Undone = row is { UndoneAt: { } at, UndoneBy: { } by }
                ? new(Times.Read(at), by, row.UndoReason ?? "")
                : null,
            Failure = row.Failure ?? (IsSilent(row) ? "It stopped without a word. Import again to continue." : null),
        };

    private bool IsSilent(Row row) =>
        row.State == ImportState.Running && store.Time.GetUtcNow() - Times.Read(row.BeatAt) > LongestSilence;

    private const string Columns = """
        id as Id, state as State, source as Source, format as Format, label as Label, files as Files, account as Account,
        started_at as StartedAt, beat_at as BeatAt, finished_at as FinishedAt, read as Read, imported as Imported,
        unchanged as Unchanged, quarantined as Quarantined, ended as Ended, seconds as Seconds, complete as Complete,
        edition as Edition, note as Note, failure as Failure, bytes_read as BytesRead, bytes_total as BytesTotal,
        vintage as Vintage, undone_at as UndoneAt, undone_by as UndoneBy, undo_reason as UndoReason
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
        public long BytesRead { get; init; }
        public long BytesTotal { get; init; }
        public long? Vintage { get; init; }
        public string? UndoneAt { get; init; }
        public string? UndoneBy { get; init; }
        public string? UndoReason { get; init; }
        public double Seconds { get; init; }
        public long Complete { get; init; }
        public string? Edition { get; init; }
        public required string Note { get; init; }
        public string? Failure { get; init; }
    }
}
