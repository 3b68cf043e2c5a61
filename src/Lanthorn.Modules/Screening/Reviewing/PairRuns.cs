using System.Text.Json.Serialization;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>The searches for pairs that an account began: numbered, its own, for nobody else.</summary>
internal sealed class PairRuns(Store store)
{
    public const string Waiting = "waiting";
    public const string Running = "running";
    public const string Finished = "finished";
    public const string Stopped = "stopped";
    public const string Failed = "failed";

    /// <summary>So many are kept, the newest.</summary>
    public const int Most = 20;

    /// <param name="ChangedSince">Only what came or changed since; null is every record of the source.</param>
    /// <param name="Records">So many records are to be looked at.</param>
    /// <param name="Kept">Fewer than found where the worklist was full.</param>
    /// <param name="Joins">What is surely the same is joined by the program.</param>
    /// <param name="Joined">So many pairs it joined.</param>
    internal sealed record Run(
        long Number,
        string Source,
        DateTimeOffset? ChangedSince,
        string State,
        int Records,
        int Looked,
        int Found,
        int Kept,
        bool Joins,
        int Joined,
        DateTimeOffset StartedAt,
        DateTimeOffset? FinishedAt
    )
    {
        /// <summary>Where the last record that was looked at stands; for going on.</summary>
        [JsonIgnore]
        public Reading.Place? Reached { get; init; }

        public bool IsUnderWay => State is Waiting or Running;
    }

    private sealed class Row
    {
        public required long Number { get; init; }
        public required string Source { get; init; }
        public string? ChangedSince { get; init; }
        public required string State { get; init; }
        public required long Records { get; init; }
        public required long Looked { get; init; }
        public required long Found { get; init; }
        public required long Kept { get; init; }
        public required long Joins { get; init; }
        public required long Joined { get; init; }
        public required string StartedAt { get; init; }
        public string? FinishedAt { get; init; }
        public string? ReachedAt { get; init; }
        public byte[]? ReachedId { get; init; }

        public Run ToRun() =>
            new(
                Number,
                Source,
                Moment(ChangedSince),
                State,
                (int)Records,
                (int)Looked,
                (int)Found,
                (int)Kept,
                Joins != 0,
                (int)Joined,
                Times.Read(StartedAt),
                Moment(FinishedAt)
            )
            {
                Reached =
                    ReachedAt is not null && ReachedId is not null
                        ? new(ReachedAt, RecordId.FromBytes(ReachedId))
                        : null,
            };

        private static DateTimeOffset? Moment(string? text) => text is null ? null : Times.Read(text);
    }

    /// <summary>The account's own under the sight that it has now, the newest first.</summary>
    public async Task<IReadOnlyList<Run>> ListAsync(Work work, CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<Row>(
                    """
                    select number as Number, source as Source, changed_since as ChangedSince, state as State,
                        records as Records, looked as Looked, found as Found, kept as Kept, joins as Joins,
                        joined as Joined, started_at as StartedAt,
                        finished_at as FinishedAt,
                        reached_at as ReachedAt, reached_id as ReachedId
                    from screening_pair_run where account = @Name and sight = @sight order by number desc limit @Most
                    """,
                    new
                    {
                        work.Viewer.Name,
                        sight = Worklist.SightOf(work.Viewer),
                        Most,
                    }
                ),
            cancellation
        );
        return [.. rows.Select(r => r.ToRun())];
    }

    public Task<long> BeginAsync(Work work, FindPairs.Request request, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                const string next = """
                    select coalesce(max(number), 0) + 1 from screening_pair_run where account = @Name
                    """;
                var number = await connection.ExecuteScalarAsync<long>(next, new { work.Viewer.Name }, transaction);
                var row = new
                {
                    number,
                    work.Viewer.Name,
                    sight = Worklist.SightOf(work.Viewer),
                    source = request.Source.Value,
                    joins = request.Joins ? 1L : 0L,
                    since = request.Since is { } moment ? Times.Text(moment) : null,
                    Waiting,
                    now = Times.Text(store.Time.GetUtcNow()),
                    last = number - Most,
                };
                await connection.ExecuteAsync(
                    """
                    insert into screening_pair_run (account, number, sight, source, changed_since, state, records, looked,
                        found, kept, joins, joined, started_at)
                    values (@Name, @number, @sight, @source, @since, @Waiting, 0, 0, 0, 0, @joins, 0, @now)
                    """,
                    row,
                    transaction
                );
                await connection.ExecuteAsync(
                    "delete from screening_pair_run where account = @Name and number <= @last",
                    row,
                    transaction
                );
                return number;
            },
            cancellation
        );

    public Task TellAsync(string account, long number, FindPairs.Progress progress, CancellationToken cancellation) =>
        RunAsync(
            """
            update screening_pair_run set state = @Running, records = @Records, looked = @Looked, found = @Found,
                joined = @Joined, reached_at = @reachedAt, reached_id = @reachedId
            where account = @account and number = @number
            """,
            new
            {
                account,
                number,
                Running,
                progress.Records,
                progress.Looked,
                progress.Found,
                progress.Joined,
                reachedAt = progress.Reached?.ChangedAt,
                reachedId = progress.Reached?.Id.ToBytes(),
            },
            cancellation
        );

    public Task EndAsync(string account, long number, string state, int kept, CancellationToken cancellation) =>
        RunAsync(
            """
            update screening_pair_run set state = @state, kept = @kept, finished_at = @now
            where account = @account and number = @number
            """,
            new
            {
                account,
                number,
                state,
                kept,
                now = Times.Text(store.Time.GetUtcNow()),
            },
            cancellation
        );

    /// <summary>What a stopped server had not finished.</summary>
    public Task EndAllAsync(CancellationToken cancellation) =>
        RunAsync(
            """
            update screening_pair_run set state = @Stopped, finished_at = @now where state in (@Waiting, @Running)
            """,
            new
            {
                Stopped,
                Waiting,
                Running,
                now = Times.Text(store.Time.GetUtcNow()),
            },
            cancellation
        );

    private Task<int> RunAsync(string sql, object row, CancellationToken cancellation) =>
        store.WriteAsync((connection, transaction) => connection.ExecuteAsync(sql, row, transaction), cancellation);
}
