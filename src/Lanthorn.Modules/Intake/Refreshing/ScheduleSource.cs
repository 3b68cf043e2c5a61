using System.Globalization;
using Lanthorn.Governance.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Refreshing;

/// <summary>
/// Schedules by which official lists are fetched. A person switches one on, it runs as that person's account, and ends with
/// that account. After a jump of the clock it runs once.
/// </summary>
internal sealed class ScheduleSource(Store store, Accounts accounts, RefreshStates states, RefreshSource refresh)
{
    public const string Off = "off";

    /// <param name="every">Such as <c>24h</c> or <c>1d</c>; <see cref="Off"/> ends it.</param>
    /// <param name="at">A time of the day in UTC; null is any.</param>
    /// <exception cref="RefusedException">No such official source, no such time, or not for this account.</exception>
    public async Task<RefreshState> SetAsync(
        Work work,
        string code,
        string? every,
        string? at,
        CancellationToken cancellation
    )
    {
        var source = RefreshSource.Need(work, code);
        if (every?.Trim() == Off)
            await WriteAsync(work, source.Code, null, "schedule switched off", cancellation);
        else
        {
            var times = RefreshTimes.Parse(every, at);
            if (!times.IsAccepted)
                throw new RefusedException(
                    Refusal.Unprocessable(
                        "schedule-times",
                        $"'{every}' cannot be a schedule: {times.Reason}",
                        "Give for example 24h, 7d, or off",
                        "every"
                    )
                );
            await WriteAsync(
                work,
                source.Code,
                times.Value,
                $"schedule switched on, every {RefreshTimes.Text(times.Value.Every)}",
                cancellation
            );
        }
        return await states.OfAsync(source.Code, cancellation);
    }

    /// <summary>Runs what is due, one after the other.</summary>
    public async Task RunDueAsync(CancellationToken cancellation)
    {
        foreach (var (source, state) in await states.AllAsync(cancellation))
            if (state.Schedule is { } schedule)
                await RunDueAsync(source, schedule, cancellation);
    }

    private async Task RunDueAsync(string source, RefreshSchedule schedule, CancellationToken cancellation)
    {
        var (times, now) = (new RefreshTimes(schedule.Every, schedule.At), store.Time.GetUtcNow());
        if (times.IsTooFar(schedule.NextAt, now))
            await ClaimAsync(source, schedule, times.First(now), cancellation);
        else if (
            schedule.NextAt <= now
            && await ClaimAsync(source, schedule, times.After(schedule.NextAt, now), cancellation)
        )
            await RunAsync(source, schedule, cancellation);
    }

    private async Task RunAsync(string source, RefreshSchedule schedule, CancellationToken cancellation)
    {
        var work = await accounts.WorkOfAsync(schedule.By, $"scheduled refresh of {source}", cancellation);
        if (work is not { HasEnforcementAccess: true })
        {
            await EndAsync(source, schedule, cancellation);
            return;
        }
        try
        {
            await refresh.HandleAsync(work, source, progress: null, cancellation);
        }
        catch (RefusedException)
        {
            // Somebody refreshes it at this moment, which is as good.
        }
    }

    /// <summary>True for one of several servers on the database: it runs, the others have nothing to do.</summary>
    private Task<bool> ClaimAsync(
        string source,
        RefreshSchedule schedule,
        DateTimeOffset next,
        CancellationToken cancellation
    ) =>
        store.WriteAsync(
            async (connection, transaction) =>
                await Dapper.SqlMapper.ExecuteAsync(
                    connection,
                    "update intake_refresh set next_at = @next where source = @source and next_at = @due",
                    new
                    {
                        source,
                        next = Times.Text(next),
                        due = Times.Text(schedule.NextAt),
                    },
                    transaction
                ) == 1,
            cancellation
        );

    private Task EndAsync(string source, RefreshSchedule schedule, CancellationToken cancellation)
    {
        var now = store.Time.GetUtcNow();
        return store.WriteAsync(
            (connection, transaction) =>
                RefreshStates.SetInAsync(
                    connection,
                    transaction,
                    source,
                    $"{SwitchedOff}, notice = @notice",
                    new
                    {
                        notice = string.Create(
                            CultureInfo.InvariantCulture,
                            $"The schedule ended on {now:yyyy-MM-dd}: the account '{schedule.By}', as which it ran, is locked or may no longer import. Whoever wants it to go on switches it on."
                        ),
                    }
                ),
            cancellation
        );
    }

    private const string SwitchedOff = "every_minutes = null, at_minute = null, scheduled_by = null, next_at = null";

    private Task WriteAsync(
        Work work,
        string source,
        RefreshTimes? times,
        string what,
        CancellationToken cancellation
    ) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                await RefreshStates.SetInAsync(
                    connection,
                    transaction,
                    source,
                    times is null
                        ? $"{SwitchedOff}, notice = null"
                        : "every_minutes = @every, at_minute = @at, scheduled_by = @by, next_at = @next, notice = null",
                    new
                    {
                        every = (long?)times?.Every.TotalMinutes,
                        at = (long?)times?.At?.ToTimeSpan().TotalMinutes,
                        by = work.Viewer.Name,
                        next = times is null ? null : Times.Text(times.First(store.Time.GetUtcNow())),
                    }
                );
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    AuditEntry.By(
                        work.Viewer,
                        Operation.Alteration,
                        $"{what}: source {source}",
                        [],
                        new Justification(work.Justification, work.Case)
                    )
                );
            },
            cancellation
        );
}
