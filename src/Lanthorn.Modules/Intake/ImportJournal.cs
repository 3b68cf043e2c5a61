using System.Globalization;
using System.Text.Json;
using Dapper;
using Lanthorn.Formats;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>What has become of the records of an import so far.</summary>
/// <param name="Read">Records, not rows: an entry with its aliases and addresses is one.</param>
/// <param name="Imported">New, or changed since the import before.</param>
/// <param name="Quarantined">Rows, and values of records, that were refused.</param>
/// <param name="BytesTotal">The length of the files; 0 while nobody knows it.</param>
internal sealed record ImportTally(
    long Read = 0,
    long Imported = 0,
    long Unchanged = 0,
    long Quarantined = 0,
    long Ended = 0,
    long BytesRead = 0,
    long BytesTotal = 0
);

/// <summary>Writes the row of one import and what it refused. Not safe for several threads.</summary>
internal sealed class ImportJournal(Store store, ImportPlan plan)
{
    /// <summary>More refusals than this in one import are counted, not kept: the file is not what it was taken for.</summary>
    public const int MaxKept = 100_000;

    /// <summary>So many characters of refused rows are kept for mending; of what follows, the place and the reason.</summary>
    private const long MaxKeptText = 64 * 1024 * 1024;

    private const int MaxWaiting = 1_000;

    /// <summary>Each update is a transaction on the disk, and nobody reads faster.</summary>
    private static readonly TimeSpan BetweenBeats = TimeSpan.FromMilliseconds(500);

    private readonly List<(Rejection Rejection, bool IsWholeRow)> waiting = [];
    private long lastBeat;
    private long started;
    private int kept;
    private long keptText;

    public long Refused { get; private set; }

    public double Seconds => started == 0 ? 0 : store.Time.GetElapsedTime(started).TotalSeconds;

