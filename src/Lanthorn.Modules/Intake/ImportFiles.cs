using System.Security.Cryptography;
using Lanthorn.Formats;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>
/// Brings files into the store: reads them streaming, writes records in batches, keeps what was refused. Idempotent: the
/// same files again change nothing, and after an interruption importing again continues.
/// </summary>
internal sealed class ImportFiles(Store store)
{
    /// <summary>What has become of an import. <paramref name="Failure"/> says why it ended before its end.</summary>
    internal sealed record Outcome(string Id, ImportTally Tally, double Seconds, string? Failure);

    public async Task<Outcome> HandleAsync(
        Work work,
        ImportRequest request,
        IProgress<ImportTally>? progress,
        CancellationToken cancellation
    ) => await RunAsync(await EnterAsync(work, request, cancellation), progress, cancellation);

    /// <summary>Refuses what can be refused beforehand, and enters the rest as waiting.</summary>
    /// <exception cref="RefusedException">The request cannot be followed.</exception>
    public async Task<ImportPlan> EnterAsync(Work work, ImportRequest request, CancellationToken cancellation)
    {
        var plan = await PlanImport.HandleAsync(store, work, request, cancellation);
        await new ImportJournal(store, plan).EnterAsync(cancellation);
        return plan;
    }

    public async Task<Outcome> RunAsync(
        ImportPlan plan,
        IProgress<ImportTally>? progress,
        CancellationToken cancellation
    )
    {
        var run = new ImportRun(store, plan, progress);
        try
        {
            var (hashed, length) = await HashAsync(plan.Files, cancellation);
            await run.BeginAsync(hashed, length, cancellation);
            var measured = plan.Files.Select(f => f with { Open = () => new MeasuredStream(f.Open(), run.Advance) });
            await foreach (var item in plan.Reader.ReadAsync([.. measured], plan.Options, cancellation))
                await run.TakeAsync(item, cancellation);
            return await run.FinishAsync(cancellation);
        }
        catch (UnreadableFileException unreadable)
        {
            await run.WriteAsync(cancellation);
            return await run.AbandonAsync(ImportState.Failed, unreadable.Message);
        }
        catch (RefusedByStoreException refused)
        {
            return await run.AbandonAsync(ImportState.Failed, refused.Message);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return await run.AbandonAsync(
                ImportState.Failed,
                $"A file cannot be read: {failed.Message}. Import it again when it can; what was written stays."
            );
        }
        catch (OperationCanceledException)
        {
            await run.AbandonAsync(ImportState.Interrupted, "Stopped. Import again to continue.");
            throw;
        }
        catch
        {
            await run.AbandonAsync(
                ImportState.Failed,
                "A mistake in the program ended the import; its log says which."
            );
            throw;
        }
    }

    /// <summary>Ends an import that waits and will not begin.</summary>
    public Task AbandonAsync(ImportPlan plan) =>
        new ImportRun(store, plan, progress: null).AbandonAsync(
            ImportState.Interrupted,
            "Stopped before it began. Import again to do it after all."
        );

    private static async Task<(IReadOnlyList<ImportedFile> Files, long Length)> HashAsync(
        IReadOnlyList<InputFile> files,
        CancellationToken cancellation
    )
    {
        var (hashed, length) = (new List<ImportedFile>(), 0L);
        foreach (var file in files)
        {
            await using var stream = file.Open();
            hashed.Add(new(file.Name, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation))));
            length += stream.CanSeek ? stream.Length : 0;
        }
        return (hashed, length);
    }
}
