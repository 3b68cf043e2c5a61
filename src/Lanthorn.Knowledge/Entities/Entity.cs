namespace Lanthorn.Knowledge;

/// <summary>
/// Who the records are about, for one viewer: the visible records that visible judgements join, assembled afresh for each
/// viewer and never stored.
/// </summary>
public sealed class Entity
{
    internal Entity(
        IReadOnlyList<Record> members,
        IReadOnlyList<Judgement> joins,
        IReadOnlyList<Judgement> contradictions,
        bool truncated
    )
    {
        Members = members;
        Joins = joins;
        Contradictions = contradictions;
        Truncated = truncated;
        Schema = members.Select(m => m.Schema).Aggregate(Schema.MostSpecific);
        Category = members.Select(m => m.Category).Aggregate(SubjectCategories.MostProtected);
        var merged = new Properties.Builder();
        foreach (var member in members)
            merged.AddAll(member.Properties);
        Properties = merged.Build();
        Caption = BestName(members) ?? Schema.CaptionOf(Properties) ?? Id;
    }

    /// <summary>The public id of the first member.</summary>
    public string Id => Members[0].PublicId;

    /// <summary>The records, smallest (published, record id) first: never the order in which they were ingested.</summary>
    public IReadOnlyList<Record> Members { get; }

    /// <summary>The judgements that hold the members together.</summary>
    public IReadOnlyList<Judgement> Joins { get; }

    /// <summary>Judgements that these records differ, although people joined them: shown, not cut.</summary>
    public IReadOnlyList<Judgement> Contradictions { get; }

    /// <summary>True when the limit of members was reached and more records may belong here.</summary>
    public bool Truncated { get; }

    public Schema Schema { get; }

    /// <summary>A minor in one record is a minor in the entity.</summary>
    public SubjectCategory Category { get; }
    public Properties Properties { get; }
    public string Caption { get; }

    /// <summary>
    /// The name that most sources give; among equals the Latin one, then the first in the members' order.
    /// </summary>
    private static string? BestName(IReadOnlyList<Record> members) =>
        members
            .SelectMany(m => m.Properties["name"].Select(n => (Name: n, m.Source)))
            .GroupBy(n => n.Name, StringComparer.Ordinal)
            .OrderByDescending(g => g.Select(n => n.Source).Distinct().Count())
            .ThenByDescending(g => g.Key.All(c => c is < '\u0250' or >= '\u1E00' and <= '\u1EFF'))
            .Select(g => g.Key)
            .FirstOrDefault();
}
