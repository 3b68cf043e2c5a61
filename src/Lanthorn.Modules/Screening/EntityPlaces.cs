using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using Lanthorn.Web;

namespace Lanthorn.Screening;

/// <summary>
/// The countries that an entity's records name, and the places with coordinates among the entity and what is next to it.
/// Nothing is looked up or guessed: an address without coordinates is no point on the map.
/// </summary>
internal sealed record EntityPlaces(IReadOnlyList<MapPoint> Points, IReadOnlyList<MapCountry> Countries)
{
    private const int MaxPoints = 500;

    public bool IsEmpty => Points.Count == 0 && Countries.Count == 0;

    public static EntityPlaces Of(
        Entity entity,
        IReadOnlyList<Reading.Neighbour> neighbours,
        IReadOnlyDictionary<string, Entity> ends
    ) =>
        new(
            [
                .. neighbours
                    .Select(n => n.Entity)
                    .Prepend(entity)
                    .Concat(ends.Values.OrderBy(e => e.Id, StringComparer.Ordinal))
                    .DistinctBy(e => e.Id)
                    .SelectMany(e => e.Members.SelectMany(m => PointsOf(m, e, isHere: e == entity)))
                    .DistinctBy(p => (p.Text, p.Longitude, p.Latitude))
                    .Take(MaxPoints),
            ],
            [.. CountriesOf(entity)]
        );

    private static IEnumerable<MapPoint> PointsOf(Record record, Entity entity, bool isHere)
    {
        if (
            Degrees(record.Properties.First("latitude"), 90) is { } latitude
            && Degrees(record.Properties.First("longitude"), 180) is { } longitude
        )
            yield return new(
                entity.Caption,
                longitude,
                latitude,
                isHere ? null : $"/entity/{Uri.EscapeDataString(entity.Id)}"
            );
    }

    private static double? Degrees(string? text, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
        && Math.Abs(degrees) <= most
            ? degrees
            : null;

    /// <summary>Each country once, with the properties that name it, by name.</summary>
    private static IEnumerable<MapCountry> CountriesOf(Entity entity) =>
        from property in entity.Schema.Properties.Values
        where property is { Type.Name: "country", IsStub: false }
        from code in entity.Properties[property.Name]
        group property by code into named
        let name = Spelled.Value(entity.Schema, named.First().Name, named.Key)
        orderby name
        select new MapCountry(
            named.Key,
            name,
            string.Join(", ", named.Select(p => p.Label.ToLowerInvariant()).Order(StringComparer.Ordinal)),
            Naming(entity, [.. named.Select(p => p.Name)], named.Key)
        );

    private static List<int> Naming(Entity entity, IReadOnlyList<string> properties, string code) =>
        [
            .. entity
                .Members.Select((m, at) => (Record: m, Number: at + 1))
                .Where(m => properties.Any(p => m.Record.Properties[p].Contains(code)))
                .Select(m => m.Number),
        ];
}
