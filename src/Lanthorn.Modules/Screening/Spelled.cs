using System.Globalization;
using Lanthorn.Knowledge;

namespace Lanthorn.Screening;

/// <summary>How values are spelled for a reader: codes in words, days in full.</summary>
internal static class Spelled
{
    public static string Value(Schema schema, string property, string value) =>
        schema.Find(property) is { } found && found.Type.Values.TryGetValue(value, out var label) ? label : value;

    /// <summary>Years that follow each other as a span; other dates beside each other, a few of them.</summary>
    public static string Dates(IReadOnlyList<string> dates)
    {
        const int most = 3;
        var years = dates.Where(d => d.Length == 4).Select(d => int.Parse(d, CultureInfo.InvariantCulture)).ToList();
        if (years.Count == dates.Count && years.Count > 2 && years.Max() - years.Min() < 2 * years.Count)
            return $"{years.Min()} to {years.Max()}";
        return string.Join(" or ", dates.Order(StringComparer.Ordinal).Take(most)) + (dates.Count > most ? " …" : "");
    }

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    public static string Day(DateTimeOffset time) => Day(DateOnly.FromDateTime(time.UtcDateTime));
}
