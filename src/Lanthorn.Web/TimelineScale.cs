namespace Lanthorn.Web;

/// <summary>Where days stand on a line of a given length, and which days are written below it.</summary>
internal sealed class TimelineScale
{
    private const int MostTicks = 8;

    /// <summary>Ticks stand at every so many months.</summary>
    private static readonly int[] Steps = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

    private readonly int first;
    private readonly int last;
    private readonly double start;
    private readonly double length;

    public TimelineScale(IReadOnlyList<TimelineFact> facts, double start, double length)
    {
        var days = facts
            .SelectMany(f => new[] { f.When, f.Until ?? f.When })
            .Select(TimelineFact.Days)
            .OfType<(DateOnly First, DateOnly Last)>()
            .ToList();
        (first, last) = days.Count == 0 ? (0, 1) : (days.Min(d => d.First.DayNumber), days.Max(d => d.Last.DayNumber));
        if (last - first < 60)
            (first, last) = (Math.Max(0, first - 30), Math.Min(DateOnly.MaxValue.DayNumber, last + 30));
        (this.start, this.length) = (start, length);
    }

    public double At(DateOnly day) => start + (length * (day.DayNumber - first) / (last - first));

    /// <summary>The first days of months or years, at most <see cref="MostTicks"/>, and how they are written.</summary>
    public IEnumerable<(double At, string Text)> Ticks()
    {
        var (from, to) = (DateOnly.FromDayNumber(first), DateOnly.FromDayNumber(last));
        var months = ((to.Year - from.Year) * 12) + to.Month - from.Month;
        var step = Steps.FirstOrDefault(s => months / s < MostTicks, Steps[^1]);
        // From the step's own beginning: every fifth year is 1990, 1995, 2000.
        var month = ((from.Year * 12) + from.Month - 1 + step - 1) / step * step;
        for (; month / 12 is var year && year <= to.Year; month += step)
        {
            var day = new DateOnly(year, (month % 12) + 1, 1);
            if (day >= from && day <= to)
                yield return (At(day), day.ToString(step < 12 ? "MMM yyyy" : "yyyy", null));
        }
    }
}
