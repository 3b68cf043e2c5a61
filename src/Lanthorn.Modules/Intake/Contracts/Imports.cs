using Lanthorn.Formats;
using Lanthorn.Platform;

namespace Lanthorn.Intake.Contracts;

/// <summary>What became of the files: <paramref name="Failure"/> says why an import ended before its end.</summary>
public sealed record ImportedFiles(
    long Read,
    long Imported,
    long Unchanged,
    long Quarantined,
    double Seconds,
    string? Failure
);

/// <summary>Brings files into the store for another module or the demonstration. Idempotent, as every import.</summary>
public sealed class Imports
{
    private readonly ImportFiles import;

    internal Imports(ImportFiles import) => this.import = import;

    /// <param name="source">The code of an official source, or any other for a source of the importer's own.</param>
    /// <param name="format">The name of a format, or <c>auto</c>.</param>
    /// <param name="mapping">YAML that says which column of a table is what; null where the format says it.</param>
    /// <exception cref="RefusedException">The request cannot be followed.</exception>
    public async Task<ImportedFiles> RunAsync(
        Work work,
        IReadOnlyList<InputFile> files,
        string source,
        string format,
        string? mapping,
        CancellationToken cancellation
    )
    {
        var request = new ImportRequest(files, source) { Format = format, Mapping = mapping };
        var outcome = await import.HandleAsync(work, request, progress: null, cancellation);
        var tally = outcome.Tally;
        return new(tally.Read, tally.Imported, tally.Unchanged, tally.Quarantined, outcome.Seconds, outcome.Failure);
    }
}
