using System.Diagnostics.Metrics;

namespace Lanthorn.Pathways.Hosting;

/// <summary>
/// Meters that nobody hears. A meter is heard in the whole process, so what is measured behind the wall (which route, how often,
/// how long) would stand in the measurements of the enforcement side.
/// </summary>
internal sealed class SilentMeters : IMeterFactory
{
    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        // Instruments that are added to a closed meter are never published.
        meter.Dispose();
        return meter;
    }

    public void Dispose() { }
}
