using System.Globalization;
using Lanthorn.Knowledge;

namespace Lanthorn.Intake.Refreshing;

/// <summary>When a schedule runs: every so many hours or days, on days at a time of the day if wanted. All in UTC.</summary>
/// <param name="At">Only with whole days.</param>
internal sealed record RefreshTimes(TimeSpan Every, TimeOnly? At)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(1);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <param name="every">Such as <c>6h</c> or <c>1d</c>.</param>
    /// <param name="at">Such as <c>04:30</c>; null or empty is any time.</param>
    public static Parsed<RefreshTimes> Parse(string? every, string? at)
    {
        var text = (every ?? "").Trim();
        var unit = text.Length > 0 ? text[^1] : ' ';
        if (
            unit is not ('h' or 'd')
            || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > Longest.TotalHours
        )
            return Parsed.Refuse("not a number of hours or days such as 6h or 1d");
        var length = unit == 'h' ? TimeSpan.FromHours(count) : TimeSpan.FromDays(count);
        if (length < Shortest || length > Longest)
            return Parsed.Refuse($"between {Shortest.TotalHours}h and {Longest.TotalDays}d");
        if (string.IsNullOrWhiteSpace(at))
            return Parsed.Accept(new RefreshTimes(length, null));
        if (!TimeOnly.TryParseExact(at.Trim(), "HH:mm", CultureInfo.InvariantCulture, 0, out var time))
            return Parsed.Refuse("the time of the day is written as 04:30, in UTC");
        return length.Ticks % TimeSpan.TicksPerDay == 0
            ? Parsed.Accept(new RefreshTimes(length, time))
            : Parsed.Refuse("a time of the day goes with whole days, such as 1d");
    }

    /// <summary>Such as <c>6h</c> or <c>1d</c>.</summary>
    public static string Text(TimeSpan every) =>
        every.Ticks % TimeSpan.TicksPerDay == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{every.Days}d")
            : string.Create(CultureInfo.InvariantCulture, $"{every.TotalHours:0}h");

    public DateTimeOffset First(DateTimeOffset now)
    {
        if (At is not { } at)
            return now + Every;
        var today = new DateTimeOffset(DateOnly.FromDateTime(now.UtcDateTime), at, TimeSpan.Zero);
        return today > now ? today : today.AddDays(1);
    }

    /// <summary>The first time after now in the rhythm of what was due: those that were missed are not made up for.</summary>
    public DateTimeOffset After(DateTimeOffset due, DateTimeOffset now)
    {
        var missed = (now - due).Ticks / Every.Ticks;
        return due + ((missed + 1) * Every);
    }

    /// <summary>True for a time that was set by a clock which has been put back since: it would let the list grow old.</summary>
    public bool IsTooFar(DateTimeOffset due, DateTimeOffset now) =>
        due - now > Every + TimeSpan.FromDays(At is null ? 0 : 1);
}
