using Lanthorn.Formats;
using Lanthorn.Platform;

namespace Lanthorn.Intake.Proposing;

/// <summary>Reads the beginning of a file while somebody waits for it: not longer than anybody would.</summary>
internal static class BoundedReading
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <exception cref="RefusedException">It cannot be read, takes too long, or is gone meanwhile.</exception>
    public static async Task<T> RunAsync<T>(
        TimeProvider time,
        Func<CancellationToken, Task<T>> read,
        CancellationToken cancellation
    )
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await read(either.Token);
        }
        catch (UnreadableFileException unreadable)
        {
            throw Refuse($"{unreadable.File}: {unreadable.Reason}", unreadable.WayOut.TrimEnd('.'));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Refuse("The beginning of the file takes too long to read", "Write a mapping file for it");
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RefusedException(HeldTables.NoSuchTable);
        }
    }

    private static RefusedException Refuse(string message, string wayOut) =>
        new(Refusal.Unprocessable("table-unreadable", message, wayOut, "file"));
}
