using Lanthorn.Pathways.Accounts;
using Lanthorn.Pathways.Store;

namespace Lanthorn.Pathways.Audit;

/// <summary>Reads and verifies the log behind the wall, for its administrator.</summary>
internal sealed class ReadAudit(PathwaysStore store)
{
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(Account by, int limit, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Administrator);
        await store.WriteAsync((c, t) => store.Audit.AppendIn(c, t, by, "read the audit log"), cancellation);
        return await store.ReadAsync(c => AuditChain.ListAsync(c, limit), cancellation);
    }

    /// <summary>Null where every link holds.</summary>
    public Task<BrokenLink?> VerifyAsync(Account by, CancellationToken cancellation)
    {
        Roles.Need(by, Roles.Administrator);
        return store.ReadWholeAsync((c, t) => store.Audit.VerifyAsync(c, t), cancellation);
    }
}
