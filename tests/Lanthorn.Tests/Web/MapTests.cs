using Lanthorn.Web;

namespace Lanthorn.Tests.Web;

public sealed class MapTests
{
    /// <summary>The numbers of another implementation, d3-geo 3.</summary>
    [Theory]
    [InlineData(12.08, 32.93, 0.16753912910335347, 0.6474286262405113)]
    [InlineData(12.6, 35.5, 0.17241000152932182, 0.6944125358903583)]
    [InlineData(38.93, 15.34, 0.5753950030017351, 0.30880962919223937)]
    [InlineData(174.78, -41.29, 2.310260865892579, -0.7970842832876585)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(180, 0, 2.7066299836960748, 0)]
    [InlineData(0, 90, 0, 1.3173627591574133)]
    public void Known_places_are_projected_where_others_project_them(double east, double north, double x, double y)
    {
        var (actualX, actualY) = EqualEarth.Project(east, north);
        Assert.Equal(x, actualX, 1e-9);
        Assert.Equal(y, actualY, 1e-9);
    }

    [Fact]
    public void A_ring_across_the_antimeridian_becomes_two_that_do_not_cross_it()
    {
        var pieces = Antimeridian.Cut([(170, 10), (-170, 10), (-170, -10), (170, -10)]).ToList();

        Assert.Equal(2, pieces.Count);
        Assert.All(pieces, p => Assert.All(p, c => Assert.InRange(c.Longitude, -180, 180)));
        Assert.Equal([10.0, 10.0], pieces.Select(p => p.Max(c => c.Longitude) - p.Min(c => c.Longitude)));
    }

    [Fact]
    public void A_ring_around_a_pole_is_closed_along_it()
    {
        var piece = Assert.Single(
            Antimeridian.Cut([(-180, -70), (-90, -72), (0, -70), (90, -72)]).OrderByDescending(p => p.Count).Take(1)
        );

        Assert.Contains(piece, p => p.Latitude == -90);
        Assert.All(piece, p => Assert.InRange(p.Longitude, -180, 180));
    }

    [Fact]
    public void No_outline_of_the_world_is_drawn_across_the_whole_map()
    {
        // Half the width of the map: only Antarctica, which lies around its pole, is wider.
        var wide = World.Atlas.Countries.Where(c => c.Outlines.Any(o => o.East - o.West > 2.71)).Select(c => c.Code);
        Assert.Equal(["aq"], wide);
    }

    [Theory]
    [InlineData("ly")]
    [InlineData("mt")]
    [InlineData("er")]
    [InlineData("tn")]
    [InlineData("xk")]
    [InlineData("ru")]
    [InlineData("fj")]
    public void The_atlas_has_the_country(string code) => Assert.NotEmpty(World.Atlas.Find(code)!.Outlines);

    [Fact]
    public void Nearly_every_country_of_the_atlas_has_its_code() =>
        Assert.InRange(World.Atlas.Countries.Count(c => c.Code is null), 0, 8);

    [Fact]
    public void What_is_marked_is_in_sight_and_the_rest_is_left_out()
    {
        var zuwara = new MapPoint("Zuwara", 12.08, 32.93);
        var view = new MapView([zuwara], ["ly"]);

        var (x, y) = view.Place(zuwara);
        Assert.InRange(x, 0, MapView.Width);
        Assert.InRange(y, 0, MapView.Height);
        Assert.NotEmpty(view.Land("ly"));
        Assert.NotEmpty(view.Land("tn"));
        Assert.Empty(view.Land("jp"));
        Assert.DoesNotContain("NaN", view.LandWithout(new HashSet<string> { "ly" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_with_a_map_stays_light()
    {
        var world = new MapView([], ["us", "jp", "za"]).LandWithout(new HashSet<string>());
        Assert.InRange(world.Length, 10_000, 120_000);
    }

    [Fact]
    public async Task A_country_that_no_atlas_has_is_named_without_a_map()
    {
        var html = await Rendered.Html<PlaceMap>(
            ("Points", Array.Empty<MapPoint>()),
            ("Countries", new MapCountry[] { new("suhh", "Soviet Union", "country of birth") })
        );

        Assert.DoesNotContain("<svg", html, StringComparison.Ordinal);
        Assert.Contains("Soviet Union", Rendered.Text(html), StringComparison.Ordinal);
    }
}
