using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using Dapper;

namespace Lanthorn.Storage;

/// <summary>
/// Who read or changed what, why and when: append-only, a hash chain for each opened store, the heads of all chains sealed
/// together every minute. Readers who log at the same time share one transaction, and each waits until his entry is on the
/// disk.
/// </summary>
public sealed class AuditLog : IAsyncDisposable
{
    /// <summary>How long an entry may stand unsealed while the store is open.</summary>
    public static readonly TimeSpan SealEvery = TimeSpan.FromMinutes(1);

    /// <summary>So many entries share one transaction at most, and so many may wait.</summary>
    private const int MaxGroup = 256;
    private const int MaxWaiting = 10_000;

    private readonly Store store;
    private readonly SearchTerms terms;
    private readonly CancellationTokenSource closing = new();
    private readonly Channel<(AuditEntry Entry, TaskCompletionSource Done)> waiting = Channel.CreateBounded<(
        AuditEntry,
        TaskCompletionSource
    )>(MaxWaiting);
    private Task writing = Task.CompletedTask;
    private Task sealing = Task.CompletedTask;

    // Both belong to whoever is behind the gate of the store.
    private Tail? tail;
    private bool isTouched;

    internal AuditLog(Store store, SearchTerms terms) => (this.store, this.terms) = (store, terms);

    /// <summary>Where a chain or a seal (chain 0) first breaks.</summary>
    public sealed record Broken(int Chain, long Sequence, string Why);

    /// <summary>An entry as the officer sees it.</summary>
    /// <param name="Id">Grows with time over all chains: where the next page begins.</param>
    public sealed record Entry(long Id, int Chain, long Sequence, DateTimeOffset At, JsonElement Body);

    /// <summary>Where this store's chain ends.</summary>
    private sealed record Tail(int Chain, long Sequence, byte[] Hash);

