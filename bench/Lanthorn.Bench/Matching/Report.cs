using System.Globalization;
using Spectre.Console;

namespace Lanthorn.Bench.Matching;

/// <summary>How the matching benchmarks print what they measured.</summary>
internal static class Report
{
    public static Table Table(string title, params string[] columns)
    {
        var table = new Table().Title(Markup.Escape(title)).MarkdownBorder();
        foreach (var column in columns)
            table.AddColumn(column);
        return table;
    }

    public static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Percent(double value) => (value * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    public static string Count(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
