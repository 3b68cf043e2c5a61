using System.Globalization;
using System.Text.RegularExpressions;

namespace Lanthorn.Formats;

/// <summary>How a table means dates of three numbers that end with the year.</summary>
public enum DateOrder
{
    /// <summary>Not said: what could be two days is refused.</summary>
    Iso,
    DayFirst,
    MonthFirst,
}

/// <summary>Dates such as 03/04/1985 or 3.4.1985, of which only the table says which number is the day.</summary>
public static partial class DateOrders
{
    private static readonly (string Name, DateOrder Order)[] Named =
    [
        ("iso", DateOrder.Iso),
        ("day-first", DateOrder.DayFirst),
        ("month-first", DateOrder.MonthFirst),
    ];

    public static IEnumerable<string> Names => Named.Select(n => n.Name);

    public static string NameOf(DateOrder order) => Array.Find(Named, n => n.Order == order).Name;

    /// <summary>The order of that name; without a name ISO's, and null where there is none.</summary>
    public static DateOrder? Find(string? name) =>
        name is null ? DateOrder.Iso
        : Array.FindIndex(Named, n => n.Name == name) is >= 0 and var at ? Named[at].Order
        : null;

    /// <summary>The order in which all such dates among the texts are days; ISO where none or several say so.</summary>
    public static DateOrder Guess(IEnumerable<string> texts)
    {
        var (isDayFirst, isMonthFirst) = (false, false);
        foreach (var text in texts)
            if (Numbers(text) is var (first, second, _))
            {
                // A month has at most twelve; and where points part the numbers, the day stands first.
                isDayFirst |= first > 12 || text.Contains('.', StringComparison.Ordinal);
                isMonthFirst |= second > 12;
            }
        return isDayFirst == isMonthFirst ? DateOrder.Iso
            : isDayFirst ? DateOrder.DayFirst
            : DateOrder.MonthFirst;
    }

    /// <summary>The date as ISO 8601 writes it; the text as it is where it is no such date, or no day that there was.</summary>
    public static string InIso(string text, DateOrder order)
    {
        if (order == DateOrder.Iso || Numbers(text) is not var (first, second, year))
            return text;
        var (day, month) = order == DateOrder.DayFirst ? (first, second) : (second, first);
        return year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}")
            : text;
    }

    private static (int First, int Second, int Year)? Numbers(string text) =>
        text.Length <= MaxLength && Shape().Match(text) is { Success: true } match
            ? (Number(match, 1), Number(match, 2), Number(match, 3))
            : null;

    private const int MaxLength = 40;

    /// <summary>In the digits of any script.</summary>
    private static int Number(Match match, int group) =>
        match.Groups[group].Value.Aggregate(0, (number, c) => (number * 10) + CharUnicodeInfo.GetDecimalDigitValue(c));

    /// <summary>Spreadsheets write the midnight of a day behind it.</summary>
    [GeneratedRegex(@"^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})( 00?:00(:00)?)?\s*\z")]
    private static partial Regex Shape();
}
