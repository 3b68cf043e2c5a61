using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>When something last changed, for whoever only wants to know whether it has.</summary>
public sealed partial class Reading
{
    /// <param name="Entity">The first record of the entity, the same for all records that lead to it.</param>
    public readonly record struct LastChange(RecordId Entity, DateTimeOffset At, SubjectCategory Category);

    /// <summary>
    /// The last moment at which an entity around one of these records changed, as the viewer sees it: a member came, said
    /// something else or ended, or a judgement joined it. Records that he does not see are absent. Nothing of a record is
    /// handed out, so nothing is logged; a number of changes can be asked for often.
    /// </summary>
    public async Task<IReadOnlyDictionary<RecordId, LastChange>> LastChangesAsync(
        IReadOnlyCollection<RecordId> ids,
        CancellationToken cancellation
    )
    {
        if (ids.Count == 0)
            return new Dictionary<RecordId, LastChange>();
        await using var sight = await LookAsync(cancellation);
        var starts = sight.ByIds(ids.Take(MaxEnds));
        var entities = Assemble(sight, starts);
        return starts.ToDictionary(s => s.Record.Id, s => LastChangeOf(entities[s.Ordinal]));
    }

    private static LastChange LastChangeOf(Entity entity)
    {
        var moments = entity
            .Members.Select(m => m.ListedTo > m.IngestedAt ? m.ListedTo.Value : m.IngestedAt)
            .Concat(entity.Joins.Select(j => j.DecidedAt));
        return new(entity.Members[0].Id, moments.Max(), entity.Category);
    }
}
