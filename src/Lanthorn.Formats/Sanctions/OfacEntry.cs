using Lanthorn.Knowledge;

namespace Lanthorn.Formats;

/// <summary>A row of alt.csv, add.csv or of the overflow of remarks, waiting for its entry.</summary>
internal sealed record OfacRow(string[] Fields, Place Place);

/// <summary>One entry of the Specially Designated Nationals list with its aliases and addresses, as a record.</summary>
internal static class OfacEntry
{
    private const int Name = 1;
    private const int Type = 2;
    private const int Programs = 3;
    private const int Title = 4;
    private const int VesselOwner = 10;
    private const int Remarks = 11;

    /// <summary>The columns that are one property each; a schema without it has them in its notes.</summary>
    private static readonly (int Column, string Property, string Label)[] Plain =
    [
        (5, "callSign", "Call sign"),
        (6, "type", "Vessel type"),
        (7, "tonnage", "Tonnage"),
        (8, "grossRegisteredTonnage", "Gross registered tonnage"),
        (9, "flag", "Vessel flag"),
    ];

    public static ReadRecord Read(OfacRow entry, IReadOnlyList<OfacRow> others)
    {
        var fields = entry.Fields;
        var draft = new RecordDraft(Model.Get(SchemaOf(fields)), entry.Place);
        AddNames(draft, fields, others.Where(o => o.Fields.Length == OfacColumns.Alternate));
        foreach (var program in fields[Programs].Split("] [", StringSplitOptions.RemoveEmptyEntries))
        {
            draft.AddOrNote("program", program.Trim('[', ']'), "Programme");
            draft.TryAdd("programId", program.Trim('[', ']'));
        }
        var titles = OfacStatements.Split(fields[Title]).ToList();
        foreach (var title in titles)
            draft.AddOrNote("position", title, "Title");
        foreach (var (column, property, label) in Plain)
            draft.AddOrNote(property, fields[column], label);
        // The model's owner is another entity, and this is a name.
        if (fields[VesselOwner].Length > 0)
            draft.Note($"Vessel owner: {fields[VesselOwner]}");
        foreach (var address in others.Where(o => o.Fields.Length == OfacColumns.Address))
            AddAddress(draft, address.Fields);
        var overflow = others.Where(o => o.Fields.Length == OfacColumns.Comment).Select(o => o.Fields[1]);
        var remarks = string.Join(' ', overflow.Prepend(fields[Remarks])).Trim();
        OfacStatements.Add(draft, remarks, titles);
        SanctionTopics.Add(draft, Words(fields, remarks));
        return draft.Finish(fields[0], null, null);
    }

    private static string SchemaOf(string[] fields) =>
        fields[Type].ToLowerInvariant() switch
        {
            "individual" => "Person",
            "vessel" => "Vessel",
            "aircraft" => "Airplane",
            "" => ListedNames.IsCompany(fields[Name]) ? "Company" : "Organization",
            _ => "LegalEntity",
        };

    private static void AddNames(RecordDraft draft, string[] fields, IEnumerable<OfacRow> alternates)
    {
        var isPerson = draft.Schema.Name == "Person";
        draft.AddOrNote("name", isPerson ? ListedNames.Spoken(fields[Name]) : fields[Name], "Name");
        if (isPerson && ListedNames.Parts(fields[Name]) is ({ Length: > 0 } first, { Length: > 0 } last))
        {
            draft.AddOrNote("firstName", first, "First name");
            draft.AddOrNote("lastName", last, "Last name");
        }
        foreach (var alternate in alternates)
        {
            var (kind, name, remark) = (alternate.Fields[2], alternate.Fields[3], alternate.Fields[4]);
            draft.AddOrNote(
                kind == "fka" ? "previousName" : "alias",
                isPerson ? ListedNames.Spoken(name) : name,
                "Alias"
            );
            if (remark.Length > 0)
                draft.Note($"Alias {name}: {remark}");
        }
    }

    private static void AddAddress(RecordDraft draft, string[] fields)
    {
        var country = fields[4];
        var isCountryKept = draft.TryAdd("country", country);
        var parts = fields[2..5].Where(f => f.Length > 0).ToList();
        if (parts.Count > 1 || !isCountryKept)
            draft.AddOrNote("address", string.Join(", ", parts), "Address");
        if (fields[5].Length > 0)
            draft.Note($"Address {string.Join(", ", parts)}: {fields[5]}");
    }

    /// <summary>What the list says of the entry itself: whom it is linked to is said of somebody else.</summary>
    private static string Words(string[] fields, string remarks) =>
        string.Join(
            '\n',
            OfacStatements
                .Split(remarks)
                .Where(s => !s.StartsWith("Linked To:", StringComparison.Ordinal))
                .Prepend(fields[Title])
                .Prepend(fields[Name])
        );
}
