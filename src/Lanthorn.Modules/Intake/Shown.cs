using System.Globalization;

namespace Lanthorn.Intake;

/// <summary>How the pages of imports write numbers, times and lists.</summary>
internal static class Shown
{
    /// <summary>Nobody turns more pages than this; beyond it an offset would be no number.</summary>
    public const int MaxPage = 100_000;

    private const int MaxFilesShown = 3;

    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>As the reader's language writes it; for programs and files as ISO 8601 does.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString(
            CultureInfo.CurrentCulture.Name.Length == 0 ? "yyyy-MM-dd HH:mm 'UTC'" : "d MMM yyyy, HH:mm 'UTC'",
            CultureInfo.CurrentCulture
        );

    public static string Bytes(long bytes) =>
        bytes < 1024 * 1024 ? $"{Number((bytes + 1023) / 1024)} KiB" : $"{Number(bytes / 1024 / 1024)} MiB";

    public static string Files(IReadOnlyList<string> files) =>
        files.Count <= MaxFilesShown
            ? string.Join(", ", files)
            : $"{string.Join(", ", files.Take(MaxFilesShown))} and {files.Count - MaxFilesShown} more";
}
