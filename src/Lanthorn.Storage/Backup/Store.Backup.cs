using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Backing up while others work.</summary>
public sealed partial class Store
{
    /// <summary>
    /// Writes a backup of this moment, checked, and logs that somebody has it. A file that is there already is replaced only
    /// when the new one is complete.
    /// </summary>
    /// <param name="key">32 bytes to encrypt it with; null leaves it readable for everybody who gets hold of it.</param>
    /// <exception cref="RefusedByStoreException">The database or the audit log is damaged.</exception>
    public async Task<BackedUp> BackUpAsync(
        string path,
        byte[]? key,
        Viewer account,
        Justification justification,
        CancellationToken cancellation
    )
    {
        var done = await new BackupWriting(this).RunAsync(path, key, cancellation);
        var what = done.IsEncrypted ? "backup written, encrypted" : "backup written, not encrypted";
        await Audit.AppendAsync(AuditEntry.By(account, Operation.Disclosure, what, [], justification), cancellation);
        return done;
    }
}
