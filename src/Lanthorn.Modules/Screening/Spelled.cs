using System.Globalization;
using Lanthorn.Knowledge;

namespace Lanthorn.Screening;

/// <summary>How values are spelled for a reader: codes in words, days in full.</summary>
internal static class Spelled
{
    public static string Value(Schema schema, string property, string value) =>
        schema.Find(property) is { } found && found.Type.Values.TryGetValue(value, out var label) ? label : value;

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    public static string Day(DateTimeOffset time) => Day(DateOnly.FromDateTime(time.UtcDateTime));
}
