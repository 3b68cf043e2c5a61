using System.Data.Common;

namespace Lanthorn.Storage;

/// <summary>
/// One moment of the store, however much is written meanwhile, with the labels of that moment known. It is to be short:
/// as long as it is open, the write-ahead log cannot shrink.
/// </summary>
internal sealed class Snapshot : IAsyncDisposable
{
    private readonly ReaderPool.Lease lease;
    private readonly DbTransaction transaction;

    private Snapshot(ReaderPool.Lease lease, DbTransaction transaction) =>
        (this.lease, this.transaction) = (lease, transaction);

    public DbConnection Connection => lease.Connection;

    /// <summary>A statement that stays prepared, see <see cref="ReaderPool.Lease.Prepared"/>.</summary>
    public Statement Prepared(string sql) => lease.Prepared(sql, transaction);

    public static async Task<Snapshot> OpenAsync(Store store, CancellationToken cancellation)
    {
        var lease = await store.Readers.RentAsync(cancellation);
        try
        {
            var snapshot = new Snapshot(lease, store.Dialect.BeginSnapshot(lease.Connection));
            store.Labels.CatchUp(snapshot);
            return snapshot;
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await lease.DisposeAsync();
    }
}
