using System.Collections.Concurrent;
using System.Threading.Channels;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lanthorn.Intake;

/// <summary>
/// Imports of uploaded files, in the order in which they came and one at a time: two at once would only wait for each other
/// at the writer. They run on when whoever uploaded has left; what a stopped server had not finished is called interrupted at
/// its next start.
/// </summary>
internal sealed class ImportQueue(
    Store store,
    Settings settings,
    ImportFiles import,
    ImportProgress imports,
    ILogger<ImportQueue> log
) : BackgroundService
{
    /// <summary>Coming in, waiting and running together: each may hold a whole upload on the disk.</summary>
    public const int MaxUploads = 16;

    private readonly Channel<Upload> waiting = Channel.CreateBounded<Upload>(MaxUploads);
    private readonly ConcurrentDictionary<string, Upload> present = new(StringComparer.Ordinal);
    private int held;

    public long MaxBytes => settings.UploadMegabytes * 1024L * 1024;

    /// <summary>Makes room for the files of an upload. Whoever took it disposes of it unless it was entered.</summary>
    /// <exception cref="RefusedException">Too many uploads are here already.</exception>
    public ReceivedFiles Receive()
    {
        if (Interlocked.Increment(ref held) <= MaxUploads)
            return new(store, MaxBytes, () => Interlocked.Decrement(ref held));
        Interlocked.Decrement(ref held);
        throw new RefusedException(
            new(
                "imports-waiting",
                503,
                $"{MaxUploads} uploads are being imported or wait for it",
                "Try again when some are done; the list of imports shows yours"
            )
        );
    }

    /// <summary>Enters an import, which begins when those before it are done. From here on the files are the queue's.</summary>
    /// <exception cref="RefusedException">The request cannot be followed; the files are still the caller's.</exception>
    public async Task<ImportPlan> EnterAsync(
        Work work,
        ImportRequest request,
        ReceivedFiles files,
        CancellationToken cancellation
    )
    {
        var plan = await import.EnterAsync(work, request with { Origin = ImportOrigin.Upload }, cancellation);
        var upload = new Upload(plan, files);
        present[plan.Id] = upload;
        if (!waiting.Writer.TryWrite(upload))
            throw new InvalidOperationException("More uploads were taken in than there is room for");
        return plan;
    }

    /// <summary>Stops an import that waits or runs here; what it has written stays.</summary>
    /// <exception cref="RefusedException">There is none for this viewer, it has ended, or it does not run here.</exception>
    public async Task CancelAsync(Work work, string id, CancellationToken cancellation)
    {
        var found =
            await imports.FindAsync(work, id, cancellation)
            ?? throw new RefusedException(Refusal.NotFound("There is no such import"));
        if (!found.IsUnderWay)
            throw new RefusedException(
                new("import-ended", 409, $"The import has ended: it is {found.State}", "Nothing is left to stop")
            );
        if (!present.TryGetValue(id, out var upload))
            throw new RefusedException(
                new(
                    "import-elsewhere",
                    409,
                    "The import does not run in this server",
                    "It was begun on the command line: stop it there with Ctrl+C"
                )
            );
        await upload.StopAsync();
        if (upload.TryBegin())
            await import.AbandonAsync(upload.Plan);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        ReceivedFiles.Sweep(store);
        await ImportJournal.InterruptUploadsAsync(store, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var upload in waiting.Reader.ReadAllAsync(stoppingToken))
                if (upload.TryBegin())
                    await RunAsync(upload, stoppingToken);
                else
                    Remove(upload);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; its next start says of what still waits that it was interrupted.
        }
    }

    private async Task RunAsync(Upload upload, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, upload.Stopped);
        try
        {
            await import.RunAsync(upload.Plan, progress: null, either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Somebody stopped it, and the import says so itself.
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            // The import says that it failed; the others behind it are not to blame.
            log.LogError(mistake, "The import {Id} ended with a mistake of the program", upload.Plan.Id);
        }
        finally
        {
            Remove(upload);
        }
    }

    private void Remove(Upload upload)
    {
        present.TryRemove(upload.Plan.Id, out _);
        upload.Dispose();
    }

    /// <summary>An import with its files, begun by whoever is first: the queue, or somebody who stops it.</summary>
    private sealed class Upload(ImportPlan plan, ReceivedFiles files) : IDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private int begun;

        public ImportPlan Plan => plan;

        public CancellationToken Stopped => stop.Token;

        /// <summary>True for the first who asks.</summary>
        public bool TryBegin() => Interlocked.Exchange(ref begun, 1) == 0;

        public async Task StopAsync()
        {
            try
            {
                await stop.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It ended at this moment.
            }
        }

        public void Dispose()
        {
            stop.Dispose();
            files.Dispose();
        }
    }
}
