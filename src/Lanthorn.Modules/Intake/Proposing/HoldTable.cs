using Lanthorn.Formats;
using Lanthorn.Platform;

namespace Lanthorn.Intake.Proposing;

/// <summary>
/// Keeps an upload that is one table without a mapping until somebody has said which column is what. Lists that are known
/// by their headings need no mapping and are not held.
/// </summary>
internal sealed class HoldTable(ProposeMapping propose, HeldTables tables)
{
    /// <param name="fields">What was entered beside the file.</param>
    /// <returns>The held table, whose files are kept there from now on; null when the upload is no table in want of a mapping.</returns>
    /// <exception cref="RefusedException">It was said to be a table and cannot be read, or too many are held.</exception>
    public async Task<HeldTable?> HandleAsync(
        Work work,
        ReceivedFiles received,
        IReadOnlyDictionary<string, string> fields,
        CancellationToken cancellation
    )
    {
        if (received.Files is not [var file] || fields.ContainsKey(UploadedParts.Mapping))
            return null;
        var format = fields.GetValueOrDefault("format", PlanImport.AnyFormat);
        var isSaidToBeTable = RefusedRow.IsTable(format);
        if (!isSaidToBeTable && (format != PlanImport.AnyFormat || await IsKnownAsync(file, cancellation)))
            return null;
        try
        {
            var proposal = await propose.HandleAsync(work, file, null, new(), cancellation);
            return tables.Hold(work, received, new(proposal, proposal.Choice, IsChosen: false, fields));
        }
        catch (RefusedException refused) when (!isSaidToBeTable && refused.Refusal.Status == Unreadable)
        {
            // The import says what the file is instead.
            return null;
        }
    }

    private const int Unreadable = 422;

    private static async Task<bool> IsKnownAsync(InputFile file, CancellationToken cancellation) =>
        (await FormatDetection.DetectAsync([file], ReadOptions.Default, cancellation)).IsAccepted;
}
