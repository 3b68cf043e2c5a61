using System.Globalization;
using System.Text;

namespace Lanthorn.Web;

/// <summary>A place on a map.</summary>
/// <param name="Longitude">Degrees, east positive.</param>
/// <param name="Latitude">Degrees, north positive.</param>
public sealed record MapPoint(string Text, double Longitude, double Latitude, string? Href = null);

/// <summary>A country that a map marks.</summary>
/// <param name="Code">As FollowTheMoney has it, such as <c>ly</c>.</param>
/// <param name="Why">In what connection it is named.</param>
public sealed record MapCountry(string Code, string Name, string Why, IReadOnlyList<int>? Records = null);

/// <summary>
/// The part of the world that a map shows, and how it is drawn there: large enough for all that is marked, never so small
/// that nobody knows where it is.
/// </summary>
internal sealed class MapView
{
    public const int Width = 760;
    public const int Height = 380;

    /// <summary>In radii of the earth: about twenty degrees.</summary>
    private const double LeastWidth = 0.36;

    /// <summary>So much of the width is left free around what is marked.</summary>
    private const double Margin = 0.18;

    /// <summary>Points nearer to each other than this are drawn as one, in units of the drawing.</summary>
    private const double Fine = 1.6;

    /// <summary>A line is written in whole numbers of this part of a unit: half as many characters as with decimals.</summary>
    public const double Step = 0.1;

    /// <summary>What lies outside is drawn to here and no further.</summary>
    private const double Outside = 12;

    private readonly double west;
    private readonly double north;
    private readonly double scale;

    public MapView(IEnumerable<MapPoint> points, IEnumerable<string> codes)
    {
        var marked = points.Select(p => EqualEarth.Project(p.Longitude, p.Latitude)).Select(p => (p, p)).ToList();
        foreach (var country in codes.Select(World.Atlas.Find).OfType<World.Country>())
            marked.Add(((country.Main.West, country.Main.South), (country.Main.East, country.Main.North)));
        if (marked.Count == 0)
            marked.Add((EqualEarth.Project(-179, -56), EqualEarth.Project(179, 78)));
        var (left, right) = (marked.Min(m => m.Item1.Item1), marked.Max(m => m.Item2.Item1));
        var (low, high) = (marked.Min(m => m.Item1.Item2), marked.Max(m => m.Item2.Item2));
        var wide = Math.Max(Math.Max(right - left, (high - low) * Width / Height) * (1 + (2 * Margin)), LeastWidth);
        scale = Width / wide;
        west = ((left + right) / 2) - (wide / 2);
        north = ((low + high) / 2) + (wide * Height / Width / 2);
    }

    public (double X, double Y) Place(MapPoint point)
    {
        var (x, y) = EqualEarth.Project(point.Longitude, point.Latitude);
        return (X(x), Y(y));
    }

    /// <summary>All countries of which something is in sight, except those, as one line.</summary>
    public string LandWithout(IReadOnlySet<string> codes) =>
        Draw(World.Atlas.Countries.Where(c => c.Code is null || !codes.Contains(c.Code)));

    /// <summary>One country as a line; empty where nothing of it is in sight or the atlas does not have it.</summary>
    public string Land(string code) => World.Atlas.Find(code) is { } country ? Draw([country]) : "";

    private string Draw(IEnumerable<World.Country> countries)
    {
        var line = new StringBuilder();
        foreach (var outline in countries.SelectMany(c => c.Outlines).Where(o => IsInSight(o) && IsLargeEnough(o)))
            Draw(outline, line);
        return line.ToString();
    }

    private void Draw(World.Outline outline, StringBuilder line)
    {
        var points = new List<(double X, double Y)>();
        foreach (var (x, y) in outline.Points)
        {
            var at = (X: Math.Clamp(X(x), -Outside, Width + Outside), Y: Math.Clamp(Y(y), -Outside, Height + Outside));
            if (points.Count == 0 || Math.Abs(at.X - points[^1].X) + Math.Abs(at.Y - points[^1].Y) >= Fine)
                points.Add(at);
        }
        if (points.Count < 3)
            return;
        var (lastX, lastY) = (0, 0);
        for (var at = 0; at < points.Count; at++)
        {
            var (x, y) = ((int)Math.Round(points[at].X / Step), (int)Math.Round(points[at].Y / Step));
            line.Append(CultureInfo.InvariantCulture, $"{(at == 0 ? 'M' : 'l')}{x - lastX} {y - lastY}");
            (lastX, lastY) = (x, y);
        }
        line.Append('Z');
    }

    private bool IsInSight(World.Outline outline) =>
        X(outline.East) >= 0 && X(outline.West) <= Width && Y(outline.South) >= 0 && Y(outline.North) <= Height;

    /// <summary>An island smaller than a point of the drawing is left out.</summary>
    private bool IsLargeEnough(World.Outline outline) =>
        (outline.East - outline.West) * scale >= Fine || (outline.North - outline.South) * scale >= Fine;

    private double X(double x) => (x - west) * scale;

    private double Y(double y) => (north - y) * scale;
}
