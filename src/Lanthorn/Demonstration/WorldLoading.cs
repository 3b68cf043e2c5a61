using System.Globalization;
using Lanthorn.Commitments.Contracts;
using Lanthorn.Formats;
using Lanthorn.Governance.Contracts;
using Lanthorn.Intake.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Program.Demonstration.World;
using Lanthorn.Programmes.Contracts;
using Lanthorn.Storage;

namespace Lanthorn.Program.Demonstration;

/// <summary>
/// Brings the fictional world into the store, source by source, as any file comes in: streaming, and as a complete edition, so
/// that a later version of the world replaces an earlier one. A source that holds the wanted edition is left alone.
/// </summary>
internal static class WorldLoading
{
    public const string TruthFileName = "lanthorn-world-truth.csv";

    private const string Format = "ftm";

    /// <summary>The collection of what is promised and funded in the world.</summary>
    private const string Promised = "world-promises";

    public static async Task LoadAsync(
        IServiceProvider services,
        FictionalWorld world,
        string folder,
        TextWriter messages,
        CancellationToken cancellation
    )
    {
        var hasChanged = false;
        foreach (var source in WorldSource.All)
            hasChanged |= await LoadAsync(services, world, source, messages, cancellation);
        await LoadPromisesAsync(services, world, messages, cancellation);
        var truth = Path.Combine(folder, TruthFileName);
        if (hasChanged || !File.Exists(truth))
            await WriteTruthAsync(world, truth, cancellation);
    }

    /// <summary>
    /// Undertakings and projects, once for an edition. Their days are counted from the day of loading; a later start leaves
    /// them, so that time passes in the demonstration as anywhere.
    /// </summary>
    private static async Task LoadPromisesAsync(
        IServiceProvider services,
        FictionalWorld world,
        TextWriter messages,
        CancellationToken cancellation
    )
    {
        var undertakings = services.GetRequiredService<Undertakings>();
        if (await undertakings.EditionAsync(Promised, cancellation) == world.Edition)
            return;
        var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        IReadOnlyList<Project> projects = [.. world.Projects(today)];
        IReadOnlyList<BroughtUndertaking> promised = [.. world.Undertakings(today)];
        await services.GetRequiredService<Projects>().BringAsync(Promised, projects, cancellation);
        await undertakings.BringAsync(Promised, world.Edition, promised, cancellation);
        await messages.WriteLineAsync($"{Promised}: {promised.Count} undertakings, {projects.Count} projects");
    }

    /// <summary>True when the source did not hold this edition yet.</summary>
    private static async Task<bool> LoadAsync(
        IServiceProvider services,
        FictionalWorld world,
        WorldSource source,
        TextWriter messages,
        CancellationToken cancellation
    )
    {
        var work =
            await services.GetRequiredService<Accounts>().WorkOfAsync(source.Importer, null, cancellation)
            ?? throw new InvalidOperationException($"{source.Importer} has no account");
        var store = services.GetRequiredService<Store>();
        var known = await work.On(store).SourcesAsync(cancellation);
        if (known.Any(s => s.Code.Value == source.Code && s.Edition == world.Edition))
            return false;
        await messages.WriteLineAsync($"Loading {source.Code} …");
        var outcome = await services
            .GetRequiredService<Imports>()
            .RunAsync(
                work,
                [new InputFile($"{source.Code}.jsonl", () => world.Open(source))],
                source.Code,
                Format,
                mapping: null,
                new ImportTerms(source.Label, source.Evaluation, IsComplete: true),
                cancellation
            );
        if (outcome.Failure is { } failure)
            throw new RefusedException(Refusal.BadRequest("world-unreadable", failure));
        if (outcome.Quarantined > 0)
            throw new InvalidOperationException($"{outcome.Quarantined} values of {source.Code} were refused");
        // Only now, so that an import that was cut off is done again at the next start.
        await store.UpsertSourceAsync(
            new(SourceCode.Parse(source.Code).Value, source.FullTitle)
            {
                Publisher = "Lanthorn's demonstration: nobody and nothing in it exists",
                Licence = "EUPL-1.2",
                Format = Format,
                Edition = world.Edition,
                AsOf = WorldDay.Today,
            },
            cancellation
        );
        await messages.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{source.Code}: {outcome.Read} records, {outcome.Imported} new or changed, in {outcome.Seconds:0.0} s"
            )
        );
        return true;
    }

    /// <summary>For those who measure: which records are about the same thing. It never goes into the store.</summary>
    private static async Task WriteTruthAsync(FictionalWorld world, string file, CancellationToken cancellation)
    {
        var beside = file + ".new";
        await File.WriteAllLinesAsync(beside, world.TruthLines(), cancellation);
        File.Move(beside, file, overwrite: true);
    }
}
