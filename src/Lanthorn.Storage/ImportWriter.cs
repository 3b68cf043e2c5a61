using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Lanthorn.Knowledge;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>
/// Writes the records of one import in short transactions. Unchanged records are recognised by their hash and cost no write;
/// a killed import leaves whole transactions, and the next one simply continues.
/// </summary>
public sealed class ImportWriter
{
    /// <summary>A transaction that has lasted so long is committed, so that readers who log are not kept waiting.</summary>
    private static readonly TimeSpan LongestSlice = TimeSpan.FromMilliseconds(50);

    private readonly Store store;
    private readonly ImportStart start;
    private readonly Dictionary<RecordId, Known> known;
    private readonly HashSet<RecordId> seen = [];
    private ImportCounts counts = new(0, 0, 0);

    private readonly record struct Known(int Ordinal, int Version, UInt128 Hash, bool IsListed);

    private readonly record struct Prepared(IncomingRecord Record, RecordId Id, UInt128 Hash, byte[] Json);

    private ImportWriter(Store store, ImportStart start, long importId, Dictionary<RecordId, Known> known)
    {
        this.store = store;
        this.start = start;
        this.known = known;
        ImportId = importId;
    }

    public long ImportId { get; }

    internal static async Task<ImportWriter> BeginAsync(Store store, ImportStart start, CancellationToken cancellation)
    {
        var id = await store.WriteAsync(
            async (connection, transaction) =>
            {
                var row = new
                {
                    code = start.Source.Value,
                    account = start.Account.Name,
                    organisation = start.Account.Organisation,
                    now = Times.Text(store.Time.GetUtcNow()),
                    complete = start.IsComplete,
                    files = JsonSerializer.Serialize(start.Files),
                };
                await connection.ExecuteAsync(Sql.BeginImport, row, transaction);
                return await connection.ExecuteScalarAsync<long>(Sql.InsertImport, row, transaction);
            },
            cancellation
        );
        return new(store, start, id, await LoadKnownAsync(store, start.Source, cancellation));
    }

    /// <summary>Writes a batch; when it returns, everything in it is acknowledged and on the disk.</summary>
    public async Task<ImportCounts> WriteAsync(IReadOnlyList<IncomingRecord> batch, CancellationToken cancellation)
    {
        var (unchanged, waiting) = (0, new List<Prepared>());
        foreach (var record in batch)
        {
            var id = RecordId.Of(store.InstallationKey, start.Source, record.ExternalId);
            seen.Add(id);
            var (hash, json) = ContentHash.Of(record);
            if (known.TryGetValue(id, out var found) && found.Hash == hash && found.IsListed)
                unchanged++;
            else
                waiting.Add(new(record, id, hash, json));
        }
        foreach (var label in waiting.Select(w => w.Record.Label).Distinct())
            await store.Labels.InternAsync(label, cancellation);
        var written = new ImportCounts(0, 0, unchanged);
        for (var at = 0; at < waiting.Count; )
        {
            var from = at;
            var (next, slice) = await store.WriteAsync(
                (c, t) => Task.FromResult(WriteSlice(c, t, waiting, from)),
                cancellation
            );
            at = next;
            written += slice;
        }
        counts += written;
        return written;
    }

    /// <summary>Closes the vintage; of a complete edition, ends what was not in it.</summary>
    public async Task<ImportCounts> FinishAsync(CancellationToken cancellation)
    {
        var gone = start.IsComplete ? known.Where(k => k.Value.IsListed && !seen.Contains(k.Key)).ToList() : [];
        foreach (var slice in gone.Chunk(500))
            await store.WriteAsync(
                async (connection, transaction) =>
                {
                    var now = Times.Text(store.Time.GetUtcNow());
                    foreach (var (_, record) in slice)
                    {
                        var row = new { record.Ordinal, now };
                        await connection.ExecuteAsync(
                            "update record set listed_to = @now, changed_at = @now where ordinal = @Ordinal",
                            row,
                            transaction
                        );
                        await connection.ExecuteAsync(
                            "insert into change (kind, ordinal) values ('ended', @Ordinal)",
                            row,
                            transaction
                        );
                    }
                },
                cancellation
            );
        counts += new ImportCounts(0, 0, 0, gone.Count);
        await CloseAsync("finished", cancellation);
        return counts;
    }

