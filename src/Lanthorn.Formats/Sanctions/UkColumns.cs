namespace Lanthorn.Formats;

/// <summary>
/// What the columns of the United Kingdom's tables and the elements of its XML are called here: letters and digits in lower
/// case, and one name where the lists have several for the same.
/// </summary>
internal static class UkColumns
{
    public const string UniqueId = "uniqueid";
    public const string GroupId = "groupid";

    private static readonly Dictionary<string, string> Same = new(StringComparer.Ordinal)
    {
        ["aliastype"] = "nametype",
        ["aliasquality"] = "aliasstrength",
        ["regime"] = "regimename",
        ["grouptype"] = "designationtype",
        ["individualentityship"] = "designationtype",
        ["nationality"] = "nationalityies",
        ["nationalidentificationnumber"] = "nationalidentifiernumber",
        ["nationalidentificationdetails"] = "nationalidentifieradditionalinformation",
        ["passportdetails"] = "passportadditionalinformation",
        ["address1"] = "addressline1",
        ["address2"] = "addressline2",
        ["address3"] = "addressline3",
        ["address4"] = "addressline4",
        ["address5"] = "addressline5",
        ["address6"] = "addressline6",
        ["postzipcode"] = "addresspostalcode",
        ["country"] = "addresscountry",
        ["uksanctionslistdatedesignated"] = "datedesignated",
        ["subsidiary"] = "subsidiaries",
        ["businessregistrationnumber"] = "businessregistrationnumbers",
        ["currentowneroperator"] = "currentowneroperators",
        ["previousowneroperator"] = "previousowneroperators",
        ["previousflag"] = "previousflags",
        ["hullidentificationnumber"] = "hullidentificationnumberhin",
    };

    /// <summary>The elements of the XML whose parts belong together as they do in a row.</summary>
    private static readonly string[] Together =
    [
        "Name",
        "NonLatinName",
        "Address",
        "Location",
        "Passport",
        "NationalIdentifier",
    ];

    /// <summary>Says again in single marks what another element says in words.</summary>
    private const string Indicators = "SanctionsImposedIndicators";

    public static string NameOf(string column)
    {
        var name = string.Concat(column.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Same.GetValueOrDefault(name, name);
    }

    /// <summary>What an entry in XML says, as the rows of a table that say the same.</summary>
    public static IReadOnlyList<EntryRow> RowsOf(ListedElement entry)
    {
        var rows = new List<EntryRow>();
        AddRows(entry, rows);
        return rows;
    }

    private static void AddRows(ListedElement element, List<EntryRow> rows)
    {
        foreach (var child in element.Children)
            if (child.Name == Indicators)
                continue;
            else if (child.Children.Count == 0)
                AddRow([child], child.Place, rows);
            else if (Together.Contains(child.Name))
                AddRow(child.Leaves(), child.Place, rows);
            else
                AddRows(child, rows);
    }

    private static void AddRow(IEnumerable<ListedElement> leaves, Place place, List<EntryRow> rows)
    {
        var cells = leaves.Where(l => l.Text.Length > 0).Select(l => (NameOf(l.Name), l.Text)).ToList();
        if (cells.Count > 0)
            rows.Add(new(cells, place));
    }
}
