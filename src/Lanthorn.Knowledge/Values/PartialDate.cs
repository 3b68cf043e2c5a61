using System.Globalization;
using System.Text.RegularExpressions;

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
public readonly partial record struct PartialDate
{
    /// <summary>Before it a year is more likely Hijri or Persian; those calendars are never converted by guessing.</summary>
    public const int EarliestYear = 1500;
    public const int LatestYear = 2200;

    private const int MaxLength = 40;

    /// <summary>What is read, and how it is written: never more precisely than it was given.</summary>
    private static readonly (string Read, string Write)[] Forms =
    [
        ("yyyy-M-d", "yyyy-MM-dd"),
        ("yyyy/M/d", "yyyy-MM-dd"),
        ("yyyy.M.d", "yyyy-MM-dd"),
        ("yyyyMMdd", "yyyy-MM-dd"),
        ("d MMM yyyy", "yyyy-MM-dd"),
        ("d MMMM yyyy", "yyyy-MM-dd"),
        ("d-MMM-yyyy", "yyyy-MM-dd"),
        ("MMM d yyyy", "yyyy-MM-dd"),
        ("MMMM d yyyy", "yyyy-MM-dd"),
        ("yyyy-M", "yyyy-MM"),
        ("MM/yyyy", "yyyy-MM"),
        ("MMM yyyy", "yyyy-MM"),
        ("MMMM yyyy", "yyyy-MM"),
        ("yyyy-MM-ddTHH", "yyyy-MM-ddTHH"),
        ("yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm"),
        ("yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss"),
    ];

    /// <summary>Times with their distance from UTC, which are written in UTC.</summary>
    private static readonly (string Read, string Write)[] ZonedForms =
    [
        ("yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm"),
        ("yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss"),
    ];

    private readonly string? text;

    private PartialDate(string text) => this.text = text;

    /// <summary>The canonical text: <c>1986</c>, <c>1986-03</c>, <c>1986-03-14</c> or <c>1986-03-14T08:30:00</c>.</summary>
    public string Text => text ?? throw new InvalidOperationException("An empty date");

    public int Year => int.Parse(Text.AsSpan(0, 4), CultureInfo.InvariantCulture);

    public int? Month => Text.Length >= 7 ? int.Parse(Text.AsSpan(5, 2), CultureInfo.InvariantCulture) : null;

    public int? Day => Text.Length >= 10 ? int.Parse(Text.AsSpan(8, 2), CultureInfo.InvariantCulture) : null;

    public static Parsed<PartialDate> Parse(string? raw)
    {
        if (raw is null || raw.Length > MaxLength)
            return Parsed.Refuse($"a date has 1 to {MaxLength} characters");
        var text = WithoutFraction(WithT(DecimalDigits.ToLatin(raw.Trim())));
        if (text.Length == 4 && text.All(char.IsAsciiDigit))
            return Bounded(text, int.Parse(text, CultureInfo.InvariantCulture));
        if (UnknownPart().Match(text) is { Success: true } known)
            return Parse(known.Groups["known"].Value);
        // Blanks, commas and the dots of abbreviations only where a month is written in letters.
        var plain = text.Length > 10 && text[10] == 'T' ? text.TrimEnd('Z') : text;
        if (plain.Any(char.IsAsciiLetter) && plain.Contains(' ', StringComparison.Ordinal))
            plain = Words().Replace(plain, " ").Trim();
        foreach (var (read, write) in Forms)
            if (DateTime.TryParseExact(plain, read, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
                return Bounded(at.ToString(write, CultureInfo.InvariantCulture), at.Year);
        foreach (var (read, write) in ZonedForms)
            if (DateTimeOffset.TryParseExact(text, read, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
                return Bounded(at.UtcDateTime.ToString(write, CultureInfo.InvariantCulture), at.UtcDateTime.Year);
        return FromSlashes(text);
    }

    public static DateAgreementKind Compare(PartialDate a, PartialDate b)
    {
        var (shorter, longer) = a.Text.Length <= b.Text.Length ? (a, b) : (b, a);
        if (longer.Text == shorter.Text)
            return DateAgreementKind.Equal;
        if (longer.Text.StartsWith(shorter.Text, StringComparison.Ordinal))
            return DateAgreementKind.Compatible;
        return a.Day is not null && a.Day != b.Day && a.Year == b.Year && a.Day == b.Month && a.Month == b.Day
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
        return Parsed.Refuse(WhyNot(text));
    }

    private static string WhyNot(string text) =>
        Vague().IsMatch(text) ? $"'{text}' is not exact: give the year, or the years that are possible"
        : Range().IsMatch(text) ? $"'{text}' is a range: give its years one by one"
        : NoSuchDay().IsMatch(text) ? $"the calendar has no day '{text}'"
        : "not a date such as 1986, 1986-03, 1986-03-14 or 14 Mar 1986";

    private static Parsed<PartialDate> Bounded(string text, int year) =>
        year is >= EarliestYear and <= LatestYear
            ? Parsed.Accept(new PartialDate(text))
            : Parsed.Refuse(
                $"the year {year} is not between {EarliestYear} and {LatestYear}: dates of other calendars are not converted"
            );

    /// <summary>A time may stand behind a blank instead of a T.</summary>
    private static string WithT(string text) =>
        text.Length > 12 && text[10] == ' ' && text[..10].All(c => char.IsAsciiDigit(c) || c == '-')
            ? $"{text[..10]}T{text[11..]}"
            : text;

    private static string WithoutFraction(string text) => Fraction().Replace(text, "$1");

    [GeneratedRegex("^(?<known>[0-9]{4}(-(0[1-9]|1[0-2]))?)(-00)+$")]
    private static partial Regex UnknownPart();

    [GeneratedRegex("^([^.]{19})\\.[0-9]{1,9}")]
    private static partial Regex Fraction();

    [GeneratedRegex("[ ,.]+")]
    private static partial Regex Words();

    [GeneratedRegex(
        "^(c|ca|circa|approx|approximately|about|around|before|after|early|late)\\b|[~?]",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Vague();

    [GeneratedRegex("[0-9]{4} *(-|–|/|to|and|or) *[^-/]*[0-9]{4}$|^between\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Range();

    [GeneratedRegex("^[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?$|^[0-9]{1,2}[ ./-]\\w+[ ./-][0-9]{4}$")]
    private static partial Regex NoSuchDay();
}
