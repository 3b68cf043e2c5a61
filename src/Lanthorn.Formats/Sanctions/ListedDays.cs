using System.Globalization;
using System.Text.RegularExpressions;

namespace Lanthorn.Formats;

/// <summary>Days as the European lists write them: 2026-02-27, with or without a time, and 27/02/2026.</summary>
internal static partial class ListedDays
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "dd/MM/yyyy",
        "d/M/yyyy",
        "dd-MMM-yyyy",
        "d-MMM-yyyy",
        "dd MMM yyyy",
        "d MMM yyyy",
    ];

    /// <summary>The day; null where the text is none.</summary>
    public static DateOnly? Find(string? text)
    {
        var day = IsoWithTime().Replace((text ?? "").Trim(), "$1");
        return DateOnly.TryParseExact(day, Formats, CultureInfo.InvariantCulture, 0, out var found) ? found : null;
    }

    /// <summary>
    /// A date of which the day, or day and month, may stand as zeros, letters or not at all, in ISO 8601: 00/00/1962,
    /// dd/mm/1962 and 1962 are the year; null where the text is none of these.
    /// </summary>
    public static string? Partial(string text)
    {
        if (Find(text) is { } day)
            return Iso(day);
        var match = DayMonthYear().Match(text.Trim());
        if (!match.Success)
            return null;
        var (year, month) = (match.Groups["year"].Value, match.Groups["month"].Value);
        return
            int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 13
            ? string.Create(CultureInfo.InvariantCulture, $"{year}-{number:00}")
            : year;
    }

    /// <summary>Year, month and day that stand apart, in ISO 8601; a zero is not known. Empty without a year.</summary>
    public static string Of(string year, string month, string day)
    {
        var parts = new[] { year, month, day }
            .Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)
            .TakeWhile(n => n > 0)
            .Select((n, at) => n.ToString(at == 0 ? "0000" : "00", CultureInfo.InvariantCulture));
        return string.Join('-', parts);
    }

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d{4}-\d{2}-\d{2})[T ]?(?:[\d:.]+)?(?:Z|[+-]\d{2}:?\d{2})?$")]
    private static partial Regex IsoWithTime();

    [GeneratedRegex(
        "^(?:(?:00?|dd)[/.-])?(?:(?<month>[0-9]{1,2}|mm)[/.-])?(?<year>[0-9]{4})$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex DayMonthYear();
}