    /// <summary>Waits until the entry is durable, together with whoever else is logging.</summary>
    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await waiting.Writer.WriteAsync((entry, done), cancellation);
        await done.Task;
    }

    /// <summary>Logs inside the transaction of what the entry describes.</summary>
    public void AppendIn(DbConnection connection, DbTransaction transaction, AuditEntry entry)
    {
        isTouched = true;
        var last = tail ?? NewChain(connection, transaction);
        var (at, sequence) = (Times.Text(store.Time.GetUtcNow()), last.Sequence + 1);
        var (body, versions) = (entry.Body(terms.Encrypt), entry.VersionBytes());
        var hash = AuditHash.OfEntry(last.Hash, last.Chain, sequence, at, body, versions);
        using var insert = new Statement(
            connection,
            transaction,
            "insert into audit_entry (chain, sequence, at, body, versions, hash) values ($1, $2, $3, $4, $5, $6)"
        );
        insert.Run((long)last.Chain, sequence, at, body, versions, hash);
        tail = new(last.Chain, sequence, hash);
    }

    /// <summary>
    /// Seals the heads of all chains that grew, so that a tail that is cut off later is noticed. Each seal takes in the one
    /// before; where nothing was logged there is nothing to seal.
    /// </summary>
    public Task SealAsync(CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                var (covered, previous) = await connection.QuerySingleOrDefaultAsync<(long Covers, byte[]? Hash)>(
                    "select covers, hash from audit_seal order by id desc limit 1",
                    transaction: transaction
                );
                var grown = await connection.QueryAsync<(int Chain, long Sequence, byte[] Hash, long Last)>(
                    """
                    select chain, sequence, hash, (select max(id) from audit_entry) from audit_entry
                    where (chain, sequence) in
                        (select chain, max(sequence) from audit_entry where id > @covered group by chain)
                    order by chain
                    """,
                    new { covered },
                    transaction
                );
                var heads = grown.ToList();
                if (heads.Count == 0)
                    return;
                var at = Times.Text(store.Time.GetUtcNow());
                var covers = heads[0].Last;
                var text = JsonSerializer.Serialize(
                    heads.ToDictionary(h => h.Chain, h => AuditHash.Head(h.Sequence, h.Hash))
                );
                var hash = AuditHash.OfSeal(previous ?? AuditHash.Genesis, covers, at, text);
                await connection.ExecuteAsync(
                    "insert into audit_seal (at, covers, heads, hash) values (@at, @covers, @text, @hash)",
                    new
                    {
                        at,
                        covers,
                        text,
                        hash,
                    },
                    transaction
                );
            },
            cancellation
        );

    /// <summary>Where a chain first breaks; null when all hold.</summary>
    public async Task<Broken?> VerifyAsync(CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.OpenAsync(store, cancellation);
        return await new AuditVerification(snapshot.Connection).RunAsync(cancellation);
    }

    /// <summary>The newest entries first, for the data protection officer.</summary>
    /// <param name="before">Id of the entry before which the page begins; 0 for the newest.</param>
    public async Task<IReadOnlyList<Entry>> ListAsync(
        string? account,
        int limit,
        long before,
        CancellationToken cancellation
    )
    {
        var newest = $"""
            select id, chain, sequence, at, body, versions from audit_entry
            where (@before = 0 or id < @before)
                and (@account is null or {store.Dialect.JsonText("body", "account")} = @account)
            order by id desc limit @limit
            """;
        var page = new
        {
            account,
            limit,
            before,
        };
        var rows = await store.ReadOwnAsync(
            c =>
                c.QueryAsync<(long Id, int Chain, long Sequence, string At, string Body, byte[] Versions)>(
                    newest,
                    page
                ),
            cancellation
        );
        return
        [
            .. rows.Select(r => new Entry(
                r.Id,
                r.Chain,
                r.Sequence,
                Times.Read(r.At),
                AuditEntry.Shown(r.Body, r.Versions)
            )),
        ];
    }

    internal void Start()
    {
        writing = Task.Run(WriteGroupsAsync, CancellationToken.None);
        sealing = SealNowAndThenAsync();
    }

    /// <summary>Called by the store after each of its own commits.</summary>
    internal void Keep() => isTouched = false;

    /// <summary>
    /// Called by the store after a transaction was rolled back: what was appended in it is gone, so the next entry begins
    /// a new chain.
    /// </summary>
    internal void Forget()
    {
        if (isTouched)
            tail = null;
        isTouched = false;
    }

    /// <summary>How many entries of each operation there are from one moment to another. It reads the whole of the log once.</summary>
    public async Task<IReadOnlyDictionary<Operation, long>> CountAsync(
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellation
    )
    {
        // A text inside the body has its quotes escaped, so that only the field itself is met.
        var operations = Enum.GetValues<Operation>();
        var sums = operations.Select(o =>
            $"coalesce(sum(case when body like '%,\"operation\":{(int)o},%' then 1 else 0 end), 0)"
        );
        var count = $"select {string.Join(", ", sums)} from audit_entry where at >= @from and at < @until";
        await using var lease = await store.Readers.RentAsync(cancellation);
        await using var row = await lease.Connection.ExecuteReaderAsync(
            count,
            new { from = Times.Text(from), until = Times.Text(until) }
        );
        await row.ReadAsync(cancellation);
        return operations.Select((o, at) => (o, row.GetInt64(at))).ToDictionary(c => c.o, c => c.Item2);
    }

    /// <summary>Writes what waits, and seals it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!waiting.Writer.TryComplete())
            return;
        await writing;
        await closing.CancelAsync();
        await sealing;
        try
        {
            await SealAsync(CancellationToken.None);
        }
        catch (DbException)
        {
            // The database is gone or full: whoever opens it next seals what this would have.
        }
        closing.Dispose();
    }

    private static Tail NewChain(DbConnection connection, DbTransaction transaction)
    {
        using var last = new Statement(connection, transaction, "select coalesce(max(chain), 0) from audit_entry");
        return new(1 + (int)(long)last.Scalar()!, 0, AuditHash.Genesis);
    }

    private async Task WriteGroupsAsync()
    {
        var group = new List<(AuditEntry Entry, TaskCompletionSource Done)>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MaxGroup && waiting.Reader.TryRead(out var next))
                group.Add(next);
            try
            {
                await store.WriteAsync(
                    (connection, transaction) =>
                    {
                        foreach (var (entry, _) in group)
                            AppendIn(connection, transaction, entry);
                        return Task.CompletedTask;
                    },
                    CancellationToken.None
                );
                group.ForEach(g => g.Done.SetResult());
            }
            catch (Exception failed)
            {
                // Whatever it was, those who wait are told, and the log goes on with the next. Nobody gets an answer whose reading could not be logged.
                group.ForEach(g => g.Done.SetException(failed));
            }
        }
    }

    private async Task SealNowAndThenAsync()
    {
        using var timer = new PeriodicTimer(SealEvery, store.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(closing.Token))
                try
                {
                    await SealAsync(closing.Token);
                }
                catch (DbException)
                {
                    // The disk is full or another process holds the file: the next seal covers what this one would have.
                }
        }
        catch (OperationCanceledException)
        {
            // The store closes, and seals once more itself.
        }
    }
}
