using System.Globalization;

namespace Lanthorn.Web;

/// <summary>A dated fact as the timeline shows it.</summary>
/// <param name="When">Year, month or day as ISO 8601 writes them: <c>1986</c>, <c>1986-03</c>, <c>1986-03-14</c>.</param>
/// <param name="Until">The end of something that lasted; null for what happened at once.</param>
/// <param name="Lane">What kind of fact it is, in a word; facts of one kind stand in one row.</param>
/// <param name="Href">Where there is more about it; null where there is not.</param>
/// <param name="Records">The numbers of the records on the page that say it.</param>
public sealed record TimelineFact(
    string When,
    string? Until,
    string Lane,
    string What,
    string? Href = null,
    IReadOnlyList<int>? Records = null
)
{
    /// <summary>
    /// Earliest first; of two that begin alike the less exact one first, since it says the least: 1986, then March 1986,
    /// then the 14th.
    /// </summary>
    public static IReadOnlyList<TimelineFact> InOrder(IEnumerable<TimelineFact> facts) =>
        [
            .. facts
                .OrderBy(f => f.When, StringComparer.Ordinal)
                .ThenBy(f => f.Until, StringComparer.Ordinal)
                .ThenBy(f => f.Lane, StringComparer.Ordinal)
                .ThenBy(f => f.What, StringComparer.Ordinal),
        ];

    /// <summary>The first and the last day that a date of any precision may mean; null for what is no such date.</summary>
    public static (DateOnly First, DateOnly Last)? Days(string date)
    {
        var parts = date.Split('T')[0].Split('-');
        if (
            parts.Length > 3
            || !parts.All(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        )
            return null;
        var numbers = parts.Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        var (year, month, day) = (numbers[0], numbers.ElementAtOrDefault(1), numbers.ElementAtOrDefault(2));
        if (year is < 1 or > 9999 || month > 12 || (month > 0 && day > DateTime.DaysInMonth(year, month)))
            return null;
        return parts.Length switch
        {
            1 => (new(year, 1, 1), new(year, 12, 31)),
            2 => (
                new(year, Math.Max(month, 1), 1),
                new(year, Math.Max(month, 1), DateTime.DaysInMonth(year, Math.Max(month, 1)))
            ),
            _ => (new(year, Math.Max(month, 1), Math.Max(day, 1)), new(year, Math.Max(month, 1), Math.Max(day, 1))),
        };
    }

    /// <summary>A date as a reader reads it, never more exact than it is.</summary>
    public static string InWords(string date) =>
        Days(date) is not { } days ? date
        : days.First == days.Last ? days.First.ToString("d MMMM yyyy", CultureInfo.CurrentCulture)
        : days.First.Month == days.Last.Month ? days.First.ToString("MMMM yyyy", CultureInfo.CurrentCulture)
        : days.First.ToString("yyyy", CultureInfo.CurrentCulture);
}
