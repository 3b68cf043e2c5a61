using System.Globalization;
using Lanthorn.Intake.Refreshing;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>The catalogue: the official sources, and those of which the viewer sees a live record.</summary>
internal sealed class ListSources(Store store, RefreshStates states, RefreshesUnderWay underWay)
{
    /// <summary>How current a source is, by the day that its edition gives.</summary>
    internal enum Freshness
    {
        /// <summary>The viewer sees nothing of it.</summary>
        Absent,

        /// <summary>Its files do not say of which day they are, or nobody promises editions.</summary>
        Unknown,
        Fresh,
        Stale,
    }

    /// <param name="AsOf">The day whose state the edition gives.</param>
    /// <param name="Records">Live ones that the viewer sees.</param>
    internal sealed record Source(
        string Code,
        string Title,
        string Publisher,
        string Address,
        string Licence,
        DateOnly? AsOf,
        Freshness Freshness,
        int Records,
        DateTimeOffset? LastChange
    )
    {
        public bool IsOfficial => OfficialSources.Find(Code) is not null;

        /// <summary>What its publisher was asked last, and when it will be; null for sources that are not official.</summary>
        public Fetching? Fetching { get; init; }
    }

    /// <param name="Files">Where its files are, without what may be secret; none where an administrator has to say it.</param>
    /// <param name="IsUnderWay">It is being refreshed in this server, or waits for it.</param>
    /// <param name="Result">How the last look ended; null when there was none.</param>
    /// <param name="ResultText">In words: what changed, or why it failed and what to do.</param>
    /// <param name="CheckedAt">When the publisher last answered with the list, or that it is unchanged.</param>
    /// <param name="Every">How often a schedule runs, such as 24h; null when nobody has switched one on.</param>
    /// <param name="ScheduledBy">Who switched it on; it runs as this account.</param>
    /// <param name="Notice">Why a schedule was ended without anybody asking.</param>
    internal sealed record Fetching(
        IReadOnlyList<string> Files,
        bool IsUnderWay,
        string? Result,
        string ResultText,
        DateTimeOffset? ResultAt,
        DateTimeOffset? CheckedAt,
        string? Every,
        string? At,
        string? ScheduledBy,
        DateTimeOffset? NextAt,
        string? Notice
    );

    public async Task<IReadOnlyList<Source>> HandleAsync(Work work, CancellationToken cancellation)
    {
        var seen = (await work.On(store).SourcesAsync(cancellation)).ToDictionary(
            s => s.Code.Value,
            StringComparer.Ordinal
        );
        var known = await states.AllAsync(cancellation);
        var official = OfficialSources.All.Select(o =>
            OfOfficial(o, seen.GetValueOrDefault(o.Code)) with
            {
                Fetching = FetchingOf(o, known.GetValueOrDefault(o.Code, RefreshState.Nothing)),
            }
        );
        var others = seen
            .Values.Where(s => OfficialSources.Find(s.Code.Value) is null)
            .OrderBy(s => s.Code.Value, StringComparer.Ordinal)
            .Select(s => new Source(
                s.Code.Value,
                s.Title,
                s.Publisher,
                "",
                s.Licence,
                null,
                Freshness.Unknown,
                s.LiveRecords,
                s.LastChange
            ));
        return [.. official, .. others];
    }

    private Fetching FetchingOf(OfficialSource official, RefreshState state) =>
        new(
            [.. state.AddressesOf(official).Select(a => a.Shown)],
            underWay.Has(official.Code),
            state.Result,
            state.ResultText,
            state.ResultAt,
            state.CheckedAt,
            state.Schedule is { } on ? RefreshTimes.Text(on.Every) : null,
            state.Schedule?.At?.ToString("HH:mm", CultureInfo.InvariantCulture),
            state.Schedule?.By,
            state.Schedule?.NextAt,
            state.Notice
        );

    private Source OfOfficial(OfficialSource official, Reading.SourceSeen? seen)
    {
        var asOf = DateOnly.TryParseExact(seen?.Edition, "O", CultureInfo.InvariantCulture, 0, out var day)
            ? day
            : default(DateOnly?);
        return new(
            official.Code,
            official.Title,
            official.Publisher,
            official.Address,
            official.Licence,
            asOf,
            seen is null ? Freshness.Absent : FreshnessOf(official, asOf),
            seen?.LiveRecords ?? 0,
            seen?.LastChange
        );
    }

    private Freshness FreshnessOf(OfficialSource official, DateOnly? asOf)
    {
        if (asOf is not { } day)
            return Freshness.Unknown;
        var today = DateOnly.FromDateTime(store.Time.GetUtcNow().UtcDateTime);
        return today.DayNumber - day.DayNumber <= official.FreshDays ? Freshness.Fresh : Freshness.Stale;
    }
}
