using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Who takes an import back, and why.</summary>
/// <param name="Said">
/// Is called in the transaction in which the undoing begins (false) and in that in which it has ended (true).
/// </param>
public sealed record UndoOrder(
    long Import,
    Viewer Account,
    Justification Justification,
    string Reason,
    Func<DbConnection, DbTransaction, bool, Task> Said
);

/// <summary>What the undo of an import does, or would do.</summary>
/// <param name="Vanishing">Records that the import brought first.</param>
/// <param name="Reverting">Records that go back to the version before.</param>
/// <param name="Reopening">Records that the import ended, and that are listed again.</param>
/// <param name="Ending">Records that the import brought back to their list, and that leave it again.</param>
/// <param name="Judgements">On vanishing records, as far as the account sees them: they stay, and no longer count.</param>
public sealed record UndoCounts(long Vanishing, long Reverting, long Reopening, long Ending, long Judgements);

/// <summary>
/// Takes an import back: its versions are withdrawn, records return to the state in which it found them. The newest import
/// of a source goes first, since each builds on those before it: what an earlier one brought, a later one has seen and
/// passed over as unchanged. In short transactions; one that was killed is continued by asking again, and until then the
/// source takes no import.
/// </summary>
public sealed class ImportUndo(Store store)
{
    internal const string Undoing = "undoing";
    internal const string Undone = "undone";

    private const int AtOnce = 64;
    private static readonly TimeSpan LongestSlice = TimeSpan.FromMilliseconds(35);

    private sealed record Found(long Id, string Source, string State, long First, string? SourceBefore);

    /// <summary>What it would do.</summary>
    /// <exception cref="RefusedByStoreException">It cannot be undone; the message says why and what can be done.</exception>
    public async Task<UndoCounts> PreviewAsync(long import, Viewer account, CancellationToken cancellation)
    {
        await store.Labels.LoadAsync(cancellation);
        return await store.ReadOwnAsync(
            async connection => await CountAsync(connection, await FindAsync(connection, null, import), account),
            cancellation
        );
    }

