using System.IO.Compression;
using System.Security.Cryptography;

namespace Lanthorn.Storage;

/// <summary>
/// The file of a backup: a line that says what it is, then a compressed tar archive, encrypted where a key was given. The
/// key is 32 random bytes in a file of its own, which belongs anywhere but beside the backup.
/// </summary>
public static class BackupFile
{
    private const string Plain = "lanthorn backup 1 plain\n";
    private const string Sealed = "lanthorn backup 1 sealed\n";

    /// <summary>With the database as rows: programs before it do not read these.</summary>
    private const string PlainRows = "lanthorn backup 2 plain\n";
    private const string SealedRows = "lanthorn backup 2 sealed\n";
    private const int KeyLength = 32;
    private const int MaxLine = 64;

    /// <summary>The key in a file; made, for its owner alone, when there is none.</summary>
    public static Task<byte[]> ReadOrMakeKeyAsync(string path, CancellationToken cancellation) =>
        KeyFile.ReadOrMakeAsync(Path.GetFullPath(path), cancellation);

    /// <summary>The key in a file that is there.</summary>
    /// <exception cref="RefusedByStoreException">There is no such file, or it is no key.</exception>
    public static async Task<byte[]> ReadKeyAsync(string path, CancellationToken cancellation) =>
        File.Exists(path) && await File.ReadAllBytesAsync(path, cancellation) is { Length: KeyLength } key
            ? key
            : throw new RefusedByStoreException(
                $"{path} is no key file of {KeyLength} bytes: give the one that the backup was made with"
            );

    /// <summary>The archive to be written, over a file; to be disposed of before the file.</summary>
    internal static Stream ToWrite(Stream file, byte[]? key, bool hasRows)
    {
        var line = (key, hasRows) switch
        {
            (null, false) => Plain,
            (null, true) => PlainRows,
            (_, false) => Sealed,
            (_, true) => SealedRows,
        };
        file.Write(System.Text.Encoding.ASCII.GetBytes(line));
        var below = key is null ? file : new SealingStream(file, key);
        return new GZipStream(below, CompressionLevel.Fastest, leaveOpen: key is null);
    }

    /// <summary>The archive to be read.</summary>
    /// <exception cref="RefusedByStoreException">It is no backup, or there is a key too many or too few.</exception>
    internal static Stream ToRead(Stream file, byte[]? key)
    {
        var below = (FirstLine(file), key) switch
        {
            (Plain or PlainRows, null) => file,
            (Sealed or SealedRows, not null) => new UnsealingStream(file, key),
            (Plain or PlainRows, _) => throw new RefusedByStoreException(
                "The backup is not encrypted: leave the key out"
            ),
            (Sealed or SealedRows, _) => throw new RefusedByStoreException(
                "The backup is encrypted: give its key file with --key"
            ),
            _ => throw new RefusedByStoreException("The file is no backup of Lanthorn, or of a later version of it"),
        };
        return new GZipStream(below, CompressionMode.Decompress);
    }

    internal static string HashOf(Stream content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        content.Position = 0;
        return hash;
    }

    private static string FirstLine(Stream file)
    {
        Span<byte> line = stackalloc byte[MaxLine];
        for (var at = 0; at < line.Length && file.ReadByte() is >= 0 and var next; at++)
        {
            line[at] = (byte)next;
            if (next == '\n')
                return System.Text.Encoding.ASCII.GetString(line[..(at + 1)]);
        }
        return "";
    }
}
