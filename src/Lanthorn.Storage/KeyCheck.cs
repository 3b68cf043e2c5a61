using System.Data.Common;
using System.Security.Cryptography;

namespace Lanthorn.Storage;

/// <summary>
/// Holds the key in the folder against the database, so that two servers on one database have the same: with another key
/// every record would come in a second time under another id.
/// </summary>
internal static class KeyCheck
{
    public const string KeyFileName = "installation.key";

    private const string Name = "key-check";

    /// <summary>The first to open a database enters its key's check value; who comes later is held against it.</summary>
    /// <exception cref="RefusedByStoreException">The key is not that of the database.</exception>
    public static Task RunIn(DbConnection connection, DbTransaction transaction, string folder, byte[] key)
    {
        var value = HMACSHA256.HashData(key, "lanthorn installation key"u8);
        using var enter = new Statement(
            connection,
            transaction,
            "insert into installation (name, value) values ($1, $2) on conflict do nothing"
        );
        enter.Run(Name, value);
        using var find = new Statement(connection, transaction, "select value from installation where name = $1");
        return CryptographicOperations.FixedTimeEquals((byte[])find.Scalar(Name)!, value)
            ? Task.CompletedTask
            : throw new RefusedByStoreException(
                $"{Path.Combine(folder, KeyFileName)} is not the key of this database: copy {KeyFileName} and "
                    + $"{SearchTerms.KeyFileName} from the data folder of a server that already uses the database"
            );
    }
}
