using System.Globalization;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>The catalogue: the official sources, and those of which the viewer sees a live record.</summary>
internal sealed class ListSources(Store store)
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
    }

    public async Task<IReadOnlyList<Source>> HandleAsync(Work work, CancellationToken cancellation)
    {
        var seen = (await work.On(store).SourcesAsync(cancellation)).ToDictionary(
            s => s.Code.Value,
            StringComparer.Ordinal
        );
        var official = OfficialSources.All.Select(o => OfOfficial(o, seen.GetValueOrDefault(o.Code)));
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
