namespace Lanthorn.Formats;

/// <summary>
/// The Union's list as a table: its rows are put together to the element that the XML has, so that both read alike. A column
/// is called <c>NameAlias_WholeName</c> where the XML has the attribute <c>wholeName</c> of <c>nameAlias</c>.
/// </summary>
internal static class EuTable
{
    /// <summary>The column with which the table begins.</summary>
    public const string First = "fileGenerationDate";
    public const string Entity = "Entity_LogicalId";

    public static readonly string[] Needed = [Entity, "Entity_SubjectType", "NameAlias_WholeName"];

    /// <summary>The parts of an entity of which a row has one or more.</summary>
    private static readonly (string Prefix, string Element)[] Parts =
    [
        ("NameAlias_", "nameAlias"),
        ("Address_", "address"),
        ("BirthDate_", "birthdate"),
        ("Identification_", "identification"),
        ("Citizenship_", "citizenship"),
        ("Entity_SubjectType", "subjectType"),
        ("Entity_Regulation_", "regulation"),
    ];

    /// <summary>The attributes whose names differ between table and XML by more than their case.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Entity_EU_ReferenceNumber"] = "euReferenceNumber",
        ["Entity_UN_ReferenceNumber"] = "unitedNationId",
        ["Entity_SubjectType"] = "code",
        ["Entity_SubjectType_ClassificationCode"] = "classificationCode",
        ["BirthDate_Day"] = "dayOfMonth",
        ["BirthDate_Month"] = "monthOfYear",
        ["Identification_IssuedDate"] = "issueDate",
        ["Identification_TypeCode"] = "identificationTypeCode",
        ["Identification_TypeDescription"] = "identificationTypeDescription",
    };

    /// <param name="rows">All rows of one entity, at least one.</param>
    public static ListedElement Element(IReadOnlyList<EntryRow> rows)
    {
        var entity = new ListedElement("sanctionEntity", rows[0].Place);
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var (column, value) in row.Cells)
                if (IsOfEntity(column) && column.EndsWith("_Remark", StringComparison.OrdinalIgnoreCase))
                    AddOnce(entity, Remark(value, row.Place), value, said);
                else if (IsOfEntity(column))
                    entity.Set(Renamed.GetValueOrDefault(column, column["Entity_".Length..]), value);
            foreach (var (prefix, name) in Parts)
                AddPart(entity, row, prefix, name, said);
        }
        return entity;
    }

    private static bool IsOfEntity(string column) =>
        column.StartsWith("Entity_", StringComparison.OrdinalIgnoreCase) && PartOf(column) is null;

    private static string? PartOf(string column) =>
        Parts.FirstOrDefault(p => column.StartsWith(p.Prefix, StringComparison.OrdinalIgnoreCase)).Element;

    private static void AddPart(ListedElement entity, EntryRow row, string prefix, string name, HashSet<string> said)
    {
        var cells = row
            .Cells.Where(c =>
                c.Column.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && !IsOfRegulation(c.Column)
            )
            .ToList();
        if (cells.Count == 0)
            return;
        var part = new ListedElement(name, row.Place);
        foreach (var (column, value) in cells)
        {
            var attribute = Renamed.GetValueOrDefault(column) ?? column[prefix.Length..];
            if (attribute.Equals("Remark", StringComparison.OrdinalIgnoreCase))
                part.Add(Remark(value, row.Place));
            else if (attribute.Equals("PublicationUrl", StringComparison.OrdinalIgnoreCase))
                part.Add(Text("publicationUrl", value, row.Place));
            else
                part.Set(attribute, value);
        }
        AddOnce(entity, part, string.Join('\u001F', cells), said);
    }

    /// <summary>The regulation behind a single name or address; that of the entity is enough.</summary>
    private static bool IsOfRegulation(string column) =>
        column.Contains("_Regulation_", StringComparison.OrdinalIgnoreCase)
        && !column.StartsWith("Entity_", StringComparison.OrdinalIgnoreCase);

    private static void AddOnce(ListedElement entity, ListedElement part, string content, HashSet<string> said)
    {
        if (said.Add($"{part.Name}\u001F{content}"))
            entity.Add(part);
    }

    private static ListedElement Remark(string value, Place place) => Text("remark", value, place);

    private static ListedElement Text(string name, string value, Place place)
    {
        var element = new ListedElement(name, place);
        element.Append(value);
        return element;
    }
}
