namespace Lanthorn.Storage;

/// <summary>
/// Whether a server answers people on this installation just now, so that whoever writes much beside it keeps its
/// transactions short. A file that servers hold locked together; the lock goes with the process that held it.
/// </summary>
public sealed class Presence : IDisposable
{
    private readonly string path;
    private FileStream? held;

    internal Presence(string folder) => path = Path.Combine(folder, "serving.lock");

    /// <summary>Says that this process serves, until it ends.</summary>
    public void Announce()
    {
        File.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
        held = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    /// <summary>True as well where it cannot be told.</summary>
    public bool IsAnybodyServing()
    {
        if (held is not null)
            return true;
        if (!File.Exists(path))
            return false;
        try
        {
            using var alone = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception locked) when (locked is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public void Dispose() => held?.Dispose();
}
