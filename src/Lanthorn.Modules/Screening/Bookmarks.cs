using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>
/// Entities that somebody wants to find again: private to the account, at most <see cref="Most"/>. A bookmark holds no more
/// than a record's id, so what it leads to is read, and logged, as everything else is.
/// </summary>
internal sealed class Bookmarks(Store store)
{
    public const int Most = 200;

    internal sealed record Bookmark(RecordId Record, DateTimeOffset SeenAt);

    private sealed record Row(byte[] RecordId, string SeenAt);

    /// <summary>The account's bookmarks, the newest first.</summary>
    public async Task<IReadOnlyList<Bookmark>> ListAsync(Work work, CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<Row>(
                    """
                    select record_id as RecordId, seen_at as SeenAt from screening_bookmark
                    where account = @Name order by made_at desc, record_id limit @Most
                    """,
                    new { work.Viewer.Name, Most }
                ),
            cancellation
        );
        return [.. rows.Select(r => new Bookmark(RecordId.FromBytes(r.RecordId), Times.Read(r.SeenAt)))];
    }

    /// <summary>The account's bookmark on any record of the entity; null where there is none.</summary>
    public async Task<Bookmark?> FindAsync(Work work, Entity entity, CancellationToken cancellation)
    {
        var members = entity.Members.Select(m => m.Id).ToHashSet();
        return (await ListAsync(work, cancellation)).FirstOrDefault(b => members.Contains(b.Record));
    }

    /// <exception cref="RefusedException">There are as many as there may be.</exception>
    public async Task SetAsync(Work work, Entity entity, CancellationToken cancellation)
    {
        var known = await ListAsync(work, cancellation);
        if (known.Count >= Most)
            throw new RefusedException(
                Refusal.Unprocessable(
                    "too-many-bookmarks",
                    $"You have {Most} bookmarks, which is all there can be",
                    "Take one away first"
                )
            );
        const string add = """
            insert into screening_bookmark (account, record_id, made_at, seen_at) values (@Name, @record, @now, @now)
            on conflict do nothing
            """;
        await RunAsync(add, work, entity.Members[0].Id, cancellation);
    }

    public async Task RemoveAsync(Work work, Entity entity, CancellationToken cancellation)
    {
        while (await FindAsync(work, entity, cancellation) is { } bookmark)
            await RunAsync(
                "delete from screening_bookmark where account = @Name and record_id = @record",
                work,
                bookmark.Record,
                cancellation
            );
    }

    /// <summary>The account has looked: what changed until now is no news any more.</summary>
    public Task SeenAsync(Work work, Bookmark bookmark, CancellationToken cancellation) =>
        RunAsync(
            "update screening_bookmark set seen_at = @now where account = @Name and record_id = @record",
            work,
            bookmark.Record,
            cancellation
        );

    private Task<int> RunAsync(string sql, Work work, RecordId record, CancellationToken cancellation)
    {
        var now = Times.Text(store.Time.GetUtcNow());
        var row = new
        {
            work.Viewer.Name,
            record = record.ToBytes(),
            now,
        };
        return store.WriteAsync(
            (connection, transaction) => connection.ExecuteAsync(sql, row, transaction),
            cancellation
        );
    }
}
