using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake.Proposing;

/// <summary>Why a column is proposed to be what it is.</summary>
internal enum ProposedBy
{
    Nothing,

    /// <summary>Its heading is known, and its values are something else.</summary>
    Unfitting,
    Remembered,
    Heading,
    Values,
}

/// <summary>A table as it begins, and what its columns are proposed to be.</summary>
/// <param name="By">For each column, why.</param>
internal sealed record TableProposal(TableHead Head, TableChoice Choice, IReadOnlyList<ProposedBy> By);

/// <summary>
/// Proposes which column of a table is what: as the organisation chose it before, else by the words of the heading, else by
/// what the values look like. A proposal is for a person to correct; nothing is imported by it.
/// </summary>
internal sealed class ProposeMapping(Store store, ColumnNames names)
{
    /// <summary>What is imported most comes first: where headings speak for several, the first of them is proposed.</summary>
    private static readonly (string Schema, string[] Words)[] Usual =
    [
        ("Person", ["person", "persons", "people", "personne", "personnes", "personen", "personas", "persone"]),
        (
            "Company",
            ["company", "companies", "firma", "firmen", "societe", "societes", "empresa", "empresas", "societa"]
        ),
        (
            "Vessel",
            ["vessel", "vessels", "ship", "ships", "boat", "boats", "navire", "navires", "schiff", "schiffe", "buque"]
        ),
        (
            "Vehicle",
            ["vehicle", "vehicles", "car", "cars", "vehicule", "vehicules", "fahrzeug", "fahrzeuge", "veicolo"]
        ),
        ("BankAccount", ["account", "accounts", "iban", "konten", "comptes", "cuentas", "conti"]),
        ("Address", ["addresses", "adressen", "adresses", "direcciones", "indirizzi"]),
    ];

    /// <summary>What a person has in the model as every legal entity does, and tables of companies have.</summary>
    private static readonly HashSet<string> OfCompanies =
    [
        "registrationNumber",
        "jurisdiction",
        "incorporationDate",
        "dissolutionDate",
        "legalForm",
        "sector",
        "leiCode",
        "vatCode",
    ];

    /// <summary>What values say by themselves, without their heading.</summary>
    private static readonly string[] SaidByValues = ["email", "iban", "imoNumber", "phone", "website"];

    /// <param name="schema">What a row is about; null for what the headings speak for.</param>
    /// <exception cref="RefusedException">The file is no table that could be read.</exception>
    public async Task<TableProposal> HandleAsync(
        Work work,
        InputFile file,
        Schema? schema,
        TableReading reading,
        CancellationToken cancellation
    )
    {
        if (!work.HasEnforcementAccess)
            throw new RefusedException(Refusal.NotFound("Not Found"));
        var head = await BoundedReading.RunAsync(
            store.Time,
            stop => TableHead.ReadAsync(file, reading, stop),
            cancellation
        );
        var folded = head.Columns.Select(c => HeadingWords.Fold(c.Name)).ToList();
        var known = await names.KnownAsync(work, folded.Distinct(StringComparer.Ordinal), cancellation);
        schema ??= SchemaOf(head, file.Name, folded, known);
        return Propose(head, schema, folded, known.Where(k => k.Schema == schema.Name));
    }

    private static Schema SchemaOf(TableHead head, string file, List<string> folded, IReadOnlyList<ChosenColumn> known)
    {
        const int remembered = 3;
        var words = folded
            .Append(HeadingWords.Fold(Path.GetFileNameWithoutExtension(file)))
            .Append(HeadingWords.Fold(head.Sheet ?? ""))
            .SelectMany(f => f.Split(' '))
            .ToHashSet(StringComparer.Ordinal);
        var before = known.GroupBy(k => k.Schema, StringComparer.Ordinal).ToDictionary(k => k.Key, k => k.Count());
        return Usual
            .Select(u => (Schema: Model.Get(u.Schema), u.Words))
            .Concat(
                before.Keys.Select(Model.Find).OfType<Schema>().Select(s => (Schema: s, Words: Array.Empty<string>()))
            )
            .DistinctBy(u => u.Schema.Name)
            .MaxBy(u =>
                (remembered * before.GetValueOrDefault(u.Schema.Name))
                + (u.Words.Any(words.Contains) ? 1 : 0)
                + folded.Count(f => HeadingWords.PropertiesOf(f) is [var first, ..] && Speaks(u.Schema, first))
            )
            .Schema;
    }

    private static bool Speaks(Schema schema, string property) =>
        schema.Find(property) is { IsStub: false } && (schema.Name != "Person" || !OfCompanies.Contains(property));

