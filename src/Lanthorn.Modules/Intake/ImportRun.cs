using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>One import while it runs: what was counted, and what waits to be written. Not safe for several threads.</summary>
internal sealed class ImportRun(Store store, ImportPlan plan, IProgress<ImportTally>? progress)
{
    private const int BatchSize = 1_000;

    private readonly ImportJournal journal = new(store, plan);
    private readonly List<IncomingRecord> batch = new(BatchSize);
    private ImportWriter? writer;
    private ImportTally tally = new();
    private DateOnly? edition;
    private long refusedRows;

    public async Task BeginAsync(IReadOnlyList<ImportedFile> files, CancellationToken cancellation)
    {
        await journal.StartAsync(cancellation);
        var work = plan.Work;
        var start = new ImportStart(plan.Source, work.Viewer, work.Justification, plan.IsComplete, files);
        writer = await store.BeginImportAsync(start, cancellation);
        await journal.BelongsToAsync(writer.ImportId, cancellation);
    }

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
                tally = tally with { Read = tally.Read + 1 };
                foreach (var dropped in record.DroppedValues)
                    await journal.RefuseAsync(dropped, isWholeRow: false, cancellation);
                if (batch.Count == BatchSize)
                    await WriteAsync(cancellation);
                break;
        }
        tally = tally with { Quarantined = journal.Refused };
        await journal.BeatAsync(tally, cancellation);
    }

    public async Task<ImportFiles.Outcome> FinishAsync(CancellationToken cancellation)
    {
        await WriteAsync(cancellation);
        var notes = new List<string>();
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
        await journal.CloseAsync(ImportState.Finished, tally, edition, null, notes);
        return new(plan.Id, tally, journal.Seconds, null);
    }

    /// <summary>Stops where it is: what was written stays, nothing is ended.</summary>
    public async Task<ImportFiles.Outcome> AbandonAsync(string state, string reason)
    {
        if (writer is not null)
            await writer.AbandonAsync(reason, CancellationToken.None);
        await journal.CloseAsync(state, tally, edition, reason, []);
        return new(plan.Id, tally, journal.Seconds, reason);
    }

    /// <summary>Writes the records that were read and wait for their batch to fill.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        if (batch.Count == 0)
            return;
        var written = await writer!.WriteAsync(batch, cancellation);
        batch.Clear();
        tally = tally with
        {
            Imported = tally.Imported + written.New + written.Changed,
            Unchanged = tally.Unchanged + written.Unchanged,
        };
        progress?.Report(tally);
    }

    private IncomingRecord Incoming(ReadRecord record) =>
        new(
            record.ExternalId,
            record.PublicId ?? Record.DerivePublicId(plan.Source, record.ExternalId),
            record.Schema,
            record.Properties
        )
        {
            Label = plan.Label,
            Evaluation = plan.Evaluation,
            PublishedAt = record.PublishedAt,
        };
}
