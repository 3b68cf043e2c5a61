namespace Lanthorn.Web;

/// <summary>
/// Cuts the outlines of countries at the antimeridian. A ring that crosses it would otherwise be drawn across the whole map,
/// and one around a pole would not close.
/// </summary>
internal static class Antimeridian
{
    /// <param name="ring">Longitudes and latitudes in degrees; the last point need not repeat the first.</param>
    /// <returns>Rings with longitudes from -180 to 180; empty pieces are left out.</returns>
    public static IEnumerable<IReadOnlyList<(double Longitude, double Latitude)>> Cut(
        IReadOnlyList<(double Longitude, double Latitude)> ring
    )
    {
        var whole = Unwrapped(ring);
        var (least, most) = (whole.Min(p => p.Longitude), whole.Max(p => p.Longitude));
        for (var turn = (int)Math.Floor((least + 180) / 360); (turn * 360) - 180 < most; turn++)
        {
            var (west, east) = ((turn * 360) - 180, (turn * 360) + 180);
            var piece = Clip(Clip(whole, p => p.Longitude >= west, west), p => p.Longitude <= east, east);
            if (piece.Count >= 3)
                yield return [.. piece.Select(p => (p.Longitude - (turn * 360), p.Latitude))];
        }
    }

    /// <summary>The same ring without jumps: where it passes 180 it goes on to 181. Around a pole it is closed along it.</summary>
    private static List<(double Longitude, double Latitude)> Unwrapped(
        IReadOnlyList<(double Longitude, double Latitude)> ring
    )
    {
        var whole = new List<(double Longitude, double Latitude)> { ring[0] };
        foreach (var (longitude, latitude) in ring.Skip(1))
            whole.Add((Near(longitude, whole[^1].Longitude), latitude));
        var (first, last) = (whole[0], whole[^1]);
        if (Math.Abs(Near(first.Longitude, last.Longitude) - first.Longitude) > 180)
        {
            var pole = whole.Average(p => p.Latitude) < 0 ? -90 : 90;
            var end = Near(first.Longitude, last.Longitude);
            whole.AddRange([(end, first.Latitude), (end, pole), (first.Longitude, pole)]);
        }
        return whole;
    }

    private static double Near(double longitude, double to) => longitude - (360 * Math.Round((longitude - to) / 360));

    /// <summary>The part of a ring on one side of a meridian (Sutherland and Hodgman).</summary>
    private static List<(double Longitude, double Latitude)> Clip(
        List<(double Longitude, double Latitude)> ring,
        Func<(double Longitude, double Latitude), bool> isInside,
        double meridian
    )
    {
        var kept = new List<(double Longitude, double Latitude)>();
        for (var at = 0; at < ring.Count; at++)
        {
            var (before, now) = (ring[(at + ring.Count - 1) % ring.Count], ring[at]);
            if (isInside(before) != isInside(now))
            {
                var share = (meridian - before.Longitude) / (now.Longitude - before.Longitude);
                kept.Add((meridian, before.Latitude + (share * (now.Latitude - before.Latitude))));
            }
            if (isInside(now))
                kept.Add(now);
        }
        return kept;
    }
}
