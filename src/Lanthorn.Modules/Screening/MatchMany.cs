using System.Runtime.CompilerServices;
using Lanthorn.Platform;

namespace Lanthorn.Screening;

/// <summary>Any number of queries, in batches: a batch is one entry in the log and one look at the store.</summary>
internal sealed class MatchMany(Candidates candidates, Match match)
{
    /// <param name="asked">Everything but the queries.</param>
    /// <returns>An answer for each query, in their order.</returns>
    public async IAsyncEnumerable<Match.Answer> HandleAsync(
        Work work,
        MatchRequest asked,
        IAsyncEnumerable<KeyValuePair<string, EntityQuery>> queries,
        string operation,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await candidates.LoadAsync(cancellation);
        await foreach (var batch in queries.Chunk(MatchRequest.MaxQueries).WithCancellation(cancellation))
        foreach (var answer in await match.HandleAsync(work, asked with { Queries = batch }, operation, cancellation))
            yield return answer;
    }
}
