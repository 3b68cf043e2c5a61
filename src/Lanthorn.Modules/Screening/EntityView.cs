using Lanthorn.Knowledge;

namespace Lanthorn.Screening;

/// <summary>
/// An entity as a page shows it: records numbered, every value with the numbers of the records that give it, contradictions
/// shown beside each other.
/// </summary>
internal sealed class EntityView
{
    /// <summary>Of these a thing has one: two different values contradict each other.</summary>
    private static readonly string[] OneOfAKind =
    [
        "birthDate",
        "deathDate",
        "gender",
        "imoNumber",
        "incorporationDate",
        "birthCountry",
    ];

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

    public EntityView(Entity entity)
    {
        Entity = entity;
        Names = [.. NameProperties.SelectMany(p => Values(p).Select(v => v with { Kind = p }))];
        Rows =
        [
            .. entity
                .Properties.Names.Where(n => !Elsewhere.Contains(n))
                .Select(n => entity.Schema.Find(n))
                .OfType<Property>()
                .OrderBy(p => Place(entity.Schema, p.Name))
                .ThenBy(p => p.Label, StringComparer.Ordinal)
                .Select(p => new Row(p, [.. Values(p.Name)], IsContradicted(p.Name))),
        ];
        Texts = [.. TextProperties.SelectMany(Values)];
        OtherScript = Names.Select(n => n.Text).FirstOrDefault(n => n.Any(c => c >= 0x0370) && n != entity.Caption);
    }

    public Entity Entity { get; }
    public IReadOnlyList<Value> Names { get; }
    public IReadOnlyList<Row> Rows { get; }
    public IReadOnlyList<Value> Texts { get; }

    /// <summary>A name in a script other than Latin, to stand beside the caption.</summary>
    public string? OtherScript { get; }

    public IEnumerable<string> Sources => Entity.Members.Select(m => m.Source.Value).Distinct(StringComparer.Ordinal);

    public IReadOnlyList<string> Topics => Entity.Properties["topics"];

    /// <summary>The number under which the page shows a record, from 1.</summary>
    public int NumberOf(RecordId id) => 1 + Entity.Members.Select((m, at) => (m.Id, at)).First(m => m.Id == id).at;

    internal sealed record Value(string Text, IReadOnlyList<int> Records, string Kind);

    internal sealed record Row(Property Property, IReadOnlyList<Value> Values, bool IsContradicted);

    private IEnumerable<Value> Values(string property) =>
        Entity
            .Properties[property]
            .Select(v => new Value(
                v,
                [
                    .. Entity
                        .Members.Select((m, at) => (m, at))
                        .Where(m => m.m.Properties[property].Contains(v))
                        .Select(m => m.at + 1),
                ],
                property
            ));

    private bool IsContradicted(string property)
    {
        if (!OneOfAKind.Contains(property) || Entity.Properties[property] is not { Length: > 1 } values)
            return false;
        // 1986 and 1986-03-14 agree; 1986-03-14 and 1986-01-01 do not.
        var longest = values.MaxBy(v => v.Length)!;
        return values.Any(v => !longest.StartsWith(v, StringComparison.Ordinal));
    }

    private static int Place(Schema schema, string property)
    {
        var featured = schema.Featured.ToList().IndexOf(property);
        return featured < 0 ? int.MaxValue : featured;
    }
}
