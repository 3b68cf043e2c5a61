using System.Security.Cryptography;

namespace Lanthorn.Storage;

/// <summary>A secret of 32 random bytes in a file that only the owner may read.</summary>
internal static class KeyFile
{
    private const int Length = 32;

    /// <summary>
    /// The key in the file, made when there is none. It is written beside and then moved, so that of two processes that
    /// start at once neither reads half a key and both get the same.
    /// </summary>
    /// <exception cref="RefusedByStoreException">The file is there, and is no key.</exception>
    public static async Task<byte[]> ReadOrMakeAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            await MakeAsync(path, cancellation);
        return await File.ReadAllBytesAsync(path, cancellation) is { Length: Length } key
            ? key
            : throw new RefusedByStoreException($"{path} is no key of {Length} bytes: restore it from the backup");
    }

    private static async Task MakeAsync(string path, CancellationToken cancellation)
    {
        var beside = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new FileStream(beside, options))
        {
            await file.WriteAsync(RandomNumberGenerator.GetBytes(Length), cancellation);
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
}
