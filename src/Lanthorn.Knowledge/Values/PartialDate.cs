using System.Globalization;

namespace Lanthorn.Knowledge;

/// <summary>How two dates, each known to its own precision, agree.</summary>
public enum DateAgreementKind
{
    Differ,

    /// <summary>One is known less exactly and contains the other.</summary>
    Compatible,

    /// <summary>Day and month stand the other way round: a common slip.</summary>
    DayAndMonthSwapped,
    Equal,
}

/// <summary>
/// A date known to the year, the month, the day or the second: the ISO 8601 prefixes of FollowTheMoney, in UTC. It is not a
/// point in time, and 1980 is not 1 January 1980.
/// </summary>
public readonly record struct PartialDate
{
    private const int EarliestYear = 1000;
    private const int LatestYear = 2200;

    private static readonly string[] IsoForms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-ddTHH:mm",
        "yyyy-MM-ddTHH",
        "yyyy-MM-dd HH:mm:ss",
    ];

    private static readonly string[] DayForms =
    [
        "d MMM yyyy",
        "dd MMM yyyy",
        "d MMMM yyyy",
        "MMMM d yyyy",
        "yyyy/MM/dd",
        "yyyyMMdd",
    ];
    private static readonly string[] MonthForms = ["yyyy-MM", "MMM yyyy", "MMMM yyyy"];

    private readonly string? text;

    private PartialDate(string text) => this.text = text;

    /// <summary>The canonical text: <c>1986</c>, <c>1986-03</c>, <c>1986-03-14</c> or <c>1986-03-14T08:30:00</c>.</summary>
    public string Text => text ?? throw new InvalidOperationException("An empty date");

    public int Year => int.Parse(Text.AsSpan(0, 4), CultureInfo.InvariantCulture);

    public int? Month => Text.Length >= 7 ? int.Parse(Text.AsSpan(5, 2), CultureInfo.InvariantCulture) : null;

    public int? Day => Text.Length >= 10 ? int.Parse(Text.AsSpan(8, 2), CultureInfo.InvariantCulture) : null;

    public static Parsed<PartialDate> Parse(string? raw)
    {
        var clean = (raw ?? "").Trim();
        if (clean.EndsWith('Z') || clean.EndsWith("+00:00", StringComparison.Ordinal))
            clean = clean[..clean.LastIndexOfAny(['Z', '+'])];
        if (clean.Length == 4 && clean.All(char.IsAsciiDigit))
            return Bounded(clean, int.Parse(clean, CultureInfo.InvariantCulture));
        if (Exact(WithoutFraction(clean), IsoForms, out var time))
            return Bounded(
                clean.Length == 10
                    ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    : time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
                time.Year
            );
        var words = clean.Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        if (Exact(words, DayForms, out var day))
            return Bounded(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.Year);
        if (Exact(words, MonthForms, out var month))
            return Bounded(month.ToString("yyyy-MM", CultureInfo.InvariantCulture), month.Year);
        return FromSlashes(clean);
    }

    public static DateAgreementKind Compare(PartialDate a, PartialDate b)
    {
        var (shorter, longer) = a.Text.Length <= b.Text.Length ? (a, b) : (b, a);
        if (longer.Text == shorter.Text)
            return DateAgreementKind.Equal;
        if (longer.Text.StartsWith(shorter.Text, StringComparison.Ordinal))
            return DateAgreementKind.Compatible;
        return a.Day is not null && a.Year == b.Year && a.Day == b.Month && a.Month == b.Day
            ? DateAgreementKind.DayAndMonthSwapped
            : DateAgreementKind.Differ;
    }

    public override string ToString() => text ?? "";

    /// <summary>15/03/1980 can only be one day; 04/03/1980 could be two and is refused.</summary>
    private static Parsed<PartialDate> FromSlashes(string text)
    {
        var parts = text.Split('/', '.');
        if (
            parts.Length == 3
            && parts[2].Length == 4
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        )
        {
            if (first <= 12 && second <= 12 && first != second)
                return Parsed.Refuse($"'{text}' could be two days: write year-month-day");
            var (day, month) = first > 12 ? (first, second) : (second, first);
            if (
                month is >= 1 and <= 12
                && year is >= 1 and <= 9999
                && day >= 1
                && day <= DateTime.DaysInMonth(year, month)
            )
                return Bounded(string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}"), year);
        }
        return Parsed.Refuse("not a date such as 1986, 1986-03, 1986-03-14 or 14 Mar 1986");
    }

    private static Parsed<PartialDate> Bounded(string text, int year) =>
        year is >= EarliestYear and <= LatestYear
            ? Parsed.Accept(new PartialDate(text))
            : Parsed.Refuse($"the year {year} is not between {EarliestYear} and {LatestYear}");

    private static string WithoutFraction(string text) =>
        text.Length > 19 && text[19] == '.' && text.AsSpan(20).IndexOfAnyExceptInRange('0', '9') < 0
            ? text[..19]
            : text;

    private static bool Exact(string text, string[] forms, out DateTime value) =>
        DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
}
