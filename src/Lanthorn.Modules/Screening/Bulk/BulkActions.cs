using Dapper;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Screening.Bulk;

/// <summary>What an account did with many entities at once: its own, the newest <see cref="Most"/>.</summary>
internal sealed class BulkActions(Store store)
{
    public const int Most = 50;

    internal sealed record Done(string Id, BulkAct Act, DateTimeOffset MadeAt, DateTimeOffset? UndoneAt);

    /// <param name="Other">The record that it was judged the same as.</param>
    /// <param name="Annotation">What was written about it.</param>
    internal sealed record Item(long Position, RecordId Record, RecordId? Other, long? Annotation, bool IsUndone);

    private sealed record Row(string Id, long Act, string MadeAt, string? UndoneAt)
    {
        public Done ToDone() =>
            new(Id, (BulkAct)Act, Times.Read(MadeAt), UndoneAt is null ? null : Times.Read(UndoneAt));
    }

    private sealed class ItemRow
    {
        public long Position { get; init; }
        public required byte[] RecordId { get; init; }
        public byte[]? OtherId { get; init; }
        public long? Annotation { get; init; }
        public long Undone { get; init; }

        public Item ToItem() =>
            new(
                Position,
                Knowledge.RecordId.FromBytes(RecordId),
                OtherId is null ? null : Knowledge.RecordId.FromBytes(OtherId),
                Annotation,
                Undone != 0
            );
    }

    private const string Columns = "id as Id, act as Act, made_at as MadeAt, undone_at as UndoneAt";

    /// <summary>A new one, before it is done; the oldest give way.</summary>
    public async Task<string> BeginAsync(Work work, BulkAct act, CancellationToken cancellation)
    {
        var now = store.Time.GetUtcNow();
        var row = new
        {
            id = Guid.CreateVersion7(now).ToString("N"),
            work.Viewer.Name,
            act = (long)act,
            now = Times.Text(now),
            keep = Most,
        };
        const string old =
            "select id from screening_bulk where account = @Name order by made_at desc, id desc limit 1000 offset @keep";
        string[] steps =
        [
            "insert into screening_bulk (id, account, act, made_at) values (@id, @Name, @act, @now)",
            $"delete from screening_bulk_item where bulk in (select id from ({old}) o)",
            $"delete from screening_bulk where id in (select id from ({old}) o)",
        ];
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                foreach (var step in steps)
                    await connection.ExecuteAsync(step, row, transaction);
            },
            cancellation
        );
        return row.id;
    }

    public Task AddAsync(string id, Item item, CancellationToken cancellation) =>
        RunAsync(
            """
            insert into screening_bulk_item (bulk, position, record_id, other_id, annotation)
            values (@id, @Position, @record, @other, @Annotation)
            """,
            new
            {
                id,
                item.Position,
                record = item.Record.ToBytes(),
                other = item.Other?.ToBytes(),
                item.Annotation,
            },
            cancellation
        );

    /// <summary>One thing was taken back.</summary>
    public Task UndoneAsync(string id, Item item, CancellationToken cancellation) =>
        RunAsync(
            "update screening_bulk_item set undone = 1 where bulk = @id and position = @Position",
            new { id, item.Position },
            cancellation
        );

    /// <summary>All was taken back that could be.</summary>
    public Task UndoneAsync(string id, CancellationToken cancellation) =>
        RunAsync(
            "update screening_bulk set undone_at = @now where id = @id",
            new { id, now = Times.Text(store.Time.GetUtcNow()) },
            cancellation
        );

    /// <summary>The account's own, the newest first.</summary>
    public async Task<IReadOnlyList<Done>> ListAsync(Work work, CancellationToken cancellation)
    {
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<Row>(
                    $"""
                    select {Columns} from screening_bulk where account = @Name
                    order by made_at desc, id desc limit @Most
                    """,
                    new { work.Viewer.Name, Most }
                ),
            cancellation
        );
        return [.. rows.Select(r => r.ToDone())];
    }

    /// <summary>Null when the account did no such thing.</summary>
    public async Task<(Done Done, IReadOnlyList<Item> Items)?> FindAsync(
        Work work,
        string id,
        CancellationToken cancellation
    )
    {
        if ((await ListAsync(work, cancellation)).FirstOrDefault(d => d.Id == id) is not { } done)
            return null;
        var rows = await store.ReadOwnAsync(
            connection =>
                connection.QueryAsync<ItemRow>(
                    """
                    select position as Position, record_id as RecordId, other_id as OtherId, annotation as Annotation,
                        undone as Undone
                    from screening_bulk_item where bulk = @id order by position
                    """,
                    new { id }
                ),
            cancellation
        );
        return (done, [.. rows.Select(r => r.ToItem())]);
    }

    private Task<int> RunAsync(string sql, object row, CancellationToken cancellation) =>
        store.WriteAsync((connection, transaction) => connection.ExecuteAsync(sql, row, transaction), cancellation);
}
