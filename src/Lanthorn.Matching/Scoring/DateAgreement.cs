using System.Globalization;

namespace Lanthorn.Matching;

/// <summary>What two dates, each known to the day, the month or the year, say about each other.</summary>
/// <param name="Effect">The share gained when positive, lost when negative.</param>
internal readonly record struct DateAgreement(double Effect, string Words)
{
    public static readonly DateAgreement None = new(0, "");

    public static DateAgreement Of(int a, int b)
    {
        var (yearA, monthA, dayA) = Split(a);
        var (yearB, monthB, dayB) = Split(b);
        var apart = Math.Abs(yearA - yearB);
        if (apart == 0)
        {
            if (monthA == 0 || monthB == 0)
                return new(0.4, "born in the same year");
            if (monthA == monthB)
                return dayA == dayB && dayA != 0 ? new(0.8, "the same date")
                    : dayA == 0 || dayB == 0 ? new(0.55, "the same month")
                    : new(0, "the same month, another day");
            return dayA == monthB && dayB == monthA
                ? new(0.5, "the same date with day and month exchanged")
                : new(-0.05, "the same year, another date");
        }
        if (apart == 1)
            return new(-0.06, "a year apart");
        // 1968 and 1986 may be one slip of the pen.
        if (yearA / 100 == yearB / 100 && yearA / 10 % 10 == yearB % 10 && yearB / 10 % 10 == yearA % 10)
            return new(-0.1, "the same year with two digits exchanged");
        return apart <= 3 ? new(-0.15, $"{apart} years apart") : new(-0.3, $"{apart} years apart");
    }

    public static string Text(int date)
    {
        var (year, month, day) = Split(date);
        var text = year.ToString("0000", CultureInfo.InvariantCulture);
        if (month > 0)
            text += $"-{month:00}";
        return day > 0 ? $"{text}-{day:00}" : text;
    }

    private static (int Year, int Month, int Day) Split(int date) => (date / 10_000, date / 100 % 100, date % 100);
}
