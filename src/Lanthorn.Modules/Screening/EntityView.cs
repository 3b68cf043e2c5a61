using Lanthorn.Knowledge;

namespace Lanthorn.Screening;

/// <summary>
/// An entity as a page shows it: records numbered, every value with the numbers of the records that give it, the sources
/// side by side, and in words where they disagree.
/// </summary>
internal sealed class EntityView
{
    /// <summary>So many sources stand side by side; of more the values stand in one column, with their numbers.</summary>
    public const int MostColumns = 4;

    /// <summary>Shown elsewhere on the page, or of no use to a reader.</summary>
    private static readonly HashSet<string> Elsewhere =
    [
        "name",
        "alias",
        "weakAlias",
        "previousName",
        "topics",
        "notes",
        "summary",
        "description",
    ];

    private static readonly string[] TextProperties = ["summary", "description", "notes"];

    private static readonly string[] NameProperties = ["name", "alias", "previousName", "weakAlias"];

    private readonly List<(Record Record, int Number)> numbered;

    public EntityView(Entity entity)
    {
        Entity = entity;
        numbered = [.. entity.Members.Select((m, at) => (m, at + 1))];
        Columns =
        [
            .. numbered
                .GroupBy(m => m.Record.Source)
                .Select(g => new Column(g.Key.Value, [.. g.Select(m => m.Number)])),
        ];
        Names = [.. NameProperties.SelectMany(p => Values(p).Select(v => v with { Kind = p }))];
        Rows =
        [
            .. entity
                .Properties.Names.Where(n => !Elsewhere.Contains(n))
                .Select(n => entity.Schema.Find(n))
                .OfType<Property>()
                // What points to another entity is shown by that one's name, among what is connected.
                .Where(p => p.Type.Name != "entity")
                .OrderBy(p => Place(entity.Schema, p.Name))
                .ThenBy(p => p.Label, StringComparer.Ordinal)
                .Select(ToRow),
        ];
        Texts = [.. TextProperties.SelectMany(Values)];
        OtherScript = Names.Select(n => n.Text).FirstOrDefault(n => n.Any(c => c >= 0x0370) && n != entity.Caption);
    }

    public Entity Entity { get; }
    public IReadOnlyList<Value> Names { get; }
    public IReadOnlyList<Row> Rows { get; }
    public IReadOnlyList<Value> Texts { get; }

    /// <summary>The sources, in the order of their first records.</summary>
    public IReadOnlyList<Column> Columns { get; }

    public bool IsSideBySide => Columns.Count is > 1 and <= MostColumns;

    /// <summary>How many rows contradict each other or might.</summary>
    public int Disagreements => Rows.Count(r => r.Accord is Accord.Contradict or Accord.DifferMaybeBoth);

    /// <summary>A name in a script other than Latin, to stand beside the caption.</summary>
    public string? OtherScript { get; }

    public IEnumerable<string> Sources => Columns.Select(c => c.Source);

    public IReadOnlyList<string> Topics => Entity.Properties["topics"];

    /// <summary>The number under which the page shows a record, from 1; null for one that is not here.</summary>
    public int? NumberOf(RecordId id) =>
        numbered.Where(m => m.Record.Id == id).Select(m => (int?)m.Number).FirstOrDefault();

    public Record RecordOf(int number) => Entity.Members[number - 1];

    internal sealed record Column(string Source, IReadOnlyList<int> Records);

    internal sealed record Value(string Text, IReadOnlyList<int> Records, string Kind);

    /// <param name="InWords">What the sources disagree about; null where they do not.</param>
    internal sealed record Row(Property Property, IReadOnlyList<Value> Values, Accord Accord, string? InWords)
    {
        /// <summary>What all say alike stands once.</summary>
        public bool IsOneForAll => Accord == Accord.Agree;

        public IEnumerable<Value> Of(Column column) => Values.Where(v => v.Records.Intersect(column.Records).Any());
    }

    private Row ToRow(Property property)
    {
        var values = Values(property.Name).ToList();
        var accord = Comparison.Of(property, Entity.Members);
        return new(property, values, accord, InWords(property, accord));
    }

    private string? InWords(Property property, Accord accord)
    {
        if (accord is not (Accord.Contradict or Accord.DifferMaybeBoth))
            return null;
        var said = numbered
            .Where(m => m.Record.Properties[property.Name].Length > 0)
            .Select(m =>
                $"{m.Record.Source} ({m.Number}) says {string.Join(" or ", m.Record.Properties[property.Name].Select(v => Spelled.Value(Entity.Schema, property.Name, v)))}"
            );
        var end = accord == Accord.Contradict ? "Only one can be right." : "Each can be true.";
        return $"Sources differ: {string.Join("; ", said)}. {end}";
    }

    private IEnumerable<Value> Values(string property) =>
        Entity
            .Properties[property]
            .Select(v => new Value(
                v,
                [.. numbered.Where(m => m.Record.Properties[property].Contains(v)).Select(m => m.Number)],
                property
            ));

    private static int Place(Schema schema, string property)
    {
        var featured = schema.Featured.ToList().IndexOf(property);
        return featured < 0 ? int.MaxValue : featured;
    }
}
