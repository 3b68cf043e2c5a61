using System.Globalization;
using System.Xml;

namespace Lanthorn.Formats;

/// <summary>Which cell formats of a workbook show a number as a date, and the date that a number is.</summary>
internal sealed class DateFormats
{
    public const int MaxFormats = 100_000;

    private const int DaysBefore1904 = 1462;

    /// <summary>Of 1900 the format counts a 29th of February that never was; days before it are one off.</summary>
    private const double FirstRightDay = 60;
    private const double DayAfterLast = 2_958_466;

    private readonly Dictionary<int, bool> own = [];
    private readonly List<int> cells = [];
    private bool isInCells;

    /// <summary>Takes what an element of the styles says.</summary>
    public void Take(XmlReader xml)
    {
        if (xml.LocalName is "cellXfs" or "cellStyleXfs")
            isInCells = xml.LocalName == "cellXfs";
        else if (xml.LocalName == "numFmt" && own.Count < MaxFormats)
            own[Number(xml.GetAttribute("numFmtId"))] = IsDate(xml.GetAttribute("formatCode") ?? "");
        else if (xml.LocalName == "xf" && isInCells && cells.Count < MaxFormats)
            cells.Add(Number(xml.GetAttribute("numFmtId")));
        else if (xml.LocalName is "cellStyles" or "dxfs")
            isInCells = false;
    }

    /// <summary>True when the cell format with that number is one of dates.</summary>
    public bool IsDate(int cellFormat) =>
        cellFormat >= 0
        && cellFormat < cells.Count
        && cells[cellFormat] is var format
        && (own.TryGetValue(format, out var isDate) ? isDate : IsBuiltIn(format));

    /// <summary>A number of days as a date in ISO 8601, with the time where it has one; null where it is no date.</summary>
    public static string? Read(double days, bool isFrom1904)
    {
        // Less than a day is a time of day and no date.
        if (days < 1)
            return null;
        days +=
            isFrom1904 ? DaysBefore1904
            : days < FirstRightDay ? 1
            : 0;
        if (!(days < DayAfterLast))
            return null;
        // Whole seconds: times are stored as fractions of a day, which few of them are exactly.
        var time = DateTime.FromOADate(Math.Round(days * 86_400) / 86_400);
        return time.TimeOfDay.TotalSeconds < 1
            ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>The formats for dates that have a number instead of a code (ECMA-376 part 1, 18.8.30).</summary>
    private static bool IsBuiltIn(int format) =>
        format is (>= 14 and <= 17) or 22 or (>= 27 and <= 36) or (>= 50 and <= 58);

    /// <summary>By the letters for year and day, outside quotes, brackets and escapes.</summary>
    private static bool IsDate(string code)
    {
        var (isQuoted, isBracketed) = (false, false);
        for (var at = 0; at < code.Length; at++)
            switch (code[at])
            {
                case '\\' or '_' or '*':
                    at++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '[' when !isQuoted:
                    isBracketed = true;
                    break;
                case ']' when !isQuoted:
                    isBracketed = false;
                    break;
                case 'y' or 'Y' or 'd' or 'D' when !isQuoted && !isBracketed:
                    return true;
            }
        return false;
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
