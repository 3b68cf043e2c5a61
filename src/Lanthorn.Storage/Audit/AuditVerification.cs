using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;

namespace Lanthorn.Storage;

/// <summary>Recomputes every seal and every chain.</summary>
internal sealed class AuditVerification(DbConnection connection)
{
    private readonly HashSet<(int Chain, string Head)> sealedHeads = [];

    public async Task<AuditLog.Broken?> RunAsync(CancellationToken cancellation) =>
        await SealsAsync() ?? Chains(cancellation) ?? Missing();

    private async Task<AuditLog.Broken?> SealsAsync()
    {
        var previous = AuditHash.Genesis;
        var seals = await connection.QueryAsync<(long Id, string At, long Covers, string Heads, byte[] Hash)>(
            "select id, at, covers, heads, hash from audit_seal order by id"
        );
        foreach (var seal in seals)
        {
            if (!AuditHash.OfSeal(previous, seal.Covers, seal.At, seal.Heads).AsSpan().SequenceEqual(seal.Hash))
                return new(0, seal.Id, "the seal was changed");
            previous = seal.Hash;
            foreach (var (chain, head) in JsonSerializer.Deserialize<Dictionary<int, string>>(seal.Heads)!)
                sealedHeads.Add((chain, head));
        }
        return null;
    }

    private AuditLog.Broken? Chains(CancellationToken cancellation)
    {
        using var select = new Statement(
            connection,
            null,
            "select chain, sequence, at, body, versions, hash from audit_entry order by chain, sequence"
        );
        using var row = select.Read();
        var last = (Chain: -1, Sequence: 0L, Hash: AuditHash.Genesis);
        while (row.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            var (chain, sequence, hash) = (row.GetInt32(0), row.GetInt64(1), row.GetFieldValue<byte[]>(5));
            if (chain != last.Chain)
                last = (chain, 0, AuditHash.Genesis);
            if (sequence != last.Sequence + 1)
                return new(chain, last.Sequence + 1, "the entry is missing");
            var (at, body, versions) = (row.GetString(2), row.GetString(3), row.GetFieldValue<byte[]>(4));
            if (!AuditHash.OfEntry(last.Hash, chain, sequence, at, body, versions).AsSpan().SequenceEqual(hash))
                return new(chain, sequence, "the entry was changed");
            last = (chain, sequence, hash);
            sealedHeads.Remove((chain, AuditHash.Head(sequence, hash)));
        }
        return null;
    }

    private AuditLog.Broken? Missing() =>
        sealedHeads
            .Select(h => new AuditLog.Broken(
                h.Chain,
                long.Parse(h.Head.Split(':')[0], CultureInfo.InvariantCulture),
                "an entry that was sealed is gone"
            ))
            .OrderBy(b => b.Chain)
            .ThenBy(b => b.Sequence)
            .FirstOrDefault();
}
