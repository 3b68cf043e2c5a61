using System.Text.Json;
using Lanthorn.Knowledge;

namespace Lanthorn.Web;

/// <summary>
/// The outlines of the countries, 1:50 million, from Natural Earth (public domain) in the package world-atlas, embedded at
/// build. Borders are those of that data set and say nothing about what anybody recognises.
/// </summary>
internal sealed class World
{
    private const string Resource = "world.countries.json";

    private static readonly Lazy<World> Read = new(() => new());

    private World()
    {
        using var stream = typeof(World).Assembly.GetManifestResourceStream(Resource)!;
        using var json = JsonDocument.Parse(stream);
        var arcs = ReadArcs(json.RootElement);
        Countries =
        [
            .. json
                .RootElement.GetProperty("objects")
                .GetProperty("countries")
                .GetProperty("geometries")
                .EnumerateArray()
                .Select(g => new Country(CodeOf(g), [.. Outlines(g, arcs)])),
        ];
    }

    /// <summary>The world, read once when a map is first drawn.</summary>
    public static World Atlas => Read.Value;

    public IReadOnlyList<Country> Countries { get; }

    /// <param name="Code">As FollowTheMoney has it; null for a place without one.</param>
    internal sealed record Country(string? Code, IReadOnlyList<Outline> Outlines)
    {
        /// <summary>The largest piece of land: where the country is, whatever islands it has elsewhere.</summary>
        public Outline Main => Outlines.MaxBy(o => (o.East - o.West) * (o.North - o.South))!;
    }

    /// <summary>A closed line in the plane of the projection, with its bounds.</summary>
    internal sealed class Outline(IReadOnlyList<(double X, double Y)> points)
    {
        public IReadOnlyList<(double X, double Y)> Points => points;
        public double West { get; } = points.Min(p => p.X);
        public double East { get; } = points.Max(p => p.X);
        public double South { get; } = points.Min(p => p.Y);
        public double North { get; } = points.Max(p => p.Y);
    }

    public Country? Find(string code) => Countries.FirstOrDefault(c => c.Code == code);

    private static string? CodeOf(JsonElement geometry)
    {
        if (geometry.TryGetProperty("id", out var number) && CountryCode.OfNumber(number.GetString()!) is { } code)
            return code.Code;
        var named = CountryCode.Parse(geometry.GetProperty("properties").GetProperty("name").GetString());
        return named.IsAccepted ? named.Value.Code : null;
    }

    /// <summary>TopoJSON keeps each border once, as whole numbers, each the difference to the one before.</summary>
    private static List<(double, double)[]> ReadArcs(JsonElement topology)
    {
        var transform = topology.GetProperty("transform");
        var scale = Pair(transform.GetProperty("scale"));
        var origin = Pair(transform.GetProperty("translate"));
        var arcs = new List<(double, double)[]>();
        foreach (var arc in topology.GetProperty("arcs").EnumerateArray())
        {
            var (x, y) = (0.0, 0.0);
            var points = new List<(double, double)>();
            foreach (var step in arc.EnumerateArray())
            {
                (x, y) = (x + step[0].GetDouble(), y + step[1].GetDouble());
                points.Add(((x * scale.Item1) + origin.Item1, (y * scale.Item2) + origin.Item2));
            }
            arcs.Add([.. points]);
        }
        return arcs;

        static (double, double) Pair(JsonElement pair) => (pair[0].GetDouble(), pair[1].GetDouble());
    }

    private static IEnumerable<Outline> Outlines(JsonElement geometry, List<(double, double)[]> arcs)
    {
        var shape = geometry.GetProperty("arcs");
        var rings =
            geometry.GetProperty("type").GetString() == "Polygon"
                ? shape.EnumerateArray()
                : shape.EnumerateArray().SelectMany(p => p.EnumerateArray());
        foreach (var ring in rings)
        foreach (var piece in Antimeridian.Cut([.. Points(ring, arcs)]))
            yield return new([.. piece.Select(p => EqualEarth.Project(p.Longitude, p.Latitude))]);
    }

    /// <summary>A negative number is an arc read backwards: -1 is the first one, -2 the second.</summary>
    private static IEnumerable<(double, double)> Points(JsonElement ring, List<(double, double)[]> arcs) =>
        ring.EnumerateArray()
            .Select(n => n.GetInt32())
            .SelectMany(n => (n >= 0 ? arcs[n] : arcs[~n].Reverse()).SkipLast(1));
}
