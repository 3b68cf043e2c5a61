using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Intake;

/// <summary>An import of which everything that can be refused beforehand has been looked at.</summary>
/// <param name="Official">The official source that it is; null for a source of the importer's own.</param>
/// <param name="IsComplete">What is not in the files has left the list.</param>
internal sealed record ImportPlan(
    string Id,
    Work Work,
    SourceCode Source,
    OfficialSource? Official,
    IReadOnlyList<InputFile> Files,
    IRecordReader Reader,
    ReadOptions Options,
    Label Label,
    Evaluation Evaluation,
    bool IsComplete,
    ImportOrigin Origin
)
{
    /// <summary>The day of the edition where the files do not say it.</summary>
    public DateOnly? Edition { get; init; }

    /// <summary>The mapping as it was given.</summary>
    public string? MappingText { get; init; }
}

/// <summary>How the files came: what is uploaded ends with the server that took it, a command does not.</summary>
internal enum ImportOrigin
{
    Command,
    Upload,
}
