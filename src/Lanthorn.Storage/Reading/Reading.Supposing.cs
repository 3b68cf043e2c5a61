using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>What a judgement would change, before it is made.</summary>
public sealed partial class Reading
{
    /// <summary>
    /// The entities that this entity's records and the two judged ones would make up if a person of this viewer's sight
    /// judged so. Nothing is written. Null where the viewer does not see both records.
    /// </summary>
    public async Task<IReadOnlyList<Entity>?> SupposeAsync(
        Entity entity,
        (RecordId Left, RecordId Right, Verdict Verdict) judged,
        string what,
        CancellationToken cancellation
    )
    {
        List<Entity> found;
        await using (var sight = await LookAsync(cancellation))
        {
            var starts = sight.ByIds([.. entity.Members.Select(m => m.Id), judged.Left, judged.Right]);
            var both = starts.Where(s => s.Record.Id == judged.Left || s.Record.Id == judged.Right).ToList();
            if (both is not [var one, var other])
                return null;
            var (left, right) = Judgement.Ordered(judged.Left, judged.Right);
            var supposed = new Judgement
            {
                Sequence = long.MaxValue,
                Left = left,
                Right = right,
                Verdict = judged.Verdict,
                Authority = Authority.Person,
                DecidedBy = viewer.Name,
                DecidedAt = store.Time.GetUtcNow(),
                Reason = "",
                Label = Label.Meet(one.Record.Label, other.Record.Label),
            };
            // What another of the records also leads to is the same entity, and stands once.
            found =
            [
                .. Assemble(sight, starts, supposed)
                    .Values.DistinctBy(e => e.Members[0].Id)
                    .OrderByDescending(e => e.Members.Count)
                    .ThenBy(e => e.Members[0].Id),
            ];
        }
        await LogAsync(Operation.Consultation, what, MembersOf(found), null, cancellation);
        return found;
    }
}