    private static TableProposal Propose(
        TableHead head,
        Schema schema,
        List<string> folded,
        IEnumerable<ChosenColumn> known
    )
    {
        var before = known.ToDictionary(k => k.Heading, StringComparer.Ordinal);
        var (properties, by) = (new string[head.Columns.Count], new ProposedBy[head.Columns.Count]);
        Array.Fill(properties, "");
        List<int> usable = [.. Enumerable.Range(0, properties.Length).Where(at => head.Columns[at].Unusable is null)];
        foreach (var at in usable)
            if (
                before.TryGetValue(folded[at], out var chosen)
                && (chosen.Property.Length == 0 || schema.Find(chosen.Property) is { IsStub: false })
            )
                (properties[at], by[at]) = (chosen.Property, ProposedBy.Remembered);
        foreach (var at in usable.Where(at => by[at] == ProposedBy.Nothing))
            (properties[at], by[at]) = ByHeading(schema, head, folded, at, properties);
        foreach (var at in usable.Where(at => by[at] is ProposedBy.Nothing or ProposedBy.Unfitting))
            if (ByValues(schema, Cells(head, at), properties) is { } said)
                (properties[at], by[at]) = (said, ProposedBy.Values);
        OnePartIsTheName(schema, properties, by);
        var id = IdOf(head, folded, before);
        var dates = DateOrders.Guess(head.Rows.SelectMany(r => r));
        var splits = properties.Select(
            (p, at) => p.Length > 0 ? CellValues.SplitOf(schema.Find(p)!, Cells(head, at))?.Text : null
        );
        return new(head, new(schema, id, properties) { Dates = dates, Splits = [.. splits] }, by);
    }

    /// <summary>The first property that the words mean, that the values fit, and that no column before is.</summary>
    private static (string Property, ProposedBy By) ByHeading(
        Schema schema,
        TableHead head,
        List<string> folded,
        int at,
        string[] taken
    )
    {
        var meant = HeadingWords.PropertiesOf(folded[at]);
        var candidates = meant.Count > 0 ? meant : [.. NamesInModel(schema, folded[at])];
        var by = ProposedBy.Nothing;
        foreach (var (rank, property) in candidates.Index())
            if (schema.Find(property) is not { IsStub: false } found)
                continue;
            else if (!CellValues.Fits(found, Cells(head, at)))
                by = ProposedBy.Unfitting;
            else if (rank > 0 || IsFree(property, folded, at, taken))
                return (property, ProposedBy.Heading);
        return ("", by);
    }

    /// <summary>
    /// Alias 1 and alias 2 are both aliases, but two columns with a whole name are not one name. What is only second best for
    /// its words, as an address is for a street, is a part and may come more than once.
    /// </summary>
    private static bool IsFree(string property, List<string> folded, int at, string[] taken) =>
        Array.IndexOf(taken, property) is var other
        && (other < 0 || HeadingWords.WithoutNumber(folded[other]) == HeadingWords.WithoutNumber(folded[at]));

    /// <summary>The model's own names and labels of its properties.</summary>
    private static IEnumerable<string> NamesInModel(Schema schema, string folded) =>
        schema
            .Properties.Values.Where(p =>
                !p.IsStub
                && (p.Type.Name != "entity" || schema.Edge is not null)
                && (HeadingWords.Fold(p.Name) == folded || HeadingWords.Fold(p.Label) == folded)
            )
            .Select(p => p.Name)
            .Order(StringComparer.Ordinal);

    private static string? ByValues(Schema schema, List<string> cells, string[] taken)
    {
        const int enough = 3;
        return cells.Count < enough
            ? null
            : SaidByValues.FirstOrDefault(name =>
                !taken.Contains(name)
                && schema.Find(name) is { IsStub: false } property
                && cells.TrueForAll(c => Says(name, c) && CellValues.IsClean(property, c))
            );
    }

    /// <summary>Numbers are telephone numbers only with a prefix, and names of hosts only with what web addresses begin with.</summary>
    private static bool Says(string property, string cell) =>
        property switch
        {
            "phone" => cell.TrimStart() is ['+', ..] or ['0', '0', ..],
            "website" => cell.Contains("://", StringComparison.Ordinal),
            _ => true,
        };

    private static List<string> Cells(TableHead head, int at) =>
        [.. head.Rows.Select(r => r[at]).Where(c => !string.IsNullOrWhiteSpace(c))];

    /// <summary>Where a table has a first name and neither a last nor a whole one, that is the name.</summary>
    private static void OnePartIsTheName(Schema schema, string[] properties, ProposedBy[] by)
    {
        if (schema.Find("lastName") is null || properties.Contains("name"))
            return;
        foreach (var (part, other) in new[] { ("firstName", "lastName"), ("lastName", "firstName") })
            if (Array.IndexOf(properties, part) is >= 0 and var at && !properties.Contains(other))
                properties[at] = by[at] == ProposedBy.Heading ? "name" : part;
    }

    /// <summary>The remembered one, else one headed as an id, else the first: always filled and never twice the same.</summary>
    private static int IdOf(TableHead head, List<string> folded, Dictionary<string, ChosenColumn> before)
    {
        var distinct = Enumerable
            .Range(0, head.Columns.Count)
            .Where(at =>
                head.Columns[at].Unusable is null
                && head.Rows.All(r => !string.IsNullOrWhiteSpace(r[at]))
                && head.Rows.DistinctBy(r => r[at].Trim(), StringComparer.Ordinal).Count() == head.Rows.Count
            )
            .ToList();
        foreach (
            var isId in new Func<int, bool>[]
            {
                at => before.GetValueOrDefault(folded[at]) is { IsId: true },
                at => HeadingWords.IsId(folded[at]),
                _ => true,
            }
        )
            if (distinct.Where(isId).FirstOrDefault(-1) is >= 0 and var found)
                return found;
        return head.Columns.Index().FirstOrDefault(c => c.Item.Unusable is null, (-1, null!)).Index;
    }
}
