using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Intake.Proposing;

/// <summary>Which column of a table is what, as far as somebody has chosen it.</summary>
/// <param name="IdColumn">Counts from 0; -1 while there is none.</param>
/// <param name="Properties">A property for each column; empty for a column that is left out.</param>
internal sealed record TableChoice(Schema Schema, int IdColumn, IReadOnlyList<string> Properties)
{
    /// <summary>How dates such as 03/04/1985 are meant.</summary>
    public DateOrder Dates { get; init; }

    /// <summary>For each column what parts several values in a cell; null for one value, and for columns beyond the list.</summary>
    public IReadOnlyList<string?> Splits { get; init; } = [];

    /// <summary>Of which a person's name is put together where no column has it whole, in this order.</summary>
    private static readonly string[] NameParts = ["firstName", "secondName", "middleName", "lastName"];

    /// <summary>True where the name is put together from its parts, beside them: without a name nobody finds the record.</summary>
    public bool IsNameJoined =>
        Schema.Find("lastName") is not null
        && !Properties.Contains("name")
        && (Properties.Contains("firstName") || Properties.Contains("lastName"));

    /// <exception cref="RefusedException">There is no id column or no property, or a column that no mapping can name.</exception>
    public ColumnMapping ToMapping(TableHead head)
    {
        if (IdColumn < 0 || IdColumn >= head.Columns.Count || head.Columns[IdColumn].Unusable is not null)
            throw Refuse(
                "id",
                "No column identifies the rows",
                "Choose the one whose values name each row once, such as a reference number"
            );
        var columns = Properties
            .Take(head.Columns.Count)
            .Select((property, at) => new ChosenProperty(property, head.Columns[at], Splits.ElementAtOrDefault(at)))
            .Where(c => c.Property.Length > 0)
            .ToList();
        foreach (var (property, column, _) in columns)
        {
            if (column.Unusable is { } why)
                throw Refuse("columns", $"The column '{column.Name}' cannot be read: {why}", "Rename it in the file");
            if (Schema.Find(property) is not { IsStub: false })
                throw Refuse("columns", $"{Schema.Name} has no property '{property}'", "Choose another");
        }
        if (columns.Count == 0)
            throw Refuse("columns", "No column is chosen to be anything", "Choose at least the one with the names");
        return new()
        {
            Schema = Schema,
            IdColumn = head.Columns[IdColumn].Name,
            Delimiter = head.Delimiter,
            Encoding = head.Encoding,
            Sheet = head.Sheet,
            Dates = Dates,
            Properties =
            [
                .. JoinedName(columns),
                .. columns
                    .GroupBy(c => c.Property, StringComparer.Ordinal)
                    // A telephone number without prefix is read by the countries before it.
                    .OrderBy(c => Schema.Find(c.Key)!.Type.Name == "phone" ? 1 : 0)
                    .Select(c => Mapped(c.Key, [.. c])),
            ],
        };
    }

    private sealed record ChosenProperty(string Property, TableColumn Column, string? Split);

    /// <summary>Several columns of a name or an address are one value, of anything else a value each.</summary>
    private MappedProperty Mapped(string property, IReadOnlyList<ChosenProperty> columns)
    {
        var isInParts = property == "name" || Schema.Find(property)!.Type.Name == "address";
        return new(
            property,
            [.. columns.Select(c => c.Column.Name)],
            isInParts && columns.Count > 1 ? null : columns.Select(c => c.Split).FirstOrDefault(s => s is not null)
        )
        {
            AreSeparate = columns.Count > 1 && !isInParts,
        };
    }

    private IEnumerable<MappedProperty> JoinedName(IReadOnlyList<ChosenProperty> columns) =>
        IsNameJoined
            ?
            [
                new(
                    "name",
                    [.. NameParts.SelectMany(p => columns.Where(c => c.Property == p)).Select(c => c.Column.Name)],
                    null
                ),
            ]
            : [];

    private static RefusedException Refuse(string field, string message, string wayOut) =>
        new(Refusal.Unprocessable($"table-{field}", message, wayOut, field));
}
