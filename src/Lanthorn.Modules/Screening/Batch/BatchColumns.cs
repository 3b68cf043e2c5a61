using System.Collections.Frozen;
using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Platform;

namespace Lanthorn.Screening.Batch;

/// <summary>
/// Which column of a file is what: as somebody says, else by its heading, in the languages that <see cref="HeadingWords"/>
/// knows. Only what a match looks at is used; what somebody believes or belongs to never is.
/// </summary>
internal sealed record BatchColumns(
    Schema Schema,
    IReadOnlyList<(int At, Property Property)> Used,
    int? Reference,
    IReadOnlyList<string> Unused
)
{
    /// <summary>In what somebody says, the column that names the row.</summary>
    public const string ReferenceWord = "reference";

    /// <summary>The longest text that says which column is what, in characters.</summary>
    public const int MaxText = 10_000;

    private static readonly FrozenSet<string> UsedTypes = FrozenSet.ToFrozenSet(
        ["name", "identifier", "date", "country", "phone", "email", "gender", "address"],
        StringComparer.Ordinal
    );

    private static readonly FrozenSet<string> LeadingTypes = FrozenSet.ToFrozenSet(
        ["name", "identifier", "phone", "email"],
        StringComparer.Ordinal
    );

    /// <summary>The parts of a person's name, in the order in which they make one.</summary>
    private static readonly string[] NameParts = ["firstName", "middleName", "lastName"];

    /// <summary>Headings of lists of travellers.</summary>
    private static readonly FrozenSet<string> OfTravellers = new[]
    {
        "pnr",
        "record locator",
        "booking",
        "booking code",
        "booking reference",
        "booking number",
        "flight",
        "flight number",
        "flight no",
        "seat",
        "seat number",
        "passenger",
        "passenger name",
        "passengers",
        "ticket number",
        "boarding pass",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="said">Lines such as <c>birthDate: BORN</c>; empty where headings speak for themselves.</param>
    /// <exception cref="RefusedException">Nobody could be found by these columns, or the file is one of travellers.</exception>
    public static BatchColumns Of(TableHead head, Schema schema, string said)
    {
        var folded = head.Columns.Select(c => HeadingWords.Fold(c.Name)).ToList();
        if (folded.FindIndex(OfTravellers.Contains) is >= 0 and var traveller)
            throw Refuse(
                "travellers",
                $"The column '{head.Columns[traveller].Name}' is one of a list of travellers",
                "Travellers are not screened because they travel"
            );
        var chosen = Said(head, schema, said);
        var (used, reference) = (new List<(int, Property)>(), (int?)null);
        for (var at = 0; at < head.Columns.Count; at++)
        {
            var name = chosen.Count > 0 ? chosen.GetValueOrDefault(at) : Guess(schema, folded[at]);
            if (name == ReferenceWord)
                reference ??= at;
            else if (name is not null && schema.Find(name) is { IsStub: false } property && IsUsed(property))
                used.Add((at, property));
        }
        if (!used.Any(u => Leads(u.Item2)))
            throw Refuse(
                "columns",
                "No column has names or numbers by which somebody could be found",
                $"Say which, such as 'name: {head.Columns[0].Name}'. The columns are: {Headings(head)}"
            );
        var taken = used.Select(u => u.Item1).ToHashSet();
        return new(
            schema,
            used,
            reference,
            [
                .. head
                    .Columns.Where((c, at) => c.Name.Length > 0 && at != reference && !taken.Contains(at))
                    .Select(c => c.Name),
            ]
        );
    }

    /// <summary>The values of a row by their properties; parts of a name also make one, where there is no other.</summary>
    public IReadOnlyList<(string Property, string Value)> ValuesOf(TableRow row, DateOrder dates)
    {
        var values = Used.Select(u =>
                (
                    u.Property.Name,
                    Value: u.Property.Type.Name == "date" ? DateOrders.InIso(row.Cells[u.At], dates) : row.Cells[u.At]
                )
            )
            .Where(v => v.Value.Length > 0)
            .ToList();
        var parts = NameParts.SelectMany(p => values.Where(v => v.Name == p).Select(v => v.Value)).ToList();
        if (parts.Count > 0 && values.All(v => v.Name != "name"))
            values.Add(("name", string.Join(' ', parts)));
        return values;
    }

    private static bool IsUsed(Property property) =>
        UsedTypes.Contains(property.Type.Name) || NameParts.Contains(property.Name);

    private static bool Leads(Property property) =>
        LeadingTypes.Contains(property.Type.Name) || NameParts.Contains(property.Name);

    private static string? Guess(Schema schema, string folded)
    {
        var own = schema.Properties.Values.FirstOrDefault(p =>
            !p.IsStub && (HeadingWords.Fold(p.Name) == folded || HeadingWords.Fold(p.Label) == folded)
        );
        return own?.Name
            ?? HeadingWords.PropertiesOf(folded).FirstOrDefault(p => schema.Find(p) is { IsStub: false })
            ?? (HeadingWords.IsId(folded) ? ReferenceWord : null);
    }

    /// <summary>Property by column.</summary>
    private static Dictionary<int, string> Said(TableHead head, Schema schema, string said)
    {
        if (said.Length > MaxText)
            throw Refuse("columns", $"What the columns are has at most {MaxText} characters", "Say it in fewer lines");
        var chosen = new Dictionary<int, string>();
        foreach (var line in said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(':', 2, StringSplitOptions.TrimEntries) is not [var property, var heading])
                throw Refuse(
                    "columns",
                    $"'{line}' says of no column what it is",
                    "Write lines such as 'name: FULL NAME'"
                );
            if (property != ReferenceWord && (schema.Find(property) is not { IsStub: false } found || !IsUsed(found)))
                throw Refuse(
                    "columns",
                    $"'{property}' is nothing by which a {schema.Label.ToLowerInvariant()} is found",
                    "Use name, alias, birthDate, nationality, country, passportNumber, idNumber … or reference"
                );
            var at = head.Columns.ToList().FindIndex(c => c.Name == heading);
            if (at < 0)
                throw Refuse("columns", $"There is no column '{heading}'", $"The columns are: {Headings(head)}");
            chosen[at] = property;
        }
        return chosen;
    }

    private static string Headings(TableHead head) => string.Join(", ", head.Columns.Select(c => c.Name));

    private static RefusedException Refuse(string code, string message, string wayOut) =>
        new(Refusal.Unprocessable($"screening-{code}", message, wayOut, "columns"));
}
