using System.Globalization;
using System.Text.RegularExpressions;

namespace Lanthorn.Formats;

/// <summary>Dates of birth as the American lists write them: '01 Jul 1946', 'Jan 1959', 'circa 1951', '1972 to 1977'.</summary>
internal static partial class ListedDates
{
    /// <summary>A range of years wider than this is given by its ends.</summary>
    private const int MaxYears = 20;

    private static readonly (string Format, string Iso)[] Formats =
    [
        ("dd MMM yyyy", "yyyy-MM-dd"),
        ("d MMM yyyy", "yyyy-MM-dd"),
        ("MMM yyyy", "yyyy-MM"),
        ("yyyy", "yyyy"),
    ];

    /// <summary>The dates in ISO 8601; none where the text is no date. Exact is one date that is not 'circa'.</summary>
    public static (IReadOnlyList<string> Dates, bool IsExact) Read(string text)
    {
        var match = Circa().Match(text);
        var rest = match.Groups["rest"].Value;
        if (Single(rest) is { } single)
            return ([single], !match.Groups["circa"].Success);
        return
            Range().Match(rest) is { Success: true } range
            && Single(range.Groups["from"].Value) is { } from
            && Single(range.Groups["to"].Value) is { } to
            ? (Between(from[..4], to[..4]), false)
            : ([], false);
    }

    /// <summary>Each year from the first to the last, or the two where there are too many between.</summary>
    public static IReadOnlyList<string> Between(string from, string to) =>
        int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
        && last >= first
        && last - first <= MaxYears
            ?
            [
                .. Enumerable
                    .Range(first, last - first + 1)
                    .Select(y => y.ToString("0000", CultureInfo.InvariantCulture)),
            ]
            : [.. new[] { from, to }.Where(y => y.Length > 0).Distinct()];

    private static string? Single(string text)
    {
        foreach (var (format, iso) in Formats)
            if (DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, 0, out var day))
                return day.ToString(iso, CultureInfo.InvariantCulture);
        return null;
    }

    [GeneratedRegex("^(?<circa>circa |approximately )?(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Circa();

    [GeneratedRegex("^(?<from>[^-]*?)(?: to |-)(?<to>[^-]*)$")]
    private static partial Regex Range();
}
