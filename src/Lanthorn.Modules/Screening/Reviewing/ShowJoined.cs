using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>What programs joined and no person has judged, the least sure first: where an entity would fall apart first.</summary>
internal sealed class ShowJoined(Store store)
{
    /// <param name="Apart">
    /// How many records stand on either side if the two were kept apart; one number where others hold them together. Of what
    /// is listed.
    /// </param>
    internal sealed record Joined(Reading.EngineJoin Join, IReadOnlyList<int> Apart);

    public async Task<IReadOnlyList<Joined>> HandleAsync(Work work, CancellationToken cancellation)
    {
        var joins = await work.On(store).EngineJoinsAsync("what the program joined", cancellation);
        var neighbours = joins
            .SelectMany(j => new[] { (From: j.Left.Id, To: j.Right.Id), (From: j.Right.Id, To: j.Left.Id) })
            .ToLookup(e => e.From, e => e.To);
        return [.. joins.Select(j => new Joined(j, ApartOf(j, neighbours)))];
    }

    /// <summary>Along what programs joined; what people joined besides is shown by the page of the judgement.</summary>
    private static List<int> ApartOf(Reading.EngineJoin join, ILookup<RecordId, RecordId> neighbours)
    {
        var left = Reach(join.Left.Id);
        return left.Contains(join.Right.Id) ? [left.Count] : [left.Count, Reach(join.Right.Id).Count];

        HashSet<RecordId> Reach(RecordId from)
        {
            var reached = new HashSet<RecordId> { from };
            for (var open = new Queue<RecordId>([from]); open.TryDequeue(out var at); )
                foreach (var next in neighbours[at].Where(n => !IsCut(at, n) && reached.Add(n)))
                    open.Enqueue(next);
            return reached;
        }

        bool IsCut(RecordId one, RecordId other) =>
            (one == join.Left.Id && other == join.Right.Id) || (one == join.Right.Id && other == join.Left.Id);
    }
}
