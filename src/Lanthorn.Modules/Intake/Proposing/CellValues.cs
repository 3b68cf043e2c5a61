using Lanthorn.Formats;
using Lanthorn.Knowledge;

namespace Lanthorn.Intake.Proposing;

/// <summary>What parts several values in one cell, such as two nationalities.</summary>
/// <param name="Name">In forms; <paramref name="Text"/> may be a line break, which forms change.</param>
internal sealed record Separator(string Name, string Text, string Shown);

/// <summary>Whether the values of a column can be those of a property, one in a cell or several.</summary>
internal static class CellValues
{
    public static readonly IReadOnlyList<Separator> Separators =
    [
        new("semicolon", ";", "several, parted by ;"),
        new("bar", "|", "several, parted by |"),
        new("lines", "\n", "several, one on a line"),
        new("comma", ",", "several, parted by ,"),
        new("slash", "/", "several, parted by /"),
    ];

    /// <summary>So many of them part names and numbers, in which commas and slashes stand anyhow.</summary>
    private const int Certain = 3;

    /// <summary>Of a telephone number: a short one without its area, and the longest that there is (ITU-T E.164).</summary>
    private const int FewestDigits = 5;
    private const int MostDigits = 15;

    /// <summary>At least half of the values can be read as what they are said to be.</summary>
    public static bool Fits(Property property, IReadOnlyList<string> cells)
    {
        var split = SplitOf(property, cells)?.Text;
        return cells.Count(c => Array.TrueForAll(Pieces(c, split), p => IsValue(property, p))) * 2 >= cells.Count;
    }

    /// <summary>What parts the values in the cells; null where each cell has one.</summary>
    public static Separator? SplitOf(Property property, IReadOnlyList<string> cells)
    {
        if (property.Name == "name")
            return null;
        return property.Type.Name switch
        {
            "country" or "phone" or "email" or "url" or "iban" or "language" or "topic" => Separators
                .Select(s => (Separator: s, Gained: cells.Count(c => IsGained(property, c, s.Text))))
                .Where(s => s.Gained > 0)
                .OrderByDescending(s => s.Gained)
                .Select(s => s.Separator)
                .FirstOrDefault(),
            "name" or "identifier" or "string" => Separators
                .Take(Certain)
                .FirstOrDefault(s => cells.Any(c => c.Contains(s.Text, StringComparison.Ordinal))),
            _ => null,
        };
    }

    /// <summary>True where some cell has what could part several values, so that somebody may say whether it does.</summary>
    public static bool MayBeSeveral(Property property, IEnumerable<string> cells) =>
        property.Name != "name"
        && property.Type.Name is not ("date" or "text" or "address")
        && cells.Any(c => Separators.Any(s => c.Contains(s.Text, StringComparison.Ordinal)));

    /// <summary>No value as a whole, and values in pieces.</summary>
    private static bool IsGained(Property property, string cell, string separator) =>
        cell.Contains(separator, StringComparison.Ordinal)
        && !IsValue(property, cell)
        && Array.TrueForAll(Pieces(cell, separator), p => IsValue(property, p));

    private static string[] Pieces(string cell, string? separator) =>
        separator is null
            ? [cell]
            : cell.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool IsValue(Property property, string text) =>
        property.Type.Name switch
        {
            // Read by the countries beside it, and by an order of day and month that somebody chooses.
            "phone" => text.Count(char.IsDigit) is >= FewestDigits and <= MostDigits
                && !text.AsSpan().ContainsAny(";|\n"),
            "date" => IsClean(property, text) || IsClean(property, DateOrders.InIso(text, DateOrder.DayFirst)),
            _ => IsClean(property, text),
        };

    public static bool IsClean(Property property, string text) =>
        PropertyCleaning.Clean(property, text, CleaningContext.None).IsAccepted;
}
