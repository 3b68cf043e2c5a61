using Lanthorn.Formats;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>
/// The files of one upload, in a folder of the installation that only its user reads, gone when they are imported. Not safe
/// for several threads.
/// </summary>
internal sealed class ReceivedFiles : IDisposable
{
    private const string FolderName = "uploads";
    private const int BufferSize = 64 * 1024;

    private readonly string folder;
    private readonly long maxBytes;
    private readonly Action gone;
    private readonly List<InputFile> files = [];
    private long bytes;
    private bool isGone;

    /// <param name="gone">Called once, when the files are no more.</param>
    public ReceivedFiles(Store store, long maxBytes, Action gone)
    {
        (this.maxBytes, this.gone) = (maxBytes, gone);
        folder = Path.Combine(store.Folder, FolderName, Guid.CreateVersion7(store.Time.GetUtcNow()).ToString("N"));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }

    public IReadOnlyList<InputFile> Files => files;

    /// <summary>Removes what a server that was killed had received.</summary>
    public static void Sweep(Store store)
    {
        var all = Path.Combine(store.Folder, FolderName);
        if (Directory.Exists(all))
            Directory.Delete(all, recursive: true);
    }

    /// <exception cref="RefusedException">All files together are longer, or more, than an upload may be.</exception>
    public async Task AddAsync(string name, Stream content, CancellationToken cancellation)
    {
        if (files.Count == PlanImport.MaxFiles)
            throw new RefusedException(TooManyFiles);
        var path = Path.Combine(folder, $"{files.Count}");
        await using var kept = new FileStream(
            path,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            BufferSize,
            true
        );
        var buffer = new byte[BufferSize];
        for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0; )
        {
            bytes += read;
            if (bytes > maxBytes)
                throw new RefusedException(TooLong(maxBytes));
            await WriteAsync(kept, buffer.AsMemory(0, read), cancellation);
        }
        files.Add(new(name, () => File.OpenRead(path)));
    }

    private static async Task WriteAsync(FileStream kept, ReadOnlyMemory<byte> piece, CancellationToken cancellation)
    {
        try
        {
            await kept.WriteAsync(piece, cancellation);
        }
        catch (IOException full)
        {
            throw new RefusedException(
                new(
                    "no-room",
                    507,
                    $"The server cannot keep the file: {full.Message}",
                    "Tell the administrator that its disk needs room",
                    "files"
                )
            );
        }
    }

    public static Refusal TooLong(long maxBytes) =>
        new(
            "upload-too-long",
            413,
            $"An upload has at most {maxBytes / 1024 / 1024:N0} MiB",
            "Import larger files with the command line, or ask an administrator to set LANTHORN_UPLOADMEGABYTES",
            "files"
        );

    private static readonly Refusal TooManyFiles = new(
        "import-files",
        422,
        $"An import has 1 to {PlanImport.MaxFiles} files",
        "Import the rest afterwards",
        "files"
    );

    public void Dispose()
    {
        if (isGone)
            return;
        isGone = true;
        Directory.Delete(folder, recursive: true);
        gone();
    }
}
