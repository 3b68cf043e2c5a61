using System.Security.Cryptography;
using System.Text;

namespace Lanthorn.Pathways.Store;

/// <summary>
/// The one secret behind the wall: 32 random bytes in a file that only its owner reads. What is encrypted, chained and compared
/// is so under keys drawn from it (HKDF, RFC 5869), one for each use.
/// </summary>
internal static class KeyFile
{
    public const string Name = "pathways.key";
    public const int Length = 32;

    /// <summary>The key in the file, made when there is none; moved into its place whole, so that nobody reads half a key.</summary>
    /// <exception cref="RefusedException">The file is there, and is no key.</exception>
    public static async Task<byte[]> ReadOrMakeAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            await WriteAsync(path, RandomNumberGenerator.GetBytes(Length), cancellation);
        return await ReadAsync(path, cancellation);
    }

    /// <exception cref="RefusedException">There is no such file, or it is no key.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            throw Refused($"There is no key file {path}");
        // A key is short: whatever is longer is none, however long it is.
        return new FileInfo(path).Length == Length
            ? await File.ReadAllBytesAsync(path, cancellation)
            : throw Refused($"{path} is no key of {Length} bytes");
    }

    /// <summary>Leaves a key alone that somebody else has written there meanwhile.</summary>
    public static async Task WriteAsync(string path, byte[] key, CancellationToken cancellation)
    {
        var beside = $"{path}.{Path.GetRandomFileName()}";
        await using (var file = new FileStream(beside, ForOwner(FileMode.CreateNew)))
        {
            await file.WriteAsync(key, cancellation);
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(beside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(beside);
        }
    }

    /// <summary>A file that only its owner reads.</summary>
    public static FileStreamOptions ForOwner(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    /// <summary>A folder that only its owner enters.</summary>
    public static DirectoryInfo MakeFolder(string path) =>
        OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );

    /// <param name="use">What the key is for; another use has another key.</param>
    public static byte[] Drawn(byte[] key, string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Length, info: Encoding.UTF8.GetBytes($"lanthorn pathways {use}"));

    private static RefusedException Refused(string message) =>
        new(Refusal.BadRequest("pathways-key", message, "Put the right one there, or restore a backup of Pathways"));
}
