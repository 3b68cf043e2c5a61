using System.Text.Json;

namespace Lanthorn.Intake.Refreshing;

/// <summary>By what a server recognises a state of its file.</summary>
internal sealed record Validators(string? ETag, string? LastModified)
{
    public bool IsEmpty => ETag is null && LastModified is null;

    /// <summary>What proves that bytes are of the same state: a weak tag does not. Null where nothing does.</summary>
    public string? Strong => ETag is { } tag && !tag.StartsWith("W/", StringComparison.Ordinal) ? tag : LastModified;
}

/// <summary>
/// A file on its way in, with a note beside it of which state of which address it is, so that a download that broke off is
/// resumed. Gone when the list is in, and after <see cref="MaxAge"/> in any case. Not safe for several threads.
/// </summary>
internal sealed class PartFile
{
    /// <summary>What waits longer than this would keep what may have been erased meanwhile.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private readonly string note;
    private Note? about;

    private sealed record Note(string Address, Validators Validators, bool IsWhole);

    private PartFile(string path, Note? about)
    {
        (Path, note, this.about) = (path, $"{path}.json", about);
        Length = File.Exists(path) && about is not null ? new FileInfo(path).Length : 0;
    }

    public string Path { get; }

    public long Length { get; private set; }

    /// <summary>Of the state that is here; null where nothing is.</summary>
    public Validators? Validators => Length > 0 ? about?.Validators : null;

    /// <summary>The whole file was received before, and what it was for did not come about.</summary>
    public bool IsWhole => Length > 0 && about is { IsWhole: true };

    /// <summary>Something of another address, or a note that cannot be read, counts as nothing.</summary>
    public static async Task<PartFile> OpenAsync(string path, FileAddress address, CancellationToken cancellation)
    {
        try
        {
            await using var stream = File.OpenRead($"{path}.json");
            var about = await JsonSerializer.DeserializeAsync<Note>(stream, cancellationToken: cancellation);
            return new(path, about?.Address == address.Hash ? about : null);
        }
        catch (Exception none) when (none is FileNotFoundException or JsonException)
        {
            return new(path, null);
        }
    }

    /// <summary>Forgets what is here and makes room for another state.</summary>
    public async Task<FileStream> StartAsync(FileAddress address, Validators validators, CancellationToken cancellation)
    {
        Forget();
        await NoteAsync(new(address.Hash, validators, IsWhole: false), cancellation);
        return Open(FileMode.CreateNew);
    }

    public FileStream Continue() => Open(FileMode.Append);

    public async Task FinishAsync(CancellationToken cancellation)
    {
        Length = new FileInfo(Path).Length;
        await NoteAsync(about! with { IsWhole = true }, cancellation);
    }

    public void Forget()
    {
        File.Delete(note);
        File.Delete(Path);
        (about, Length) = (null, 0);
    }

    /// <summary>Without a buffer: what came is on the disk, whatever becomes of the program.</summary>
    private FileStream Open(FileMode mode) =>
        new(Path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true);

    private async Task NoteAsync(Note wanted, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(note, JsonSerializer.Serialize(wanted), cancellation);
        about = wanted;
    }
}
