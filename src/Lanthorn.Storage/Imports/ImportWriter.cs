using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>
/// Writes the records of one import in short transactions. Unchanged records are recognised by their hash and cost no write;
/// a killed import leaves whole transactions, and the next one simply continues. Not safe for several threads.
/// </summary>
public sealed class ImportWriter
{
    /// <summary>
    /// A transaction that has lasted so long is committed, so that readers who log are not kept waiting: with the commit it
    /// stays near 50 ms.
    /// </summary>
    private static readonly TimeSpan LongestSlice = TimeSpan.FromMilliseconds(35);

    /// <summary>Where no server answers anybody meanwhile, fewer and longer transactions write less.</summary>
    private static readonly TimeSpan LongestSliceAlone = TimeSpan.FromSeconds(1);

    /// <summary>How many records a slice holds where the database is far; it finds its way between these.</summary>
    private const int LeastAtOnce = 32;
    private const int MostAtOnce = 2_048;

    /// <summary>Fewer records than this are not worth a second core.</summary>
    private const int LeastForParallel = 64;

    private const string Finished = "finished";

    private readonly Store store;
    private readonly ImportStart start;
    private readonly OrdinalSet seen = new();
    private ImportCounts counts = new(0, 0, 0);
    private int atOnce = LeastAtOnce;

    private ImportWriter(Store store, ImportStart start, long importId) =>
        (this.store, this.start, ImportId) = (store, start, importId);

    public long ImportId { get; }

    /// <summary>What is on the disk so far, of a batch that was broken off as well.</summary>
    public ImportCounts Counts => counts;

    internal static async Task<ImportWriter> BeginAsync(Store store, ImportStart start, CancellationToken cancellation)
    {
        var id = await store.WriteAsync(
            async (connection, transaction) =>
            {
                var time = store.Time.GetUtcNow();
                var row = new
                {
                    code = start.Source.Value,
                    label = (long)store.Labels.InternIn(connection, transaction, start.Label),
                    account = start.Account.Name,
                    organisation = start.Account.Organisation,
                    now = Times.Text(time),
                    id = time.ToUnixTimeMilliseconds(),
                    complete = start.IsComplete ? 1L : 0L,
                    files = JsonSerializer.Serialize(start.Files),
                    before = "",
                };
                await ImportUndo.RefuseHalfUndoneAsync(connection, transaction, start.Source);
                await connection.ExecuteAsync(ImportSql.InterruptOthers, row, transaction);
                row = row with
                {
                    id = Math.Max(
                        row.id,
                        await connection.ExecuteScalarAsync<long>(ImportSql.NextId, null, transaction)
                    ),
                    before = await SourceDescription.TextAsync(connection, transaction, start.Source),
                };
                return await connection.ExecuteScalarAsync<long>(ImportSql.Insert, row, transaction);
            },
            cancellation
        );
        return new(store, start, id);
    }

    /// <summary>
    /// Writes a batch; when it returns, everything in it is acknowledged and on the disk. Gives what this batch brought.
    /// </summary>
    /// <exception cref="RefusedByStoreException">Another import of this source began meanwhile; no label is free.</exception>
    public async Task<ImportCounts> WriteAsync(IReadOnlyList<IncomingRecord> batch, CancellationToken cancellation)
    {
        var before = counts;
        return await WriteAsync(await PrepareAsync(batch, cancellation), cancellation) - before;
    }

    /// <summary>
    /// Works out what a batch will write, and what of it is known and the same. May run while the batch before is written.
    /// </summary>
    public async Task<PreparedBatch> PrepareAsync(IReadOnlyList<IncomingRecord> batch, CancellationToken cancellation)
    {
        var labels = new Dictionary<Label, ushort>();
        foreach (var label in batch.Select(r => r.Label).Distinct())
            labels[label] = await store.Labels.InternAsync(label, cancellation);
        var hashed = InParallel(batch, r => HashedRecord.Of(r, start.Source, store.InstallationKey));
        var (same, different) = await RecogniseAsync(hashed, labels, cancellation);
        return new(same, InParallel(different, Derive), labels);
    }

