using System.Globalization;
using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>
/// One import while it runs: what was counted, and what waits to be written. While one batch is read, the one before is
/// prepared and the one before that written. Not safe for several threads.
/// </summary>
internal sealed class ImportRun(Store store, ImportPlan plan, IProgress<ImportTally>? progress)
{
    private const int BatchSize = 4_000;

    /// <summary>A batch of long records is passed on earlier: three of them are in memory at a time.</summary>
    private const long MaxBatchCharacters = 16 * 1024 * 1024;

    private readonly ImportJournal journal = new(store, plan);
    private List<IncomingRecord> batch = new(BatchSize);
    private Task<PreparedBatch>? preparing;
    private Task<ImportCounts>? writing;
    private ImportWriter? writer;
    private ImportTally tally = new();
    private DateOnly? edition = plan.Edition;
    private long refusedRows;
    private long repeated;
    private long keptOut;
    private long bytesRead;
    private long batchCharacters;

    /// <param name="length">Of all files, in bytes; 0 where nobody knows it.</param>
    public async Task BeginAsync(IReadOnlyList<ImportedFile> files, long length, CancellationToken cancellation)
    {
        tally = tally with { BytesTotal = length };
        await journal.StartAsync(cancellation);
        var work = plan.Work;
        var start = new ImportStart(plan.Source, work.Viewer, work.Justification, plan.IsComplete, files)
        {
            Label = plan.Label,
        };
        writer = await store.BeginImportAsync(start, cancellation);
        await journal.BelongsToAsync(writer.ImportId, cancellation);
    }

    /// <summary>So many more bytes of the files were read.</summary>
    public void Advance(int bytes) => bytesRead += bytes;

    public async Task TakeAsync(ReadItem item, CancellationToken cancellation)
    {
        switch (item)
        {
            case EditionDate { AsOf: var day }:
                edition = day;
                break;
            case Rejection refused:
                refusedRows++;
                await journal.RefuseAsync(refused, isWholeRow: true, cancellation);
                break;
            case ReadRecord record:
                batch.Add(Incoming(record));
                batchCharacters += record.Properties.Names.Sum(n => record.Properties[n].Sum(v => (long)v.Length));
                tally = tally with { Read = tally.Read + 1 };
                foreach (var dropped in record.DroppedValues)
                    await journal.RefuseAsync(dropped, isWholeRow: false, cancellation);
                if (batch.Count == BatchSize || batchCharacters > MaxBatchCharacters)
                    await PassOnAsync(cancellation);
                break;
        }
        // The beginning of a file is read once more to see what it is, so a little too much is counted.
        tally = tally with
        {
            Quarantined = journal.Refused,
            BytesRead = Math.Min(bytesRead, tally.BytesTotal),
        };
        await journal.BeatAsync(tally, cancellation);
    }

    public async Task<ImportFiles.Outcome> FinishAsync(CancellationToken cancellation)
    {
        await WriteAsync(cancellation);
        tally = tally with { BytesRead = tally.BytesTotal };
        var notes = new List<string>();
        if (repeated > 0)
            notes.Add($"{repeated:N0} records came again with other content: the first one stands.");
        if (keptOut > 0)
            notes.Add($"{keptOut:N0} records were erased here before and stay out.");
        if (plan.IsComplete && refusedRows > 0)
        {
            // A record whose row was refused has not left the list.
            notes.Add($"{refusedRows:N0} rows were refused, so nothing was ended: mend them and import again.");
            await writer!.AbandonAsync("rows were refused, nothing was ended", cancellation);
        }
        else
            tally = tally with { Ended = (await writer!.FinishAsync(cancellation)).Ended };
        if (journal.Refused > ImportJournal.MaxKept)
            notes.Add($"Of {journal.Refused:N0} refusals the first {ImportJournal.MaxKept:N0} are kept.");
        await DescribeSourceAsync(cancellation);
        await journal.CloseAsync(ImportState.Finished, tally, edition, null, notes);
        return new(plan.Id, tally, journal.Seconds, null);
    }

    /// <summary>Stops where it is: what was written stays, nothing is ended.</summary>
    public async Task<ImportFiles.Outcome> AbandonAsync(string state, string reason)
    {
        await SettleAsync();
        try
        {
            if (writer is not null)
                await writer.AbandonAsync(reason, CancellationToken.None);
        }
        catch (RefusedByStoreException)
        {
            // Another import of the source has begun and closed this one.
        }
        await journal.CloseAsync(state, tally, edition, reason, []);
        return new(plan.Id, tally, journal.Seconds, reason);
    }

    /// <summary>Writes the records that were read and wait for their batch to fill.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        await PassOnAsync(cancellation);
        await PassOnAsync(cancellation);
        await TakeWrittenAsync();
    }

    /// <summary>Waits for what is under way; why it failed was said where the import failed.</summary>
    private async Task SettleAsync()
    {
        foreach (var under in new Task?[] { preparing, writing })
            if (under is not null)
                await under.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        (preparing, writing) = (null, null);
        if (writer is not null)
            Note(writer.Counts);
    }

    /// <summary>Each batch goes one place further; waits where the place is not free yet.</summary>
    private async Task PassOnAsync(CancellationToken cancellation)
    {
        var own = batch;
        (batch, batchCharacters) = (new(BatchSize), 0);
        var next = own.Count > 0 ? Task.Run(() => writer!.PrepareAsync(own, cancellation), cancellation) : null;
        if (preparing is { } before)
        {
            preparing = null;
            var prepared = await before;
            await TakeWrittenAsync();
            writing = Task.Run(() => writer!.WriteAsync(prepared, cancellation), cancellation);
        }
        preparing = next;
    }

    private async Task TakeWrittenAsync()
    {
        if (writing is not { } under)
            return;
        writing = null;
        Note(await under);
        progress?.Report(tally);
    }

    private void Note(ImportCounts written)
    {
        tally = tally with { Imported = written.New + written.Changed, Unchanged = written.Unchanged };
        (repeated, keptOut) = (written.Repeated, written.KeptOut);
    }

    /// <summary>
    /// Only official lists that all of enforcement sees: what a source of one's own is called, and which edition came in
    /// last, would tell those who see none of its latest records that there are some.
    /// </summary>
    private async Task DescribeSourceAsync(CancellationToken cancellation)
    {
        if (plan.Official is not { } official || !PlanImport.IsForAll(plan.Label))
            return;
        await store.UpsertSourceAsync(
            new(plan.Source, official.Title)
            {
                Publisher = official.Publisher,
                Address = official.Address,
                Licence = official.Licence,
                Format = official.Format,
                Edition = edition?.ToString("O", CultureInfo.InvariantCulture),
                AsOf = edition,
            },
            cancellation
        );
    }

    private IncomingRecord Incoming(ReadRecord record) => Incoming(record, plan.Source, plan.Label, plan.Evaluation);

    public static IncomingRecord Incoming(ReadRecord record, SourceCode source, Label label, Evaluation evaluation) =>
        new(
            record.ExternalId,
            record.PublicId ?? Record.DerivePublicId(source, record.ExternalId),
            record.Schema,
            record.Properties
        )
        {
            Label = label,
            Evaluation = evaluation,
            Category = record.Category,
            PublishedAt = record.PublishedAt,
        };
}
