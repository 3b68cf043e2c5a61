using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>The candidate index and what filters ask, as one file that can be mapped back.</summary>
internal sealed class CandidatesOnDisk(Store store)
{
    private const string Name = "candidates";

    /// <summary>So many records of a file are held against the database before it is used.</summary>
    private const int Sampled = 200;

    /// <summary>Another build may fold, weigh or key names differently: it makes its own file.</summary>
    private static readonly string Maker = string.Create(
        CultureInfo.InvariantCulture,
        $"{typeof(CandidateIndex).Module.ModuleVersionId} {typeof(Properties).Module.ModuleVersionId}"
    );

    private int erasuresBefore;
    private bool isMapped;

    /// <summary>The index as it was when the change feed stood at the sequence; null when there is no file to be used.</summary>
    public async Task<(CandidateIndex Index, RecordFacts Facts, long Sequence)?> OpenAsync(
        CancellationToken cancellation
    )
    {
        if (await store.IndexFiles.OpenAsync(Name, Maker, cancellation) is not { } file)
            return null;
        var (index, facts) = (new CandidateIndex(new(file.Columns)), new RecordFacts());
        facts.Read(file.Columns);
        isMapped = true;
        return (index, facts, file.Sequence);
    }

    /// <summary>
    /// Whether an index that caught up says what the database says, by a sample spread over all records. It does not where
    /// somebody put another database, or this one of another day, in place of the one that the file was made from.
    /// </summary>
    public async Task<bool> IsRightAsync(CandidateIndex index, int lastOrdinal, CancellationToken cancellation)
    {
        var step = Math.Max(1, lastOrdinal / Sampled);
        var sample = Enumerable.Range(0, Sampled).Select(at => lastOrdinal - at * step).Where(o => o > 0).ToList();
        await foreach (var record in store.Index.OfAsync(sample, cancellation))
        {
            var isIn = record.IsLive && record.Schema.Matchable;
            var isRight = isIn
                ? index.Holds(
                    record.Ordinal,
                    record.LabelId,
                    record.TieKey,
                    PreparedSubject.Prepare(record.Schema, record.Properties)
                )
                : index.GetPrepared(record.Ordinal) is null;
            if (!isRight)
                return false;
        }
        return true;
    }

    public async Task<FrozenColumns?> OpenColumnsAsync(CancellationToken cancellation) =>
        await store.IndexFiles.OpenAsync(Name, Maker, cancellation) is { } file ? new(file.Columns) : null;

    /// <param name="erasures">How many erasures were heard of before what is written was noted.</param>
    public async Task SaveAsync(
        Freezing freezing,
        RecordFacts facts,
        long sequence,
        int erasures,
        CancellationToken cancellation
    )
    {
        await store.IndexFiles.SaveAsync(
            Name,
            Maker,
            sequence,
            append =>
            {
                freezing.Write((name, bytes) => append(name, bytes), cancellation);
                facts.Write(append);
            },
            cancellation
        );
        (isMapped, erasuresBefore) = (true, erasures);
    }

    /// <summary>What is mapped was made before the last erasure.</summary>
    public bool HoldsErased(int erasures) => isMapped && erasures != erasuresBefore;
}
