using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Screening.Batch;

/// <summary>How far a screening is. Written in small letters in answers.</summary>
internal enum BatchState
{
    Waiting,
    Running,
    Finished,
    Stopped,
    Failed,
}

/// <summary>A row of the file that is looked for.</summary>
/// <param name="Reference">What names the row in the file; empty where nothing does.</param>
internal sealed record BatchRow(long Line, string Reference, EntityQuery Query)
{
    /// <summary>Whom the row is about, as the file says.</summary>
    public string Asked =>
        Query.Properties.First("name")
        ?? Query.Properties.Names.Select(Query.Properties.First).FirstOrDefault(v => v is not null)
        ?? "";
}

/// <summary>Somebody who was found. Of the record its id alone is kept: what it says is read when somebody looks.</summary>
internal sealed record BatchHit(BatchRow Row, RecordId Record, double Score);

/// <summary>A file as it was read.</summary>
/// <param name="Refused">Rows that cannot be looked for, with the reason: of so many as are told.</param>
/// <param name="Ignored">Values that were not understood, counted by their properties.</param>
internal sealed record BatchTable(
    string File,
    IReadOnlyList<BatchRow> Rows,
    IReadOnlyList<string> UsedColumns,
    IReadOnlyList<string> UnusedColumns,
    IReadOnlyList<(long Line, string Reason)> Refused,
    int RefusedCount,
    IReadOnlyDictionary<string, int> Ignored
);

/// <summary>One screening of one account, in the memory of this server and nowhere else.</summary>
internal sealed class BatchRun(string id, Work work, BatchRequest request, BatchTable table, DateTimeOffset startedAt)
    : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private IReadOnlyList<BatchHit> hits = [];
    private int done;

    public string Id => id;
    public Work Work => work;
    public BatchRequest Request => request;
    public BatchTable Table => table;
    public DateTimeOffset StartedAt => startedAt;
    public CancellationToken Stopped => stop.Token;

    public BatchState State { get; private set; } = BatchState.Waiting;

    /// <summary>So many rows have been looked for.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>What was found; nothing before the end, so that half a report is never taken for a whole one.</summary>
    public IReadOnlyList<BatchHit> Hits => hits;

    /// <summary>More was found than a report holds.</summary>
    public bool IsCut { get; private set; }

    public string? Failure { get; private set; }

    public bool IsUnderWay => State is BatchState.Waiting or BatchState.Running;

    /// <summary>The scorer: the whole report is scored by one, whatever is switched on since.</summary>
    public string ScoredBy { get; set; } = Matching.Algorithms.Default;

    public ITimer? End { get; set; }

    public bool IsOf(Viewer viewer) =>
        viewer.Name == work.Viewer.Name && viewer.Organisation == work.Viewer.Organisation;

    public void Begin() => State = BatchState.Running;

    public void Advance() => Interlocked.Increment(ref done);

    public void Finish(IReadOnlyList<BatchHit> found, bool isCut)
    {
        (hits, IsCut) = (found, isCut);
        State = BatchState.Finished;
    }

    public void Fail(string why)
    {
        Failure = why;
        State = BatchState.Failed;
    }

    public void Stop()
    {
        if (!IsUnderWay)
            return;
        State = BatchState.Stopped;
        stop.Cancel();
    }

    public void Dispose()
    {
        End?.Dispose();
        stop.Dispose();
    }
}
