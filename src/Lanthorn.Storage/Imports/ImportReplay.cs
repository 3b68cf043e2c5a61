using System.Data.Common;
using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>A record of an import that comes in after it.</summary>
/// <param name="MustBeNew">The import has none with this id: the whole row was refused.</param>
public sealed record ReplayedRecord(IncomingRecord Record, bool MustBeNew);

/// <summary>Who brings refused rows in after all.</summary>
/// <param name="Said">Is called in the same transaction with what became of each record: null for in, else why not.</param>
public sealed record ReplayOrder(
    long Import,
    Viewer Account,
    Justification Justification,
    Func<DbConnection, DbTransaction, IReadOnlyList<string?>, Task> Said
);

/// <summary>
/// Writes records of an import that is over: rows that it refused, mended since. They count as the import's own, so that
/// its undo takes them back too. What a later import or a person said of a record since is not overwritten.
/// </summary>
public sealed class ImportReplay(Store store)
{
    /// <summary>So many records are written in one transaction, and no more are taken at once.</summary>
    public const int MaxRecords = 200;

    /// <returns>For each record null when it is in, else why it is not.</returns>
    /// <exception cref="RefusedByStoreException">The import takes no records any more; the message says what can be done.</exception>
    public async Task<IReadOnlyList<string?>> RunAsync(
        ReplayOrder order,
        IReadOnlyList<ReplayedRecord> records,
        CancellationToken cancellation
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(records.Count, MaxRecords);
        var labels = new Dictionary<Label, ushort>();
        foreach (var label in records.Select(r => r.Record.Label).Distinct())
            labels[label] = await store.Labels.InternAsync(label, cancellation);
        return await store.WriteAsync(
            async (connection, transaction) =>
            {
                var source = await NeedOpenAsync(connection, transaction, order.Import);
                var said = Write(connection, transaction, (order, source), records, labels);
                await order.Said(connection, transaction, said);
                return said;
            },
            cancellation
        );
    }

    private List<string?> Write(
        DbConnection connection,
        DbTransaction transaction,
        (ReplayOrder Order, SourceCode Source) on,
        IReadOnlyList<ReplayedRecord> records,
        Dictionary<Label, ushort> labels
    )
    {
        var (order, source) = on;
        using var statements = new RecordStatements(store, connection, transaction);
        using var probe = new RecordProbe(store.Dialect, connection, transaction);
        var (said, versions, counts) = (new List<string?>(), new List<RecordVersion>(), new ImportCounts(0, 0, 0));
        foreach (var replayed in records)
        {
            var hashed = HashedRecord.Of(replayed.Record, source, store.InstallationKey);
            var known = probe.Find(hashed.Id);
            var why =
                probe.IsErased(hashed.Id) ? "the record was erased here before and stays out"
                : known is { } there ? WhyNot(connection, transaction, order.Import, there.Ordinal, replayed.MustBeNew)
                : null;
            said.Add(why);
            if (why is not null)
                continue;
            var label = statements.Standing(hashed.Id, labels[replayed.Record.Label]);
            if (known is { } same && same.IsSame(hashed.Hash, label))
                continue;
            var derived = DerivedRecord.Of(hashed, store.InstallationKey);
            if (known is { } before)
            {
                var version = statements.Update(before, derived, source, label, order.Import);
                versions.Add(new(hashed.Id, version));
                probe.Remember(hashed.Id, before with { Version = version, Hash = hashed.Hash, ListedTo = null });
                counts += new ImportCounts(0, 1, 0);
                continue;
            }
            statements.LookAhead([derived]);
            var added = statements.Insert(derived, source, label, order.Import);
            probe.Remember(hashed.Id, added);
            versions.Add(new(hashed.Id, added.Version));
            counts += new ImportCounts(1, 0, 0);
        }
        statements.Close();
        Count(connection, transaction, order.Import, counts);
        store.Audit.AppendIn(
            connection,
            transaction,
            AuditEntry.By(
                order.Account,
                Operation.Collection,
                $"import {order.Import} of {source} replayed",
                versions,
                order.Justification
            )
        );
        return said;
    }

    private static string? WhyNot(
        DbConnection connection,
        DbTransaction transaction,
        long import,
        int ordinal,
        bool mustBeNew
    )
    {
        var on = new { import, ordinal };
        var own = connection.ExecuteScalar<long>(
            "select count(*) from record_version where ordinal = @ordinal and import_id = @import",
            on,
            transaction
        );
        if (mustBeNew && own > 0)
            return "the import has a record with this id already: is the id right? If so, correct that record by hand";
        var later = connection.ExecuteScalar<long>(
            """
            select (select count(*) from record_version where ordinal = @ordinal and import_id > @import)
                + (select count(*) from import_touch where ordinal = @ordinal and import_id > @import)
            """,
            on,
            transaction
        );
        return later > 0
            ? "a later import or a person has said something of this record since: correct that by hand where it is wrong"
            : null;
    }

    private static void Count(DbConnection connection, DbTransaction transaction, long import, ImportCounts counts) =>
        connection.Execute(
            """
            update import set new_records = new_records + @New, changed_records = changed_records + @Changed
            where id = @import
            """,
            new
            {
                import,
                counts.New,
                counts.Changed,
            },
            transaction
        );

    private static async Task<SourceCode> NeedOpenAsync(DbConnection connection, DbTransaction transaction, long import)
    {
        var (source, state) = await connection.QuerySingleOrDefaultAsync<(string? Source, string State)>(
            "select source, state from import where id = @import",
            new { import },
            transaction
        );
        if (source is null)
            throw new RefusedByStoreException("The import has written nothing: mend its files and import them again");
        if (state is ImportUndo.Undoing or ImportUndo.Undone)
            throw new RefusedByStoreException("The import was undone: mend its files and import them again");
        var later = await connection.ExecuteScalarAsync<long>(
            """
            select count(*) from import
            where source = @source and id > @import and is_complete = 1 and state <> @Undone
            """,
            new
            {
                source,
                import,
                ImportUndo.Undone,
            },
            transaction
        );
        return later == 0
            ? SourceCode.Parse(source).Value
            : throw new RefusedByStoreException(
                $"A later complete edition of {source} says what is on the list: mend the row there, and import that again"
            );
    }
}
