using System.Text.RegularExpressions;
using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>
/// One entry of the United Kingdom's lists as a record, from all of its rows. What has no property of its own, or does not
/// clean, is kept word for word in the notes.
/// </summary>
internal sealed partial class UkEntry
{
    private readonly RecordDraft draft;
    private readonly IReadOnlyList<EntryRow> rows;
    private readonly bool isPerson;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>How a column is read that stands for itself: as a property, else as a note under the label.</summary>
    private static readonly Dictionary<string, (string Property, string Label)> Single = new(StringComparer.Ordinal)
    {
        ["title"] = ("title", "Title"),
        ["position"] = ("position", "Position"),
        ["gender"] = ("gender", "Gender"),
        ["nationalityies"] = ("nationality", "Nationality"),
        ["phonenumber"] = ("phone", "Phone number"),
        ["emailaddress"] = ("email", "Email address"),
        ["website"] = ("website", "Website"),
        ["regimename"] = ("program", "Regime"),
        ["typeofentity"] = ("legalForm", "Type of entity"),
        ["businessregistrationnumbers"] = ("registrationNumber", "Business registration number"),
        ["imonumber"] = ("imoNumber", "IMO number"),
        ["currentbelievedflagofship"] = ("flag", "Current believed flag"),
        ["previousflags"] = ("pastFlags", "Previous flag"),
        ["typeofship"] = ("type", "Type of ship"),
        ["tonnageofship"] = ("tonnage", "Tonnage"),
        ["yearbuilt"] = ("buildDate", "Year built"),
        ["unreferencenumber"] = ("", "United Nations reference"),
        ["ofsigroupid"] = ("", "OFSI group"),
        ["designationsource"] = ("", "Designation source"),
        ["sanctionsimposed"] = ("", "Sanctions imposed"),
        ["subsidiaries"] = ("", "Subsidiaries"),
        ["parentcompany"] = ("", "Parent company"),
        ["currentowneroperators"] = ("", "Current owner or operator"),
        ["previousowneroperators"] = ("", "Previous owner or operator"),
        ["lengthofship"] = ("", "Length of ship"),
        ["hullidentificationnumberhin"] = ("", "Hull identification number"),
        ["otherinformation"] = ("", ""),
        ["ukstatementofreasons"] = ("", ""),
    };

    private static readonly string[] MiddleNames = ["name2", "name3", "name4", "name5"];

    private static readonly string[] AddressLines =
    [
        "addressline1",
        "addressline2",
        "addressline3",
        "addressline4",
        "addressline5",
        "addressline6",
    ];

    /// <summary>Read together with others, or the entry's own id.</summary>
    private static readonly HashSet<string> Taken =
    [
        .. AddressLines,
        .. MiddleNames,
        "addresspostalcode",
        "addresscountry",
        "name1",
        "name6",
        "nametype",
        "aliasstrength",
        "namenonlatinscript",
        "nonlatinscripttype",
        "nonlatinscriptlanguage",
        "townofbirth",
        "countryofbirth",
        "dob",
        "passportnumber",
        "passportadditionalinformation",
        "nationalidentifiernumber",
        "nationalidentifieradditionalinformation",
        "datedesignated",
        "listedon",
        "lastupdated",
        "designationtype",
        UkColumns.UniqueId,
        UkColumns.GroupId,
    ];

    private UkEntry(IReadOnlyList<EntryRow> rows, Place place)
    {
        this.rows = rows;
        var kind = rows.Select(r => r["designationtype"]).FirstOrDefault(k => k.Length > 0) ?? "";
        isPerson = kind.Equals("Individual", StringComparison.OrdinalIgnoreCase);
        var schema =
            isPerson ? "Person"
            : kind.Equals("Ship", StringComparison.OrdinalIgnoreCase) ? "Vessel"
            : !kind.Equals("Entity", StringComparison.OrdinalIgnoreCase) ? "LegalEntity"
            : rows.Any(r => ListedNames.IsCompany(r["name6"])) ? "Company"
            : "Organization";
        draft = new(Model.Get(schema), place);
    }

    /// <param name="rows">All rows of the entry, under the names of <see cref="UkColumns"/>.</param>
    public static ReadRecord Read(string id, IReadOnlyList<EntryRow> rows, Place place) =>
        new UkEntry(rows, place).Read(id);

    private ReadRecord Read(string id)
    {
        // Primary names first, so that an alias that repeats one is seen to.
        foreach (var row in rows.Where(IsPrimary).Concat(rows.Where(r => !IsPrimary(r))))
            AddName(row);
        foreach (var row in rows)
        {
            AddAddress(row);
            AddBirth(row);
            AddNumber(row, "passportnumber", "passportadditionalinformation", "passportNumber", "Passport");
            AddNumber(
                row,
                "nationalidentifiernumber",
                "nationalidentifieradditionalinformation",
                "idNumber",
                "National identifier"
            );
            AddDate(row["datedesignated"], "createdAt", "Designated on");
            AddDate(row["listedon"], "createdAt", "Listed on");
            AddDate(row["lastupdated"], "modifiedAt", "Last updated");
            foreach (var (column, value) in row.Cells.Where(c => !Taken.Contains(c.Column)))
                AddSingle(column, value);
        }
        SanctionTopics.Add(draft, string.Join('\n', Words()));
        return draft.Finish(id, null, PublishedAt());
    }