    /// <summary>Undoes it; what was counted is what it did, and of a continued one what was left to do.</summary>
    /// <exception cref="RefusedByStoreException">It cannot be undone; the message says why and what can be done.</exception>
    public async Task<UndoCounts> RunAsync(UndoOrder order, CancellationToken cancellation)
    {
        var counts = await PreviewAsync(order.Import, order.Account, cancellation);
        var found = await store.WriteAsync(
            async (connection, transaction) =>
            {
                var begun = await FindAsync(connection, transaction, order.Import);
                await StateAsync(connection, transaction, order.Import, Undoing);
                await order.Said(connection, transaction, false);
                Log(connection, transaction, order, begun, [], "is being undone");
                return begun;
            },
            cancellation
        );
        while (await store.WriteAsync((c, t) => Task.FromResult(PutBackSome(c, t, order, found)), cancellation)) { }
        var made = await store.ReadOwnAsync(
            async c => (await c.QueryAsync<int>(MadeSql, new { order.Import, found.First })).ToList(),
            cancellation
        );
        for (var at = 0; at < made.Count; )
        {
            var from = at;
            at = await store.WriteAsync(
                (c, t) => Task.FromResult(VanishSome(c, t, order, found, (made, from))),
                cancellation
            );
        }
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                if (found.SourceBefore is { } before)
                    await SourceDescription.PutBackAsync(connection, transaction, before);
                await StateAsync(connection, transaction, order.Import, Undone);
                await order.Said(connection, transaction, true);
                Log(connection, transaction, order, found, [], "is undone");
            },
            cancellation
        );
        return counts;
    }

    /// <exception cref="RefusedByStoreException">An import of the source is half undone.</exception>
    internal static async Task RefuseHalfUndoneAsync(
        DbConnection connection,
        DbTransaction transaction,
        SourceCode source
    )
    {
        var half = await connection.ExecuteScalarAsync<long?>(
            "select id from import where source = @code and state = @Undoing",
            new { code = source.Value, Undoing },
            transaction
        );
        if (half is not null)
            throw new RefusedByStoreException(
                $"An import of {source} is being undone: let that end, or repeat the undo when it was stopped, then import"
            );
    }

    private static async Task<Found> FindAsync(DbConnection connection, DbTransaction? transaction, long import)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            select source as Source, state as State, first_ordinal as First, source_before as SourceBefore,
                started_at as StartedAt from import where id = @import
            """,
            new { import },
            transaction
        );
        if (row is null)
            throw new RefusedByStoreException("The import has written nothing: there is nothing to undo");
        if (row.State == Undone)
            throw new RefusedByStoreException("The import is undone already: import the files again to have them back");
        if (row.First is not { } first)
            throw new RefusedByStoreException(
                "The import is older than the memory of what imports found: import the edition before it again instead"
            );
        await RefuseBuiltOnAsync(connection, transaction, import, row, first);
        return new(import, row.Source, row.State, first, row.SourceBefore);
    }

    /// <summary>A later import has passed over what this one brought; a person has corrected it.</summary>
    private static async Task RefuseBuiltOnAsync(
        DbConnection connection,
        DbTransaction? transaction,
        long import,
        Row row,
        long first
    )
    {
        var on = new
        {
            import,
            row.Source,
            first,
            Undone,
        };
        var later = await connection.ExecuteScalarAsync<string?>(
            """
            select min(started_at) from import
            where source = @Source and id > @import and by_hand = 0 and state <> @Undone
            """,
            on,
            transaction
        );
        if (later is not null)
            throw new RefusedByStoreException(
                $"A later import of {row.Source}, begun {later}, builds on this one: undo the newest first, or import the "
                    + "edition that you want once more, which comes on top"
            );
        var corrected = await connection.ExecuteScalarAsync<long>(
            """
            select count(*) from import i join import_touch h on h.import_id = i.id
            where i.source = @Source and i.id > @import and i.by_hand = 1 and (
                exists (select 1 from import_touch t where t.import_id = @import and t.ordinal = h.ordinal)
                or exists (select 1 from record_version v where v.ordinal = h.ordinal and v.import_id = @import))
            """,
            on,
            transaction
        );
        if (corrected > 0)
            throw new RefusedByStoreException(
                $"{corrected} corrections by hand were made to its records since: import the edition before it once more, "
                    + "which comes on top and keeps them in the history"
            );
    }

    private async Task<UndoCounts> CountAsync(DbConnection connection, Found found, Viewer account)
    {
        var on = new
        {
            Import = found.Id,
            found.First,
            labels = Dialect.Listed(store.Labels.For(account)),
        };
        var touched = await connection.QuerySingleAsync<(long Reverting, long Reopening, long Ending)>(
            """
            select count(case when r.version <> t.version then 1 end),
                count(case when t.listed_to is null and r.listed_to is not null then 1 end),
                count(case when t.listed_to is not null and r.listed_to is null then 1 end)
            from import_touch t join record r on r.ordinal = t.ordinal where t.import_id = @Import
            """,
            on
        );
        var vanishing = await connection.ExecuteScalarAsync<long>($"select count(*) from ({MadeSql}) m", on);
        var judgements = await connection.ExecuteScalarAsync<long>(
            $"""
            select count(*) from judgement j where {store.Dialect.IsOneOf("j.label_id", "@labels")} and exists (
                select 1 from record r where r.id in (j.left_id, j.right_id) and r.ordinal >= @First
                    and exists (select 1 from record_version v where v.ordinal = r.ordinal and v.import_id = @Import)
                    and not exists (select 1 from import_touch t where t.import_id = @Import and t.ordinal = r.ordinal))
            """,
            on
        );
        return new(vanishing, touched.Reverting, touched.Reopening, touched.Ending, judgements);
    }

    /// <summary>The records that an import made, the first first.</summary>
    private const string MadeSql = """
        select distinct v.ordinal from record_version v where v.ordinal >= @First and v.import_id = @Import
            and not exists (select 1 from import_touch t where t.import_id = @Import and t.ordinal = v.ordinal)
        order by v.ordinal
        """;

    /// <summary>False when none was left.</summary>
    private bool PutBackSome(DbConnection connection, DbTransaction transaction, UndoOrder order, Found found)
    {
        var started = Stopwatch.GetTimestamp();
        using var statements = new RecordStatements(store, connection, transaction);
        using var forget = new Statement(
            connection,
            transaction,
            "delete from import_touch where import_id = $1 and ordinal = $2"
        );
        var (taken, some) = (new List<RecordVersion>(), Touched(connection, transaction, order.Import));
        foreach (var (ordinal, before, present) in some)
        {
            // What was erased meanwhile has nothing to go back to.
            if (present is not null)
            {
                var versions = statements.PutBack(present, before);
                taken.AddRange(versions.Count > 0 ? versions : [new(present.Id, present.Version)]);
            }
            forget.Run(order.Import, (long)ordinal);
            if (Stopwatch.GetElapsedTime(started) > LongestSlice)
                break;
        }
        statements.Close();
        if (taken.Count > 0)
            Log(connection, transaction, order, found, taken, "undone");
        return some.Count > 0;
    }

    private int VanishSome(
        DbConnection connection,
        DbTransaction transaction,
        UndoOrder order,
        Found found,
        (List<int> Ordinals, int From) made
    )
    {
        var started = Stopwatch.GetTimestamp();
        using var statements = new RecordStatements(store, connection, transaction);
        using var find = new Statement(
            connection,
            transaction,
            $"select {PresentColumns} from record r where ordinal = $1"
        );
        var (taken, at) = (new List<RecordVersion>(), made.From);
        while (at < made.Ordinals.Count && Stopwatch.GetElapsedTime(started) < LongestSlice)
            if (ReadPresent(find, made.Ordinals[at++]) is { } present)
                taken.AddRange(statements.Vanish(present));
        statements.Close();
        if (taken.Count > 0)
            Log(connection, transaction, order, found, taken, "undone");
        return at;
    }

    private const string PresentColumns =
        "r.ordinal, r.id, r.rank, r.source, r.external_id, r.version, r.label_id, r.listed_to";

    /// <summary>A record as it stands in the transaction.</summary>
    internal static Present? FindPresent(DbConnection connection, DbTransaction transaction, RecordId id)
    {
        using var find = new Statement(connection, transaction, $"select {PresentColumns} from record r where id = $1");
        using var row = find.Read(id.ToBytes());
        return row.Read() ? ToPresent(row) : null;
    }

    private static Present? ReadPresent(Statement find, int ordinal)
    {
        using var row = find.Read((long)ordinal);
        return row.Read() ? ToPresent(row) : null;
    }

    private static Present ToPresent(DbDataReader row) =>
        new(
            row.GetInt32(0),
            RecordId.FromBytes(row.GetFieldValue<byte[]>(1)),
            row.GetInt64(2),
            row.GetString(3),
            row.GetString(4),
            row.GetInt32(5),
            (ushort)row.GetInt32(6),
            row.IsDBNull(7) ? null : row.GetString(7)
        );

    private static List<(int Ordinal, Before Before, Present? Present)> Touched(
        DbConnection connection,
        DbTransaction transaction,
        long import
    )
    {
        using var select = new Statement(
            connection,
            transaction,
            $"""
            select {PresentColumns}, t.ordinal, t.version, t.content_hash, t.public_id, t.label_id, t.listed_to,
                t.changed_at, t.category
            from import_touch t left join record r on r.ordinal = t.ordinal
            where t.import_id = $1 order by t.ordinal limit $2
            """
        );
        using var row = select.Read(import, (long)AtOnce);
        var found = new List<(int, Before, Present?)>();
        while (row.Read())
            found.Add(
                (
                    row.GetInt32(8),
                    new(
                        row.GetInt32(9),
                        row.GetFieldValue<byte[]>(10),
                        row.GetString(11),
                        (ushort)row.GetInt32(12),
                        row.IsDBNull(13) ? null : row.GetString(13),
                        row.GetString(14),
                        row.GetInt64(15)
                    ),
                    row.IsDBNull(0) ? null : ToPresent(row)
                )
            );
        return found;
    }

    private static Task<int> StateAsync(
        DbConnection connection,
        DbTransaction transaction,
        long import,
        string state
    ) =>
        connection.ExecuteAsync(
            "update import set state = @state where id = @import",
            new { state, import },
            transaction
        );

    private void Log(
        DbConnection connection,
        DbTransaction transaction,
        UndoOrder order,
        Found found,
        IReadOnlyList<RecordVersion> versions,
        string done
    ) =>
        store.Audit.AppendIn(
            connection,
            transaction,
            AuditEntry.By(
                order.Account,
                Operation.Alteration,
                $"import {found.Id} of {found.Source} {done}",
                versions,
                order.Justification with
                {
                    Text = $"{order.Justification.Text}: {order.Reason}",
                }
            )
        );

    private sealed class Row
    {
        public required string Source { get; init; }
        public required string State { get; init; }
        public long? First { get; init; }
        public string? SourceBefore { get; init; }
        public required string StartedAt { get; init; }
    }
}