    /// <summary>Writes what was prepared, one batch at a time and in their order; gives what was written so far.</summary>
    /// <exception cref="RefusedByStoreException">Another import of this source began meanwhile.</exception>
    public async Task<ImportCounts> WriteAsync(PreparedBatch batch, CancellationToken cancellation)
    {
        var (waiting, unchanged) = (new List<DerivedRecord>(batch.Different), 0);
        foreach (var (record, ordinal) in batch.Same)
            if (seen.Add(ordinal))
                unchanged++;
            else
                // It came before, perhaps with other content: what is stored now decides.
                waiting.Add(Derive(record));
        counts += new ImportCounts(0, 0, unchanged);
        // In the order of ranks, which the text index takes in best; stable, so that of repeated records the first stands.
        waiting = [.. waiting.OrderBy(w => w.Hashed.Rank)];
        for (var at = 0; at < waiting.Count; )
        {
            var from = at;
            (at, var slice) = await store.WriteAsync(
                (c, t) => Task.FromResult(WriteSlice(c, t, waiting, from, batch.Labels)),
                cancellation
            );
            counts += slice;
        }
        return counts;
    }

    /// <summary>
    /// Closes the vintage; of a complete edition, ends what was not in it. An edition without any record is taken for a
    /// broken file, and ends nothing.
    /// </summary>
    public async Task<ImportCounts> FinishAsync(CancellationToken cancellation)
    {
        if (start.IsComplete && seen.Count > 0)
            await EndMissingAsync(cancellation);
        await CloseAsync(Finished, "", cancellation);
        return counts;
    }

    /// <summary>Stops where it is: what was written stays, nothing is ended.</summary>
    public Task AbandonAsync(string reason, CancellationToken cancellation) =>
        CloseAsync("stopped", reason, cancellation);

    private static List<TOut> InParallel<TIn, TOut>(IReadOnlyList<TIn> items, Func<TIn, TOut> work) =>
        items.Count < LeastForParallel ? [.. items.Select(work)] : [.. items.AsParallel().AsOrdered().Select(work)];

    private DerivedRecord Derive(HashedRecord record) => DerivedRecord.Of(record, store.InstallationKey);

    /// <summary>Parts what is known, listed and the same from the rest, without touching the writer.</summary>
    private async Task<(List<(HashedRecord, int Ordinal)> Same, List<HashedRecord> Different)> RecogniseAsync(
        List<HashedRecord> hashed,
        Dictionary<Label, ushort> labels,
        CancellationToken cancellation
    )
    {
        var (same, different) = (new List<(HashedRecord, int)>(), new List<HashedRecord>());
        await using var lease = await store.Readers.RentAsync(cancellation);
        await using var snapshot = store.Dialect.BeginSnapshot(lease.Connection);
        using var probe = new RecordProbe(store.Dialect, lease.Connection, snapshot);
        probe.LookAhead([.. hashed.Select(h => h.Id)]);
        foreach (var record in hashed)
            if (probe.Find(record.Id) is { } known && known.IsSame(record.Hash, labels[record.Record.Label]))
                same.Add((record, known.Ordinal));
            else
                different.Add(record);
        return (same, different);
    }

