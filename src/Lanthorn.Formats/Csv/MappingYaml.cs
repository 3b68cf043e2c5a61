using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lanthorn.Formats;

/// <summary>
/// Writes the YAML of a <see cref="ColumnMapping"/>. What is not plainly a word stands in double quotes, in which every
/// character can be written: headings come from files of strangers.
/// </summary>
internal static partial class MappingYaml
{
    /// <summary>Words that YAML takes for something else than a text.</summary>
    private static readonly HashSet<string> Reserved = new(
        ["null", "true", "false", "yes", "no", "on", "off", "y", "n"],
        StringComparer.OrdinalIgnoreCase
    );

    public static string Of(ColumnMapping mapping)
    {
        var text = new StringBuilder();
        Line(text, "schema", mapping.Schema.Name);
        Line(text, "id", mapping.IdColumn);
        if (mapping.PublishedColumn is { } published)
            Line(text, "published", published);
        if (mapping.Delimiter != ',')
            Line(text, "delimiter", $"{mapping.Delimiter}");
        if (mapping.Encoding != "utf-8")
            Line(text, "encoding", mapping.Encoding);
        if (mapping.Sheet is { } sheet)
            Line(text, "sheet", sheet);
        if (mapping.Dates != DateOrder.Iso)
            Line(text, "dates", DateOrders.NameOf(mapping.Dates));
        text.Append("properties:\n");
        foreach (var property in mapping.Properties)
            text.Append(CultureInfo.InvariantCulture, $"  {Word(property.Property)}: {Columns(property)}\n");
        if (mapping.Constants.Count > 0)
            text.Append("constants:\n");
        foreach (var constant in mapping.Constants.GroupBy(c => c.Property, c => c.Value, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"  {Word(constant.Key)}: {Words([.. constant])}\n");
        return text.ToString();
    }

    private static void Line(StringBuilder text, string key, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"{key}: {Word(value)}\n");

    private static string Columns(MappedProperty property)
    {
        var columns = Words(property.Columns);
        if (property is { Split: null, AreSeparate: false })
            return columns;
        var split = property.Split is { } between ? $", split: {Word(between)}" : "";
        return $"{{ columns: {columns}{split}{(property.AreSeparate ? ", separate: true" : "")} }}";
    }

    private static string Words(IReadOnlyList<string> texts) =>
        texts is [var only] ? Word(only) : $"[{string.Join(", ", texts.Select(Word))}]";

    private static string Word(string text) => Plain().IsMatch(text) && !Reserved.Contains(text) ? text : Quoted(text);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '"' or '\\')
                quoted.Append('\\').Append(rune);
            else if (IsShown(rune))
                quoted.Append(rune);
            else if (rune.Value is '\t' or '\n' or '\r')
                quoted.Append(
                    rune.Value switch
                    {
                        '\t' => "\\t",
                        '\n' => "\\n",
                        _ => "\\r",
                    }
                );
            else
                quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        return quoted.Append('"').ToString();
    }

    /// <summary>What an editor shows as it is: no control, no line break, nothing that YAML does not take unescaped.</summary>
    private static bool IsShown(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );

    [GeneratedRegex(@"^\p{L}[\p{L}\p{M}\p{Nd}_.-]*( [\p{L}\p{M}\p{Nd}_.-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
