using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Lanthorn.Pathways.Accounts;
using Lanthorn.Pathways.Store;

namespace Lanthorn.Pathways.Audit;

/// <summary>Who did what, behind the wall. No entry holds what an applicant said or is called.</summary>
/// <param name="Applicant">Random id of the applicant; null where it is about none.</param>
internal sealed record AuditEntry(
    long Sequence,
    DateTimeOffset At,
    string Account,
    string Role,
    string What,
    string? Applicant
);

/// <summary>The first place where the log is not what was written.</summary>
internal sealed record BrokenLink(long Sequence, string Why);

/// <summary>
/// The log behind the wall: one chain, each link an HMAC over the one before it, so that nobody without the key changes, drops
/// or adds an entry unseen; the head is sealed, so that no end is cut off unseen.
/// </summary>
internal sealed class AuditChain(byte[] key, TimeProvider time)
{
    public const int MaxEntries = 500;

    private static readonly byte[] Genesis = new byte[HMACSHA256.HashSizeInBytes];

    private readonly byte[] key = KeyFile.Drawn(key, "audit");

    private sealed record Row
    {
        public long Sequence { get; init; }
        public long At { get; init; }
        public required string Account { get; init; }
        public required string Role { get; init; }
        public required string What { get; init; }
        public string? Applicant { get; init; }
        public required byte[] Hash { get; init; }
    }

    private sealed record Head
    {
        public long Sequence { get; init; }
        public required byte[] Hash { get; init; }
        public required byte[] Seal { get; init; }
    }

    /// <summary>In the transaction of what it describes.</summary>
    public async Task AppendIn(
        DbConnection connection,
        DbTransaction transaction,
        Account by,
        string what,
        string? applicant = null
    )
    {
        var before = await HeadAsync(connection, transaction);
        var (sequence, at) = ((before?.Sequence ?? 0) + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        var hash = Link(before?.Hash ?? Genesis, sequence, at, by.Name, by.Role, what, applicant);
        var entry = new
        {
            sequence,
            at,
            account = by.Name,
            role = by.Role,
            what,
            applicant,
            hash,
            seal = Sealed(sequence, hash),
        };
        await connection.ExecuteAsync(
            """
            insert into audit (sequence, at, account, role, what, applicant, hash)
            values (@sequence, @at, @account, @role, @what, @applicant, @hash)
            """,
            entry,
            transaction
        );
        await connection.ExecuteAsync(
            """
            insert into audit_head (one, sequence, hash, seal) values (1, @sequence, @hash, @seal)
            on conflict (one) do update set sequence = @sequence, hash = @hash, seal = @seal
            """,
            entry,
            transaction
        );
    }

    /// <summary>The newest entries.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> ListAsync(DbConnection connection, int limit)
    {
        var rows = await connection.QueryAsync<Row>(
            "select sequence, at, account, role, what, applicant, hash from audit order by sequence desc limit @limit",
            new { limit = Math.Clamp(limit, 1, MaxEntries) }
        );
        return
        [
            .. rows.Select(r => new AuditEntry(
                r.Sequence,
                DateTimeOffset.FromUnixTimeMilliseconds(r.At),
                r.Account,
                r.Role,
                r.What,
                r.Applicant
            )),
        ];
    }

    /// <summary>Recomputes every link and the head; null where all hold.</summary>
    public async Task<BrokenLink?> VerifyAsync(DbConnection connection, DbTransaction? transaction = null)
    {
        var (sequence, hash) = (0L, Genesis);
        var rows = connection.QueryUnbufferedAsync<Row>(
            "select sequence, at, account, role, what, applicant, hash from audit order by sequence",
            transaction: transaction
        );
        await foreach (var row in rows)
        {
            if (row.Sequence != ++sequence)
                return new(sequence, "the entry is missing");
            hash = Link(hash, sequence, row.At, row.Account, row.Role, row.What, row.Applicant);
            if (!CryptographicOperations.FixedTimeEquals(hash, row.Hash))
                return new(sequence, "the entry was changed");
        }
        var head = await HeadAsync(connection, transaction);
        // The first account is made with the first entry: accounts without a log have lost it.
        if (head is null)
            return
                await connection.ExecuteScalarAsync<long>("select count(*) from account", transaction: transaction) == 0
                ? null
                : new(sequence + 1, "the head of the chain is missing");
        if (!CryptographicOperations.FixedTimeEquals(Sealed(head.Sequence, head.Hash), head.Seal))
            return new(head.Sequence, "the head of the chain was changed");
        return head.Sequence == sequence && CryptographicOperations.FixedTimeEquals(hash, head.Hash)
            ? null
            : new(sequence + 1, "an entry at the end is gone");
    }

    private static Task<Head?> HeadAsync(DbConnection connection, DbTransaction? transaction) =>
        connection.QuerySingleOrDefaultAsync<Head>(
            "select sequence, hash, seal from audit_head",
            transaction: transaction
        );

    private byte[] Link(byte[] before, long sequence, long at, params ReadOnlySpan<string?> parts)
    {
        using var link = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        link.AppendData(before);
        link.AppendData(Parts.Joined("entry", Number(sequence), Number(at)));
        link.AppendData(Parts.Joined(parts));
        return link.GetHashAndReset();
    }

    private byte[] Sealed(long sequence, byte[] hash) =>
        HMACSHA256.HashData(key, Parts.Joined("head", Number(sequence), Convert.ToHexStringLower(hash)));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