    private (int Next, ImportCounts Counts) WriteSlice(
        DbConnection connection,
        DbTransaction transaction,
        List<DerivedRecord> waiting,
        int from,
        Dictionary<Label, ushort> labels
    )
    {
        var started = Stopwatch.GetTimestamp();
        EnsureRunning(connection, transaction);
        using var statements = new RecordStatements(store, connection, transaction);
        using var probe = new RecordProbe(store.Dialect, connection, transaction);
        var end = LookAhead(statements, probe, waiting, from);
        var (written, at) = (new ImportCounts(0, 0, 0), from);
        var versions = new List<RecordVersion>();
        // Of a database on a server nobody here knows who else waits for it.
        var longest = store.Dialect.IsFar || store.Presence.IsAnybodyServing() ? LongestSlice : LongestSliceAlone;
        while (at < end && Stopwatch.GetElapsedTime(started) < longest)
            written += WriteOne(statements, probe, waiting[at], labels[waiting[at++].Hashed.Record.Label], versions);
        statements.Close();
        if (versions.Count > 0)
            store.Audit.AppendIn(connection, transaction, Entry(Operation.Collection, versions, "written"));
        if (store.Dialect.IsFar)
            atOnce = Math.Clamp(
                Stopwatch.GetElapsedTime(started) < LongestSlice / 2 ? atOnce * 2 : atOnce * 3 / 4,
                LeastAtOnce,
                MostAtOnce
            );
        return (at, written);
    }

    /// <summary>
    /// Where the database is far, looks up as many records as the last slice shows to fit into one; gives the end of what may
    /// be written in this slice.
    /// </summary>
    private int LookAhead(RecordStatements statements, RecordProbe probe, List<DerivedRecord> waiting, int from)
    {
        if (!store.Dialect.IsFar)
            return waiting.Count;
        var some = waiting.GetRange(from, Math.Min(atOnce, waiting.Count - from));
        probe.LookAhead([.. some.Select(s => s.Hashed.Id)]);
        statements.LookAhead([.. some.Where(s => probe.Find(s.Hashed.Id) is null)]);
        return from + some.Count;
    }

    private ImportCounts WriteOne(
        RecordStatements statements,
        RecordProbe probe,
        DerivedRecord record,
        ushort label,
        List<RecordVersion> versions
    )
    {
        var hashed = record.Hashed;
        label = statements.Standing(hashed.Id, label);
        if (probe.Find(hashed.Id) is not { } known)
        {
            if (probe.IsErased(hashed.Id))
                return new(0, 0, 0, KeptOut: 1);
            var added = statements.Insert(record, start.Source, label, ImportId);
            probe.Remember(hashed.Id, added);
            seen.Add(added.Ordinal);
            versions.Add(new(hashed.Id, added.Version));
            return new(1, 0, 0);
        }
        var isRepetition = !seen.Add(known.Ordinal);
        if (known.IsSame(hashed.Hash, label))
            return new(0, 0, 1);
        if (isRepetition)
            return new(0, 0, 0, Repeated: 1);
        versions.Add(new(hashed.Id, statements.Update(known, record, start.Source, label, ImportId)));
        return new(0, 1, 0);
    }

    private async Task EndMissingAsync(CancellationToken cancellation)
    {
        var missing = await store.ReadOwnAsync(
            async connection =>
                (await connection.QueryAsync<int>(ImportSql.Listed, new { code = start.Source.Value }))
                    .Where(o => !seen.Contains(o))
                    .ToList(),
            cancellation
        );
        for (var at = 0; at < missing.Count; )
        {
            var from = at;
            at = await store.WriteAsync((c, t) => Task.FromResult(EndSlice(c, t, missing, from)), cancellation);
        }
    }

    private int EndSlice(DbConnection connection, DbTransaction transaction, List<int> missing, int from)
    {
        var started = Stopwatch.GetTimestamp();
        EnsureRunning(connection, transaction);
        using var statements = new RecordStatements(store, connection, transaction);
        using var version = new Statement(connection, transaction, "select id, version from record where ordinal = $1");
        var versions = new List<RecordVersion>();
        var at = from;
        while (at < missing.Count && Stopwatch.GetElapsedTime(started) < LongestSlice)
        {
            var ordinal = missing[at++];
            if (!statements.End(ordinal, ImportId))
                continue;
            using var row = version.Read((long)ordinal);
            row.Read();
            versions.Add(new(RecordId.FromBytes((byte[])row[0]), row.GetInt32(1)));
        }
        statements.Close();
        store.Audit.AppendIn(connection, transaction, Entry(Operation.Alteration, versions, "ended"));
        counts += new ImportCounts(0, 0, 0, versions.Count);
        return at;
    }

