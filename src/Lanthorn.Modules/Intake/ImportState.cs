namespace Lanthorn.Intake;

/// <summary>The states of an import as the table holds them and as answers write them.</summary>
internal static class ImportState
{
    public const string Waiting = "waiting";
    public const string Running = "running";
    public const string Finished = "finished";
    public const string Failed = "failed";

    /// <summary>Stopped by a signal, a crash or a restart. Importing again continues.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Half taken back; the undo is to be repeated.</summary>
    public const string Undoing = "undoing";

    /// <summary>Taken back as a whole.</summary>
    public const string Undone = "undone";

    public static bool IsUnderWay(string state) => state is Waiting or Running;
}
