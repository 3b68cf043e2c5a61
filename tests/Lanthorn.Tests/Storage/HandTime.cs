namespace Lanthorn.Tests.Storage;

/// <summary>Time that stands still until a test moves it.</summary>
internal sealed class HandTime : TimeProvider
{
    private readonly Lock moving = new();
    private readonly List<HandTimer> timers = [];
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (moving)
            timers.Add(timer);
        return timer;
    }

    public void Move(TimeSpan by)
    {
        HandTimer[] due;
        lock (moving)
        {
            now += by;
            due = [.. timers.Where(t => t.Due <= now)];
        }
        foreach (var timer in due)
            timer.Ring();
    }

    private sealed class HandTimer(HandTime time, Action callback) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            period = every;
            Due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : time.now + dueTime;
            return true;
        }

        public void Ring()
        {
            Due = period <= TimeSpan.Zero ? DateTimeOffset.MaxValue : time.now + period;
            callback();
        }

        public void Dispose()
        {
            lock (time.moving)
                time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
