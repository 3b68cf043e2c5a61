using System.Globalization;

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

/// <summary>Times as the tables hold them: UTC, fixed width, so that their order as text is their order in time.</summary>
internal static class Instant
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fffZ";

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