    /// <summary>Two imports of one source at once would end each other's records, so the later one has it.</summary>
    private void EnsureRunning(DbConnection connection, DbTransaction transaction)
    {
        using var state = new Statement(connection, transaction, "select state from import where id = $1");
        if (state.Scalar(ImportId) is not "running")
            throw new RefusedByStoreException(
                $"Another import of {start.Source} has begun: wait for it, then import these files again"
            );
    }

    private Task CloseAsync(string state, string note, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                var row = new
                {
                    ImportId,
                    state,
                    note,
                    now = Times.Text(store.Time.GetUtcNow()),
                    counts.New,
                    counts.Changed,
                    counts.Unchanged,
                    counts.Ended,
                    counts.Repeated,
                    counts.KeptOut,
                };
                EnsureRunning(connection, transaction);
                await connection.ExecuteAsync(ImportSql.Close, row, transaction);
                store.Audit.AppendIn(connection, transaction, Entry(Operation.Collection, [], state));
                var news = new SourceChanged(
                    start.Source.Value,
                    ImportId,
                    state == Finished,
                    counts.New,
                    counts.Changed,
                    counts.Ended
                );
                Outbox.WriteIn(connection, transaction, SourceChanged.Topic, news.ToJson(), row.now);
            },
            cancellation
        );

    private AuditEntry Entry(Operation operation, IReadOnlyList<RecordVersion> versions, string done) =>
        AuditEntry.By(
            start.Account,
            operation,
            $"import {ImportId} of {start.Source} {done}",
            versions,
            new Justification(start.Justification)
        );
}

/// <summary>A batch that waits to be written.</summary>
public sealed class PreparedBatch
{
    internal PreparedBatch(
        List<(HashedRecord Record, int Ordinal)> same,
        List<DerivedRecord> different,
        Dictionary<Label, ushort> labels
    ) => (Same, Different, Labels) = (same, different, labels);

    internal List<(HashedRecord Record, int Ordinal)> Same { get; }

    internal List<DerivedRecord> Different { get; }

    internal Dictionary<Label, ushort> Labels { get; }
}

/// <summary>What is written about imports themselves.</summary>
internal static class ImportSql
{
    public const string EnsureSource = "insert into source (code, title) values (@code, @code) on conflict do nothing";

    public const string InterruptOthers = $"""
        {EnsureSource};
        update import set state = 'interrupted' where source = @code and state = 'running';
        """;

    public const string NextId = "select coalesce(max(id) + 1, 0) from import";

    public const string Insert = """
        insert into import (id, source, label_id, account, organisation, started_at, state, is_complete, files,
            first_ordinal, source_before)
        values (@id, @code, @label, @account, @organisation, @now, 'running', @complete, @files,
            (select coalesce(max(ordinal), 0) + 1 from record), @before) returning id
        """;

    /// <summary>One record that a person wrote.</summary>
    public const string InsertByHand = """
        insert into import (id, source, label_id, account, organisation, started_at, finished_at, state, note,
            is_complete, files, first_ordinal, by_hand)
        select case when @id > n.next then @id else n.next end, @code, @label, @account, @organisation, @now, @now,
            'finished', @reason, 0, '[]', (select coalesce(max(ordinal), 0) + 1 from record), 1
        from (select coalesce(max(id) + 1, 0) as next from import) n
        returning id
        """;

    public const string Close = """
        update import set finished_at = @now, state = @state, note = @note, new_records = @New, changed_records = @Changed,
            unchanged_records = @Unchanged, ended_records = @Ended, repeated_records = @Repeated,
            kept_out_records = @KeptOut where id = @ImportId
        """;

    public const string Listed = "select ordinal from record where source = @code and listed_to is null";
}
