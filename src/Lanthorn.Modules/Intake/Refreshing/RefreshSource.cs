using System.Globalization;
using Lanthorn.Formats;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Refreshing;

/// <summary>
/// Fetches an official list from its publisher, when it changed, and imports it as whoever asked. It happens when a person
/// asks for it, or by a schedule that a person switched on; nothing is fetched by itself. When something fails, what was
/// there before stands.
/// </summary>
internal sealed class RefreshSource(
    Store store,
    Settings settings,
    RefreshStates states,
    FetchFile fetch,
    ImportFiles import
)
{
    private const string FolderName = "refresh";

    /// <summary>What became of a source.</summary>
    /// <param name="Result">One of <see cref="RefreshResult"/>.</param>
    /// <param name="Text">In words: what changed, or why it failed and what to do.</param>
    internal sealed record Outcome(string Source, string Result, string Text, ImportTally? Tally, string? Import);

    /// <exception cref="RefusedException">No such official source, not for this account, or it is being refreshed.</exception>
    public async Task<Outcome> HandleAsync(
        Work work,
        string code,
        IProgress<ImportTally>? progress,
        CancellationToken cancellation
    )
    {
        var source = Need(work, code);
        var folder = Directory.CreateDirectory(Path.Combine(store.Folder, FolderName, source.Code)).FullName;
        await using var alone = BeAlone(folder, source);
        SweepOld(folder);
        var addresses = (await states.OfAsync(source.Code, cancellation)).AddressesOf(source);
        Outcome outcome;
        try
        {
            outcome =
                addresses.Count == 0
                    ? new(source.Code, RefreshResult.NoAddress, NoAddress(source), null, null)
                    : await RunAsync(work, source, addresses, (folder, progress), cancellation);
        }
        catch (FetchFailedException failed)
        {
            outcome = Failed(source, failed.InWords);
        }
        catch (RefusedException refused)
        {
            outcome = Failed(source, $"The file came and was not taken: {refused.Refusal.InWords}");
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            outcome = Failed(source, $"The file cannot be kept: {denied.Message} Look whether the disk is full.");
        }
        await states.ReportAsync(source.Code, outcome.Result, outcome.Text, cancellation);
        return outcome;
    }

    /// <summary>Removes what was left of downloads and nobody asked for in a day.</summary>
    public void Sweep()
    {
        var all = Path.Combine(store.Folder, FolderName);
        if (Directory.Exists(all))
            foreach (var folder in Directory.EnumerateDirectories(all))
                SweepOld(folder);
    }

    /// <exception cref="RefusedException">There is none for this account.</exception>
    public static OfficialSource Need(Work work, string code)
    {
        if (!work.HasEnforcementAccess)
            throw new RefusedException(
                Refusal.NotFound("Not Found", "Refreshing needs an account with enforcement access")
            );
        return Need(code);
    }

    /// <exception cref="RefusedException">There is none.</exception>
    public static OfficialSource Need(string code) =>
        OfficialSources.Find(code)
        ?? throw new RefusedException(
            Refusal.NotFound(
                $"No official source '{code}'",
                $"Official sources are {string.Join(", ", OfficialSources.All.Select(s => s.Code))}; import your own with 'lanthorn import'"
            )
        );

    private async Task<Outcome> RunAsync(
        Work work,
        OfficialSource source,
        IReadOnlyList<FileAddress> addresses,
        (string Folder, IProgress<ImportTally>? Progress) run,
        CancellationToken cancellation
    )
    {
        var known = await states.KnownAsync(source.Code, addresses, cancellation);
        // One file more or less: another edition.
        var mayBeUnchanged = known.All(k => k is { IsEmpty: false });
        var files = new List<Fetched>();
        for (var at = 0; at < addresses.Count; at++)
            files.Add(await FetchAsync(at, mayBeUnchanged ? known[at] : null));
        if (files.TrueForAll(f => f.Path is null))
            return new(source.Code, RefreshResult.Unchanged, "The publisher's files are those that are in", null, null);
        // An edition is all of its files: those that did not change are not kept here, and come again.
        for (var at = 0; at < addresses.Count; at++)
            if (files[at].Path is null)
                files[at] = await FetchAsync(at, known: null);
        return await ImportAsync(work, source, [.. addresses.Zip(files)], run.Progress, cancellation);

        Task<Fetched> FetchAsync(int at, Validators? known) =>
            fetch.HandleAsync(
                new(
                    addresses[at],
                    Path.Combine(run.Folder, string.Create(CultureInfo.InvariantCulture, $"{at}.part")),
                    settings.UploadMegabytes * 1024L * 1024,
                    known
                ),
                cancellation
            );
    }

    private async Task<Outcome> ImportAsync(
        Work work,
        OfficialSource source,
        IReadOnlyList<(FileAddress Address, Fetched File)> files,
        IProgress<ImportTally>? progress,
        CancellationToken cancellation
    )
    {
        var request = new ImportRequest(
            [.. files.Select(f => new InputFile(f.Address.FileName, () => File.OpenRead(f.File.Path!)))],
            source.Code
        )
        {
            Edition = files.Max(f => f.File.ModifiedAt) is { } modified
                ? DateOnly.FromDateTime(modified.UtcDateTime)
                : null,
        };
        var outcome = await import.HandleAsync(work, request, progress, cancellation);
        var tally = outcome.Tally;
        if (outcome.Failure is { } failure)
            return new(source.Code, RefreshResult.Failed, failure, tally, outcome.Id);
        await states.KeepAsync(
            source.Code,
            [.. files.Select(f => (f.Address, f.File.Validators))],
            outcome.Id,
            cancellation
        );
        foreach (var (_, file) in files)
            Forget(file.Path!);
        return new(
            source.Code,
            RefreshResult.Updated,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{tally.Read:N0} records read, {tally.Imported:N0} new or changed, {tally.Ended:N0} ended, {tally.Quarantined:N0} refused"
            ),
            tally,
            outcome.Id
        );
    }

    private static Outcome Failed(OfficialSource source, string text) =>
        new(source.Code, RefreshResult.Failed, text, null, null);

    private static string NoAddress(OfficialSource source) =>
        $"The publisher gives each reader an address with a token of his own. Get yours from {source.Address}; an "
        + $"administrator gives it with 'lanthorn sources address {source.Code} URL'";

    /// <summary>Two at once, in whatever programs, would write into one part file.</summary>
    private static FileStream BeAlone(string folder, OfficialSource source)
    {
        try
        {
            return new(Path.Combine(folder, "alone"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException)
        {
            throw new RefusedException(
                new("refresh-running", 409, $"{source.Code} is being refreshed", "Look again when that has ended")
            );
        }
    }

    private void SweepOld(string folder)
    {
        var oldest = store.Time.GetUtcNow() - PartFile.MaxAge;
        foreach (var path in Directory.EnumerateFiles(folder, "*.part"))
            if (File.GetLastWriteTimeUtc(path) < oldest.UtcDateTime)
                Forget(path);
    }

    private static void Forget(string path)
    {
        File.Delete(path);
        File.Delete($"{path}.json");
    }
}
