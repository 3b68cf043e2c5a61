using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>
/// Who read or changed what, why and when: append-only, one hash chain for each opened store, the heads of all chains sealed
/// together. Readers who log at the same time share one transaction, and each waits until his entry is on the disk.
/// </summary>
public sealed class AuditLog : IAsyncDisposable
{
    /// <summary>So many entries share one transaction at most, and so many may wait.</summary>
    private const int MaxGroup = 256;
    private const int MaxWaiting = 10_000;

    private static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    private readonly Store store;
    private readonly SearchTerms terms;
    private readonly Channel<(AuditEntry Entry, TaskCompletionSource Done)> waiting = Channel.CreateBounded<(
        AuditEntry,
        TaskCompletionSource
    )>(MaxWaiting);
    private Task writing = Task.CompletedTask;
    private int chain;
    private long sequence;
    private byte[] head = Genesis;

    internal AuditLog(Store store)
    {
        this.store = store;
        terms = new(store.Folder);
    }

    /// <summary>Where a chain first breaks; null when all hold.</summary>
    public sealed record Broken(int Chain, long Sequence, string Why);

    /// <summary>An entry as the officer sees it.</summary>
    public sealed record Entry(int Chain, long Sequence, DateTimeOffset At, JsonElement Body);

    /// <summary>Waits until the entry is durable, together with whoever else is logging.</summary>
    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await waiting.Writer.WriteAsync((entry, done), cancellation);
        await done.Task;
    }

    /// <summary>Logs inside the transaction of what the entry describes.</summary>
    public void AppendIn(SqliteConnection connection, SqliteTransaction transaction, AuditEntry entry)
    {
        var (at, body) = (Times.Text(store.Time.GetUtcNow()), entry.Body(terms.Encrypt));
        head = Hash(head, chain, ++sequence, at, body);
        connection.Execute(
            "insert into audit_entry (chain, sequence, at, body, hash) values (@chain, @sequence, @at, @body, @head)",
            new
            {
                chain,
                sequence,
                at,
                body,
                head,
            },
            transaction
        );
    }

    /// <summary>Seals the heads of all chains together, so that a tail that is cut off later is noticed.</summary>
    public Task SealAsync(CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                var heads = (
                    await connection.QueryAsync<(int, long, byte[])>(
                        "select chain, max(sequence), hash from audit_entry group by chain order by chain",
                        transaction: transaction
                    )
                ).ToDictionary(h => h.Item1, h => $"{h.Item2}:{Convert.ToHexStringLower(h.Item3)}");
                var previous = await connection.QuerySingleOrDefaultAsync<(string Heads, byte[] Hash)>(
                    "select heads, hash from audit_seal order by id desc limit 1",
                    transaction: transaction
                );
                var text = JsonSerializer.Serialize(heads);
                if (text == previous.Heads)
                    return;
                var at = Times.Text(store.Time.GetUtcNow());
                await connection.ExecuteAsync(
                    "insert into audit_seal (at, heads, hash) values (@at, @text, @hash)",
                    new
                    {
                        at,
                        text,
                        hash = Hash(previous.Hash ?? Genesis, 0, 0, at, text),
                    },
                    transaction
                );
            },
            cancellation
        );

    /// <summary>Recomputes every chain and every seal.</summary>
    public async Task<Broken?> VerifyAsync(CancellationToken cancellation) =>
        await store.ReadOwnAsync(
            async connection =>
            {
                var heads = new Dictionary<(int, long), string>();
                var last = (Chain: -1, Sequence: 0L, Hash: Genesis);
                var rows = connection.QueryUnbufferedAsync<(
                    int Chain,
                    long Sequence,
                    string At,
                    string Body,
                    byte[] Hash
                )>("select chain, sequence, at, body, hash from audit_entry order by chain, sequence");
                var seals = (
                    await connection.QueryAsync<(long Id, string At, string Heads, byte[] Hash)>(
                        "select id, at, heads, hash from audit_seal order by id"
                    )
                ).ToList();
                var sealedHeads = seals
                    .SelectMany(s => JsonSerializer.Deserialize<Dictionary<int, string>>(s.Heads)!)
                    .ToHashSet();
                await foreach (var row in rows.WithCancellation(cancellation))
                {
                    if (row.Chain != last.Chain)
                        last = (row.Chain, 0, Genesis);
                    if (row.Sequence != last.Sequence + 1)
                        return new Broken(row.Chain, last.Sequence + 1, "the entry is missing");
                    if (!Hash(last.Hash, row.Chain, row.Sequence, row.At, row.Body).AsSpan().SequenceEqual(row.Hash))
                        return new Broken(row.Chain, row.Sequence, "the entry was changed");
                    last = (row.Chain, row.Sequence, row.Hash);
                    sealedHeads.Remove(new(row.Chain, $"{row.Sequence}:{Convert.ToHexStringLower(row.Hash)}"));
                }
                var previous = Genesis;
                foreach (var seal in seals)
                {
                    if (!Hash(previous, 0, 0, seal.At, seal.Heads).AsSpan().SequenceEqual(seal.Hash))
                        return new Broken(0, seal.Id, "the seal was changed");
                    previous = seal.Hash;
                }
                return sealedHeads.Count == 0
                    ? null
                    : sealedHeads
                        .Select(h => new Broken(
                            h.Key,
                            long.Parse(h.Value.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture),
                            "an entry that was sealed is gone"
                        ))
                        .MinBy(b => (b.Chain, b.Sequence));
            },
            cancellation
        );

    /// <summary>The newest entries first, for the data protection officer.</summary>
    public async Task<IReadOnlyList<Entry>> ListAsync(
        string? account,
        int limit,
        int offset,
        CancellationToken cancellation
    )
    {
        const string newest = """
            select chain, sequence, at, body from audit_entry
            where @account is null or json_extract(body, '$.account') = @account
            order by at desc, chain desc, sequence desc limit @limit offset @offset
            """;
        var page = new
        {
            account,
            limit,
            offset,
        };
        var rows = await store.ReadOwnAsync(
            connection => connection.QueryAsync<(int Chain, long Sequence, string At, string Body)>(newest, page),
            cancellation
        );
        return
        [
            .. rows.Select(r => new Entry(
                r.Chain,
                r.Sequence,
                Times.Read(r.At),
                JsonDocument.Parse(r.Body).RootElement
            )),
        ];
    }

    /// <summary>Each opened store is a writer with a chain of its own.</summary>
    internal async Task OpenChainAsync(CancellationToken cancellation)
    {
        await store.WriteAsync(
            async (connection, transaction) =>
            {
                chain =
                    1
                    + await connection.ExecuteScalarAsync<int>(
                        "select coalesce(max(chain), 0) from audit_entry",
                        transaction: transaction
                    );
                AppendIn(
                    connection,
                    transaction,
                    new AuditEntry
                    {
                        Account = "system",
                        Organisation = "",
                        Roles = "",
                        Operation = Operation.Alteration,
                        What = "store opened",
                        Versions = [],
                        Justification = "operation of the installation",
                    }
                );
            },
            cancellation
        );
        writing = Task.Run(WriteGroupsAsync, CancellationToken.None);
    }

    /// <summary>After a transaction was rolled back, the chain goes on from what is in the table.</summary>
    internal void Reload(SqliteConnection connection)
    {
        var last = connection.QuerySingleOrDefault<(long Sequence, byte[]? Hash)>(
            "select sequence, hash from audit_entry where chain = @chain order by sequence desc limit 1",
            new { chain }
        );
        (sequence, head) = (last.Sequence, last.Hash ?? Genesis);
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await writing;
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
            catch (SqliteException failed)
            {
                // Nobody gets an answer whose reading could not be logged.
                group.ForEach(g => g.Done.SetException(failed));
            }
        }
    }

    private static byte[] Hash(byte[] previous, int chain, long sequence, string at, string body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[12];
        BinaryPrimitives.WriteInt32BigEndian(numbers, chain);
        BinaryPrimitives.WriteInt64BigEndian(numbers[4..], sequence);
        hash.AppendData(previous);
        hash.AppendData(numbers);
        hash.AppendData(Encoding.UTF8.GetBytes(at));
        hash.AppendData(Encoding.UTF8.GetBytes(body));
        return hash.GetHashAndReset();
    }
}
