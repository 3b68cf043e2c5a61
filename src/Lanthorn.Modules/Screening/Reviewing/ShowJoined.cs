using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>What programs joined and no person has judged, the least sure first: where an entity would fall apart first.</summary>
internal sealed class ShowJoined(Store store)
{
    /// <param name="Apart">How many records stand on either side if the two were kept apart; one number where others hold them together.</param>
    internal sealed record Joined(Reading.EngineJoin Join, IReadOnlyList<int> Apart);

    public async Task<IReadOnlyList<Joined>> HandleAsync(Work work, CancellationToken cancellation)
    {
        var joins = await work.On(store).EngineJoinsAsync("what the program joined", cancellation);
        return [.. joins.Select(j => new Joined(j, ApartOf(j, joins)))];
    }

    /// <summary>Along what programs joined; what people joined besides is shown by the page of the judgement.</summary>
    private static List<int> ApartOf(Reading.EngineJoin join, IReadOnlyList<Reading.EngineJoin> joins)
    {
        var neighbours = joins
            .Where(j => j != join)
            .SelectMany(j => new[] { (From: j.Left.Id, To: j.Right.Id), (From: j.Right.Id, To: j.Left.Id) })
            .ToLookup(e => e.From, e => e.To);
        var left = Reach(join.Left.Id);
        return left.Contains(join.Right.Id) ? [left.Count] : [left.Count, Reach(join.Right.Id).Count];

        HashSet<RecordId> Reach(RecordId from)
        {
            var reached = new HashSet<RecordId> { from };
            for (var open = new Queue<RecordId>([from]); open.TryDequeue(out var at); )
                foreach (var next in neighbours[at].Where(reached.Add))
                    open.Enqueue(next);
            return reached;
        }
    }
}
