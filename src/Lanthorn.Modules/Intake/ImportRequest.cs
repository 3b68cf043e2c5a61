using Lanthorn.Formats;

namespace Lanthorn.Intake;

/// <summary>What somebody wants to import, as it was asked for.</summary>
/// <param name="Source">The code of an official source, or any other for a source of one's own.</param>
internal sealed record ImportRequest(IReadOnlyList<InputFile> Files, string Source)
{
    public string Format { get; init; } = PlanImport.AnyFormat;

    /// <summary>YAML that says which column of a table is what.</summary>
    public string? Mapping { get; init; }

    /// <summary>Null: all of enforcement for an official source, else the importer's organisation.</summary>
    public string? Label { get; init; }

    /// <summary>Null: A1 for an official source, else not assessed.</summary>
    public string? Evaluation { get; init; }

    /// <summary>The files are the whole list, although their format does not say so.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The day of the edition, for files that do not say it themselves.</summary>
    public DateOnly? Edition { get; init; }

    public ImportOrigin Origin { get; init; } = ImportOrigin.Command;
}
