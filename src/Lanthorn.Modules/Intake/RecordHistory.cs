using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>Each version of a record: who made it, when, why, and what it changed.</summary>
internal sealed class RecordHistory(Store store, WriteRecords records)
{
    private const string What = "record history";

    /// <summary>What a version changed of one property.</summary>
    internal sealed record Change(string Property, IReadOnlyList<string> Added, IReadOnlyList<string> Removed);

    /// <param name="Account">Who wrote or imported it; empty where that is for another organisation to know.</param>
    /// <param name="Reason">Why a person wrote it; empty for what the source says.</param>
    internal sealed record Version(
        int Number,
        DateTimeOffset At,
        bool ByHand,
        string Account,
        string Organisation,
        string Reason,
        IReadOnlyList<Change> Changes
    );

    /// <param name="OverruledCorrection">
    /// The number of the last correction when the source has said something else since: what it says is on top.
    /// </param>
    internal sealed record Answer(
        string Id,
        string Record,
        string Source,
        string Schema,
        string Caption,
        int Current,
        int? OverruledCorrection,
        IReadOnlyList<Version> Versions
    );

    /// <summary>The newest version first; null where the viewer sees no such record.</summary>
    public async Task<Answer?> HandleAsync(Work work, string id, CancellationToken cancellation)
    {
        if (await records.FindAsync(work, id, What, cancellation) is not { } record)
            return null;
        var said = await work.On(store).VersionsAsync(record.Id, What, cancellation);
        var versions = said.Select(
                (v, at) =>
                    new Version(
                        v.Version,
                        v.At,
                        v.IsByHand,
                        v.Account,
                        v.Organisation,
                        v.Reason,
                            // The oldest that is shown may not be the first: then what it changed is not known.
                            at + 1
                            < said.Count
                                ? Changes(said[at + 1].Properties, v.Properties)
                            : said.Count < Reading.MaxVersions ? Changes(Properties.Empty, v.Properties)
                            : []
                    )
            )
            .ToList();
        return new(
            record.PublicId,
            $"{record.Id}",
            record.Source.Value,
            record.Schema.Name,
            record.Schema.CaptionOf(record.Properties) ?? record.PublicId,
            record.Version,
            versions is [{ ByHand: true }, ..] ? null : versions.FirstOrDefault(v => v.ByHand)?.Number,
            versions
        );
    }

    private static List<Change> Changes(Properties before, Properties after) =>
        [
            .. before
                .Names.Union(after.Names, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name => new Change(
                    name,
                    [.. after[name].Except(before[name], StringComparer.Ordinal)],
                    [.. before[name].Except(after[name], StringComparer.Ordinal)]
                ))
                .Where(c => c.Added.Count + c.Removed.Count > 0),
        ];
}
