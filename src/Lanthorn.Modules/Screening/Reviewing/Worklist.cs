using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Reviewing;

/// <summary>
/// The pairs that were found for an account: ids and scores, nothing that a record says. They count only while the account
/// sees what it saw when they were found; whoever sees more or less looks for pairs anew.
/// </summary>
internal sealed class Worklist(Store store)
{
    /// <summary>So many pairs are kept for an account: more than somebody reviews in a week.</summary>
    public const int Most = 400;

    internal sealed record Kept(PairId Pair, double Score, DateTimeOffset? SkippedAt);

    private sealed class Row
    {
        public required byte[] LeftId { get; init; }
        public required byte[] RightId { get; init; }
        public required double Score { get; init; }
        public string? SkippedAt { get; init; }

        public Kept ToKept() =>
            new(
                new(RecordId.FromBytes(LeftId), RecordId.FromBytes(RightId)),
                Score,
                SkippedAt is null ? null : Times.Read(SkippedAt)
            );
    }

    /// <summary>The same for two accounts whom every label treats alike.</summary>
    public static string SightOf(Viewer viewer) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(viewer.SightKey)));

    public async Task<IReadOnlyList<Kept>> ListAsync(Work work, CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<Row>(
                    """
                    select left_id as LeftId, right_id as RightId, score as Score, skipped_at as SkippedAt
                    from screening_pair where account = @Name and sight = @sight
                    order by score desc, left_id, right_id limit @Most
                    """,
                    Owner(work)
                ),
            cancellation
        );
        return [.. rows.Select(r => r.ToKept())];
    }

    /// <summary>Puts pairs in, the best first, as far as there is room; a pair that is there gets its new score.</summary>
    /// <param name="done">Those in it that wait for nothing any more, which make room.</param>
    /// <returns>How many of them are in it now.</returns>
    public Task<int> AddAsync(
        Work work,
        IReadOnlyCollection<(PairId Pair, double Score)> found,
        IReadOnlyCollection<PairId> done,
        string scorer,
        CancellationToken cancellation
    ) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                const string others = "delete from screening_pair where account = @Name and sight <> @sight";
                await connection.ExecuteAsync(others, Owner(work), transaction);
                foreach (var pair in done)
                    await RunAsync(
                        "delete from screening_pair where account = @Name and left_id = @left and right_id = @right",
                        work,
                        pair,
                        0,
                        scorer,
                        connection,
                        transaction
                    );
                const string count = "select count(*) from screening_pair where account = @Name";
                var room = Most - await connection.ExecuteScalarAsync<int>(count, Owner(work), transaction);
                var kept = 0;
                foreach (
                    var (pair, score) in found
                        .OrderByDescending(f => f.Score)
                        .ThenBy(f => f.Pair.Left)
                        .ThenBy(f => f.Pair.Right)
                )
                {
                    const string known = """
                        update screening_pair set score = @score, scorer = @scorer
                        where account = @Name and left_id = @left and right_id = @right
                        """;
                    if (await RunAsync(known, work, pair, score, scorer, connection, transaction) > 0)
                        kept++;
                    else if (room > 0)
                    {
                        const string add = """
                            insert into screening_pair (account, left_id, right_id, sight, score, scorer, found_at)
                            values (@Name, @left, @right, @sight, @score, @scorer, @now)
                            """;
                        kept += await RunAsync(add, work, pair, score, scorer, connection, transaction);
                        room--;
                    }
                }
                return kept;
            },
            cancellation
        );

    /// <summary>Puts a pair to the end.</summary>
    public Task SkipAsync(Work work, PairId pair, CancellationToken cancellation) =>
        store.WriteAsync(
            (connection, transaction) =>
                RunAsync(
                    """
                    update screening_pair set skipped_at = @now
                    where account = @Name and left_id = @left and right_id = @right
                    """,
                    work,
                    pair,
                    0,
                    "",
                    connection,
                    transaction
                ),
            cancellation
        );

    private static object Owner(Work work) =>
        new
        {
            work.Viewer.Name,
            sight = SightOf(work.Viewer),
            Most,
        };

    private Task<int> RunAsync(
        string sql,
        Work work,
        PairId pair,
        double score,
        string scorer,
        DbConnection connection,
        DbTransaction transaction
    ) =>
        connection.ExecuteAsync(
            sql,
            new
            {
                work.Viewer.Name,
                left = pair.Left.ToBytes(),
                right = pair.Right.ToBytes(),
                sight = SightOf(work.Viewer),
                score,
                scorer,
                now = Times.Text(store.Time.GetUtcNow()),
            },
            transaction
        );
}
