using System.Globalization;
using Lanthorn.Knowledge;

namespace Lanthorn.Screening;

/// <summary>Where in an entity a word stands that was looked for: the field, and the words around it.</summary>
internal sealed record FoundPlace(string Field, string Before, string Found, string After)
{
    private const int MaxPlaces = 3;
    private const int MaxAround = 60;

    private const CompareOptions Alike =
        CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace | CompareOptions.IgnoreWidth;

    /// <summary>A place for each text, as far as there is one; texts of long values come with a part of them.</summary>
    public static IReadOnlyList<FoundPlace> Of(Entity entity, IEnumerable<string> texts) =>
        [.. texts.Select(t => Find(entity, t)).OfType<FoundPlace>().Distinct().Take(MaxPlaces)];

    private static FoundPlace? Find(Entity entity, string text)
    {
        foreach (var name in entity.Properties.Names)
        foreach (var value in entity.Properties[name])
            if (
                entity.Schema.Find(name) is { Type.Name: not "entity" } property
                && In(property.Label, value, text) is { } place
            )
                return place;
        return entity
            .Members.Select(m => In("Id at the source", m.ExternalId, text))
            .FirstOrDefault(p => p is not null);
    }

    private static FoundPlace? In(string field, string value, string text)
    {
        var at = CultureInfo.InvariantCulture.CompareInfo.IndexOf(value, text, Alike, out var length);
        if (at < 0 || length == 0)
            return null;
        var (from, to) = (Math.Max(0, at - MaxAround), Math.Min(value.Length, at + length + MaxAround));
        return new(
            field,
            (from > 0 ? "…" : "") + value[from..at],
            value.Substring(at, length),
            value[(at + length)..to] + (to < value.Length ? "…" : "")
        );
    }
}
