namespace Lanthorn.Intake.Refreshing;

/// <summary>A file could not be fetched: the message says why and from where, the way out what to do.</summary>
/// <param name="isPassing">Asking again soon may help.</param>
internal sealed class FetchFailedException(string message, string wayOut, bool isPassing = false) : Exception(message)
{
    public bool IsPassing => isPassing;

    public string InWords => $"{Message}. {wayOut}.";
}