    private IEnumerable<string> Words() =>
        rows.SelectMany(r => new[] { r["otherinformation"], r["ukstatementofreasons"], r["position"], r["name6"] })
            .Distinct();

    private static bool IsPrimary(EntryRow row) =>
        row["nametype"].Equals("primary name", StringComparison.OrdinalIgnoreCase);

    private void AddName(EntryRow row)
    {
        var middle = string.Join(' ', MiddleNames.Select(n => row[n]).Where(n => n.Length > 0));
        var whole = string.Join(' ', new[] { row["name1"], middle, row["name6"] }.Where(n => n.Length > 0));
        var isFirst = names.Count == 0;
        if (whole.Length > 0 && names.Add(whole))
            draft.AddOrNote(isFirst ? "name" : AliasProperty(row), whole, "Name");
        if (isPerson && IsPrimary(row))
        {
            draft.AddOrNote("firstName", row["name1"], "First name");
            draft.AddOrNote("middleName", middle, "Middle name");
            draft.AddOrNote("lastName", row["name6"], "Last name");
        }
        draft.AddOrNote("alias", row["namenonlatinscript"], "Name in other script");
        var script = string.Join(
            ", ",
            new[] { row["nonlatinscripttype"], row["nonlatinscriptlanguage"] }.Where(s => s.Length > 0)
        );
        if (script.Length > 0)
            draft.Note($"Name {row["namenonlatinscript"]}: {script}");
    }

    private static string AliasProperty(EntryRow row) =>
        WeakName().IsMatch(row["aliasstrength"]) ? "weakAlias"
        : FormerName().IsMatch(row["nametype"]) ? "previousName"
        : "alias";

    private void AddAddress(EntryRow row)
    {
        var country = row["addresscountry"];
        var lines = AddressLines.Append("addresspostalcode").Select(l => row[l]).Where(l => l.Length > 0).ToList();
        var isKept = draft.TryAdd("country", country);
        if (lines.Count > 0 || (country.Length > 0 && !isKept))
            draft.AddOrNote(
                "address",
                string.Join(", ", country.Length > 0 ? lines.Append(country) : lines),
                "Address"
            );
    }

    /// <summary>Towns and countries of birth go together by their number where there are equally many.</summary>
    private void AddBirth(EntryRow row)
    {
        foreach (var date in Several(row["dob"]))
            AddBirthDate(date);
        var (towns, countries) = (Several(row["townofbirth"]), Several(row["countryofbirth"]));
        foreach (var country in countries)
            draft.TryAdd("birthCountry", country);
        var places =
            towns.Count == countries.Count ? towns.Zip(countries, (town, country) => $"{town}, {country}")
            : countries is [var only] ? towns.Select(town => $"{town}, {only}")
            : towns.Concat(countries);
        foreach (var place in towns.Count == 0 ? countries : places)
            draft.AddOrNote("birthPlace", place, "Place of birth");
    }

    private void AddBirthDate(string text)
    {
        if (ListedDays.Partial(text) is { } date)
        {
            draft.AddOrNote("birthDate", date, "Date of birth");
            return;
        }
        var (dates, isExact) = ListedDates.Read(text);
        foreach (var found in dates)
            isExact &= draft.TryAdd("birthDate", found);
        if (!isExact)
            draft.Note($"Date of birth: {text}");
    }

    private void AddNumber(EntryRow row, string number, string more, string property, string label)
    {
        var numbers = Several(row[number]);
        foreach (var single in numbers)
            draft.AddOrNote(property, single, label);
        if (row[more].Length > 0)
            draft.Note($"{label} {string.Join(", ", numbers)}".TrimEnd() + $": {row[more]}");
    }

    private void AddDate(string text, string property, string label)
    {
        if (text.Length > 0)
            draft.AddOrNote(property, ListedDays.Partial(text) ?? text, label);
    }

    private void AddSingle(string column, string text)
    {
        var (property, label) = Single.GetValueOrDefault(column, ("", column));
        if (label.Length == 0)
            draft.Note(text);
        else if (property.Length == 0)
            draft.Note($"{label}: {text}");
        else
            foreach (var value in Several(text))
                draft.AddOrNote(property, value, label);
    }

    /// <summary>'(1) A (2) B' as its parts; any other text is one.</summary>
    private static IReadOnlyList<string> Several(string text) =>
        text.Length == 0 ? []
        : text.StartsWith("(1)", StringComparison.Ordinal)
            ? [.. Numbering().Split(text).Select(p => p.Trim(' ', ',', '.')).Where(p => p.Length > 0)]
        : [text];

    private DateOnly? PublishedAt() =>
        rows.SelectMany(r => new[] { r["lastupdated"], r["datedesignated"], r["listedon"] })
            .Select(ListedDays.Find)
            .Max();

    [GeneratedRegex(@"\((?:[1-9]|[1-9][0-9])\)")]
    private static partial Regex Numbering();

    [GeneratedRegex(@"\b(?:low|weak)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WeakName();

    [GeneratedRegex(@"\b(?:f\.?k\.?a|former|formerly)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FormerName();
}
