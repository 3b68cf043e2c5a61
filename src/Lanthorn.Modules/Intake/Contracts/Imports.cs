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

/// <summary>What is said of a source as a whole, where its format does not say it.</summary>
/// <param name="Label">Null: all of enforcement for an official source, else the importer's organisation.</param>
/// <param name="Evaluation">Null: A1 for an official source, else not assessed.</param>
/// <param name="IsComplete">The files are the whole source: what is not in them has left it.</param>
public sealed record ImportTerms(string? Label, string? Evaluation, bool IsComplete)
{
    /// <summary>As the format and the source have it.</summary>
    public static readonly ImportTerms Usual = new(null, null, IsComplete: false);
}

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
        ImportTerms terms,
        CancellationToken cancellation
    )
    {
        var request = new ImportRequest(files, source)
        {
            Format = format,
            Mapping = mapping,
            Label = terms.Label,
            Evaluation = terms.Evaluation,
            IsComplete = terms.IsComplete,
        };
        var outcome = await import.HandleAsync(work, request, progress: null, cancellation);
        var tally = outcome.Tally;
        return new(tally.Read, tally.Imported, tally.Unchanged, tally.Quarantined, outcome.Seconds, outcome.Failure);
    }
}
