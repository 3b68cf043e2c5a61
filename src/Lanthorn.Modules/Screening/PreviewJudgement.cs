using Lanthorn.Knowledge;
using Lanthorn.Matching;
using Lanthorn.Platform;
using Lanthorn.Screening.Learning;
using Lanthorn.Screening.Reviewing;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>
/// What a judgement on two records would change, before a person makes it: the entities as they are, as they would be, and
/// how alike the two records are.
/// </summary>
internal sealed class PreviewJudgement(Store store, MakeJudgement judging, Scorers scorers)
{
    private const string What = "preview of a judgement";

    /// <param name="After">The entities that would be there, the largest first.</param>
    /// <param name="TakesTwo">Whether "same" would wait for a second person.</param>
    internal sealed record Answer(
        Entity Entity,
        Record Left,
        Record Right,
        Score Score,
        Verdict Verdict,
        IReadOnlyList<Entity> After,
        bool TakesTwo
    );

    /// <param name="on">A record of the entity (null is its first), and another record or the id of another entity.</param>
    /// <returns>Null where the viewer sees no such entity or records.</returns>
    public async Task<Answer?> HandleAsync(
        Work work,
        string id,
        (string? Left, string? Right, string? Other) on,
        Verdict verdict,
        CancellationToken cancellation
    )
    {
        var reading = work.On(store);
        if (await FindAsync(reading, id, cancellation) is not { } entity)
            return null;
        var right = on.Right;
        if (on.Other is { Length: > 0 } other)
            right = (await FindAsync(reading, other.Trim(), cancellation))?.Members[0].Id.ToString();
        if (
            !RecordId.TryParse(on.Left ?? entity.Members[0].Id.ToString(), out var one)
            || !RecordId.TryParse(right ?? "", out var two)
            || one == two
            || await reading.SupposeAsync(entity, (one, two, verdict), What, cancellation) is not { } after
        )
            return null;
        var records = after.SelectMany(e => e.Members).DistinctBy(m => m.Id).ToDictionary(m => m.Id);
        return new(
            entity,
            records[one],
            records[two],
            ShowEntityPage.Compare(records[one], records[two], await scorers.DefaultAsync(cancellation)),
            verdict,
            after,
            (await judging.TakingTwoAsync(work, [PairId.Of(one, two)], cancellation)).Count > 0
        );
    }

    private static async Task<Entity?> FindAsync(Reading reading, string id, CancellationToken cancellation) =>
        id.Length <= Record.MaxExternalIdLength ? await reading.EntityAsync(id, What, cancellation) : null;
}
