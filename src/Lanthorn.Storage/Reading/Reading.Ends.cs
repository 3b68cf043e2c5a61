using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>The other ends of what is next to an entity.</summary>
public sealed partial class Reading
{
    /// <summary>So many other ends are read at once.</summary>
    public const int MaxEnds = 500;

    /// <summary>
    /// The entities under these public ids, by the id that was asked for; what the viewer does not see is absent. Of the ids,
    /// sorted, the first <see cref="MaxEnds"/> are read.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, Entity>> EntitiesByPublicIdsAsync(
        IEnumerable<string> publicIds,
        string what,
        CancellationToken cancellation
    )
    {
        var asked = publicIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MaxEnds).ToList();
        if (asked.Count == 0)
            return new Dictionary<string, Entity>();
        Dictionary<string, Entity> found;
        await using (var sight = await LookAsync(cancellation))
        {
            var starts = sight.ByPublicIds(asked).DistinctBy(r => r.Record.PublicId).ToList();
            var entities = Assemble(sight, starts);
            found = starts.ToDictionary(s => s.Record.PublicId, s => entities[s.Ordinal], StringComparer.Ordinal);
        }
        await LogAsync(Operation.Consultation, what, MembersOf(found.Values).Distinct(), null, cancellation);
        return found;
    }

    /// <summary>The entities around these records, by the record; what the viewer does not see is absent.</summary>
    public async Task<IReadOnlyDictionary<RecordId, Entity>> EntitiesByIdsAsync(
        IReadOnlyCollection<RecordId> ids,
        string what,
        CancellationToken cancellation
    )
    {
        if (ids.Count == 0)
            return new Dictionary<RecordId, Entity>();
        Dictionary<RecordId, Entity> found;
        await using (var sight = await LookAsync(cancellation))
        {
            var starts = sight.ByIds(ids.Take(MaxEnds));
            var entities = Assemble(sight, starts);
            found = starts.ToDictionary(s => s.Record.Id, s => entities[s.Ordinal]);
        }
        await LogAsync(Operation.Consultation, what, MembersOf(found.Values), null, cancellation);
        return found;
    }
}