    /// <summary>Stops where it is: what was written stays, nothing is ended.</summary>
    public Task AbandonAsync(string reason, CancellationToken cancellation) =>
        CloseAsync($"stopped: {reason}", cancellation);

    private async Task CloseAsync(string state, CancellationToken cancellation)
    {
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                var row = new
                {
                    ImportId,
                    state,
                    now = Times.Text(store.Time.GetUtcNow()),
                    counts.New,
                    counts.Changed,
                    counts.Unchanged,
                    counts.Ended,
                };
                await connection.ExecuteAsync(Sql.CloseImport, row, transaction);
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    Entry(Operation.Collection, [], $"import {ImportId} {state}")
                );
            },
            cancellation
        );
    }

    private (int Next, ImportCounts Counts) WriteSlice(
        SqliteConnection connection,
        SqliteTransaction transaction,
        List<Prepared> waiting,
        int from
    )
    {
        var started = Stopwatch.GetTimestamp();
        using var statements = new RecordStatements(connection, transaction, store);
        var (added, changed, at) = (0, 0, from);
        var versions = new List<RecordVersion>();
        while (at < waiting.Count && Stopwatch.GetElapsedTime(started) < LongestSlice)
        {
            var record = waiting[at++];
            var ordinal = 0;
            var version = 1;
            if (known.TryGetValue(record.Id, out var old))
            {
                (ordinal, version) = (old.Ordinal, old.Hash == record.Hash ? old.Version : old.Version + 1);
                statements.Update(
                    ordinal,
                    version,
                    record.Record,
                    record.Hash,
                    record.Json,
                    ImportId,
                    old.Hash != record.Hash
                );
                changed++;
            }
            else
            {
                ordinal = statements.Insert(record.Id, record.Record, start.Source, record.Hash, record.Json, ImportId);
                added++;
            }
            known[record.Id] = new(ordinal, version, record.Hash, true);
            versions.Add(new(record.Id, version));
        }
        store.Audit.AppendIn(connection, transaction, Entry(Operation.Collection, versions, $"import {ImportId}"));
        return (at, new(added, changed, 0));
    }

    private AuditEntry Entry(Operation operation, IReadOnlyList<RecordVersion> versions, string what) =>
        AuditEntry.By(start.Account, operation, what, versions, new Justification(start.Justification));

    private static async Task<Dictionary<RecordId, Known>> LoadKnownAsync(
        Store store,
        SourceCode source,
        CancellationToken cancellation
    ) =>
        await store.ReadOwnAsync(
            async connection =>
            {
                var found = new Dictionary<RecordId, Known>();
                await using var command = connection.CreateCommand();
                command.CommandText =
                    "select id, ordinal, version, content_hash, listed_to is null from record where source = $source";
                command.Parameters.AddWithValue("$source", source.Value);
                await using var reader = await command.ExecuteReaderAsync(cancellation);
                while (await reader.ReadAsync(cancellation))
                    found[RecordId.FromBytes((byte[])reader[0])] = new(
                        reader.GetInt32(1),
                        reader.GetInt32(2),
                        RecordId.FromBytes((byte[])reader[3]).Value,
                        reader.GetBoolean(4)
                    );
                return found;
            },
            cancellation
        );

    private static class Sql
    {
        public const string BeginImport = """
            insert into source (code, title) values (@code, @code) on conflict do nothing;
            update import set state = 'interrupted' where source = @code and state = 'running';
            """;

        public const string InsertImport = """
            insert into import (source, account, organisation, started_at, state, is_complete, files)
            values (@code, @account, @organisation, @now, 'running', @complete, @files) returning id
            """;

        public const string CloseImport = """
            update import set finished_at = @now, state = @state, new_records = @New, changed_records = @Changed,
                unchanged_records = @Unchanged, ended_records = @Ended where id = @ImportId
            """;
    }
}