    /// <summary>Enters the import, unless its source belongs to others.</summary>
    public Task EnterAsync(CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                var labels = await connection.QueryAsync<string>(
                    "select distinct label from intake_imports where source = @source",
                    new { source = plan.Source.Value },
                    transaction
                );
                PlanImport.RefuseForeignSource(plan, labels);
                await connection.ExecuteAsync(
                    """
                    insert into intake_imports (id, origin, state, organisation, account, source, format, label, files,
                        complete, started_at, beat_at, mapping, evaluation)
                    values (@Id, @origin, @state, @Organisation, @Name, @source, @Format, @label, @files, @IsComplete,
                        @now, @now, @mapping, @evaluation)
                    """,
                    new
                    {
                        plan.Id,
                        origin = plan.Origin == ImportOrigin.Upload ? "upload" : "command",
                        state = ImportState.Waiting,
                        plan.Work.Viewer.Organisation,
                        plan.Work.Viewer.Name,
                        source = plan.Source.Value,
                        plan.Reader.Format,
                        label = plan.Label.Text,
                        files = JsonSerializer.Serialize(plan.Files.Select(f => f.Name)),
                        IsComplete = plan.IsComplete ? 1L : 0L,
                        now = Now,
                        mapping = plan.MappingText,
                        evaluation = plan.Evaluation.ToString(),
                    },
                    transaction
                );
            },
            cancellation
        );

    /// <summary>What a server that is no more was importing ended with it.</summary>
    public static Task InterruptUploadsAsync(Store store, CancellationToken cancellation) =>
        store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    """
                    update intake_imports set state = @interrupted, finished_at = @now,
                        failure = 'The server was stopped. What was written stays; upload the files again to continue.'
                    where origin = 'upload' and state in (@waiting, @running)
                    """,
                    new
                    {
                        interrupted = ImportState.Interrupted,
                        waiting = ImportState.Waiting,
                        running = ImportState.Running,
                        now = Times.Text(store.Time.GetUtcNow()),
                    },
                    transaction
                ),
            cancellation
        );

    public Task StartAsync(CancellationToken cancellation)
    {
        started = lastBeat = store.Time.GetTimestamp();
        return UpdateAsync(
            "state = @state, started_at = @now",
            new { state = ImportState.Running, now = Now },
            cancellation
        );
    }

    /// <summary>Names the vintage in the store that this import writes.</summary>
    public Task BelongsToAsync(long vintage, CancellationToken cancellation) =>
        UpdateAsync("vintage = @vintage", new { vintage }, cancellation);

    public async Task RefuseAsync(Rejection rejection, bool isWholeRow, CancellationToken cancellation)
    {
        Refused++;
        if (kept + waiting.Count >= MaxKept)
            return;
        keptText += rejection.Row?.Length ?? 0;
        waiting.Add((keptText <= MaxKeptText ? rejection : rejection with { Row = null }, isWholeRow));
        if (waiting.Count >= MaxWaiting)
            await KeepAsync(cancellation);
    }

    /// <summary>Says that the import lives and how far it is; at most twice a second.</summary>
    public async Task BeatAsync(ImportTally tally, CancellationToken cancellation)
    {
        if (store.Time.GetElapsedTime(lastBeat) < BetweenBeats)
            return;
        lastBeat = store.Time.GetTimestamp();
        await KeepAsync(cancellation);
        await UpdateAsync(Counts, Row(tally), cancellation);
    }

    /// <param name="failure">Why the import could not be finished; null when it was.</param>
    /// <param name="notes">What somebody should know although it went well.</param>
    public async Task CloseAsync(
        string state,
        ImportTally tally,
        DateOnly? edition,
        string? failure,
        IReadOnlyList<string> notes
    )
    {
        // What is known is written down even when the import was cancelled.
        var cancellation = CancellationToken.None;
        await KeepAsync(cancellation);
        var row = Row(tally);
        row.AddDynamicParams(
            new
            {
                state,
                failure,
                edition = edition?.ToString("O", CultureInfo.InvariantCulture),
                note = string.Join(" ", notes),
            }
        );
        await UpdateAsync(
            $"{Counts}, state = @state, failure = @failure, edition = @edition, note = @note, finished_at = @now",
            row,
            cancellation
        );
    }

    private string Now => Times.Text(store.Time.GetUtcNow());

    private const string Counts = """
        beat_at = @now, read = @Read, imported = @Imported, unchanged = @Unchanged, quarantined = @Quarantined,
        ended = @Ended, seconds = @Seconds, bytes_read = @BytesRead, bytes_total = @BytesTotal
        """;

    private DynamicParameters Row(ImportTally tally)
    {
        var row = new DynamicParameters(tally);
        row.AddDynamicParams(new { Seconds, now = Now });
        return row;
    }

    private Task<int> UpdateAsync(string what, object values, CancellationToken cancellation)
    {
        var row = new DynamicParameters(values);
        row.Add("id", plan.Id);
        return store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync($"update intake_imports set {what} where id = @id", row, transaction),
            cancellation
        );
    }

    /// <summary>A character zero is no text to every database.</summary>
    public static string Storable(string text) => text.Replace('\0', '\uFFFD');

    private async Task KeepAsync(CancellationToken cancellation)
    {
        if (waiting.Count == 0)
            return;
        var rows = waiting
            .Select(
                (w, at) =>
                    new
                    {
                        plan.Id,
                        Number = kept + at + 1,
                        w.Rejection.File,
                        w.Rejection.Line,
                        w.Rejection.Column,
                        w.Rejection.Field,
                        Value = Storable(w.Rejection.Value),
                        w.Rejection.Reason,
                        IsWholeRow = w.IsWholeRow ? 1L : 0L,
                        Row = w.Rejection.Row is { } row ? Storable(row) : null,
                    }
            )
            .ToList();
        await store.WriteAsync(
            (connection, transaction) =>
                connection.ExecuteAsync(
                    """
                    insert into intake_quarantine (import, number, file, line, col, field, value, reason, whole_row,
                        row_text)
                    values (@Id, @Number, @File, @Line, @Column, @Field, @Value, @Reason, @IsWholeRow, @Row)
                    """,
                    rows,
                    transaction
                ),
            cancellation
        );
        kept += waiting.Count;
        waiting.Clear();
    }
}
