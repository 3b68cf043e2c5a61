namespace Lanthorn.Formats;

/// <summary>The file as a whole cannot be read on from here: it is truncated, hostile, or not what it was taken for.</summary>
public sealed class UnreadableFileException(Place place, string reason, string wayOut, Exception? inner = null)
    : Exception($"{place.File}, line {place.Line}, column {place.Column}: {reason}. {wayOut}", inner)
{
    public string File { get; } = place.File;
    public long Line { get; } = place.Line;
    public int Column { get; } = place.Column;
    public string Reason { get; } = reason;

    /// <summary>What to do about it, as a sentence.</summary>
    public string WayOut { get; } = wayOut;
}
