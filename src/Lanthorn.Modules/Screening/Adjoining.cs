using Lanthorn.Knowledge;
using Lanthorn.Storage;

namespace Lanthorn.Screening;

/// <summary>What is next to an entity, as a reader wants it: not the link itself but who or what is at its other end.</summary>
internal static class Adjoining
{
    /// <summary>Properties that say what a link is about, the most telling first.</summary>
    private static readonly string[] Telling =
    [
        "role",
        "relationship",
        "status",
        "position",
        "purpose",
        "program",
        "percentage",
    ];

    /// <summary>The public ids at the other ends of those of the neighbours that are links.</summary>
    public static IEnumerable<string> FarIds(Entity entity, IEnumerable<Reading.Neighbour> neighbours)
    {
        var mine = entity.Members.Select(m => m.PublicId).ToHashSet(StringComparer.Ordinal);
        return neighbours
            .Where(n => n.Entity.Schema.Edge is not null)
            .SelectMany(n => IdsOf(n.Entity))
            .Where(id => !mine.Contains(id));
    }

    /// <summary>Who or what is at the other end of a link; the neighbour itself where it is none, or its end is not there.</summary>
    public static Entity FarEnd(Entity entity, Entity neighbour, IReadOnlyDictionary<string, Entity> ends) =>
        neighbour.Schema.Edge is null
            ? neighbour
            : IdsOf(neighbour).Select(ends.GetValueOrDefault).OfType<Entity>().FirstOrDefault(e => e.Id != entity.Id)
                ?? neighbour;

    /// <summary>What a link says beside its ends: a role, an amount; empty where nothing is said.</summary>
    public static string Detail(Entity neighbour)
    {
        var said = Telling.Select(neighbour.Properties.First).OfType<string>().Take(2).ToList();
        if (neighbour.Properties.First("amount") is { } amount)
            said.Add($"{neighbour.Properties.First("currency")} {amount}".Trim());
        else if (neighbour.Properties.First("amountEur") is { } euros)
            said.Add($"EUR {euros}");
        return string.Join(", ", said);
    }

    /// <summary>When it began and ended; null where nobody says.</summary>
    public static (string? Start, string? End) When(Entity entity)
    {
        var start = First(entity, entity.Schema.StartProperties);
        var end = First(entity, entity.Schema.EndProperties);
        return (start ?? end, start is null ? null : end);
    }

    private static string? First(Entity entity, IReadOnlyList<string> properties) =>
        properties.SelectMany(p => entity.Properties[p].Order(StringComparer.Ordinal)).FirstOrDefault();

    private static IEnumerable<string> IdsOf(Entity link) =>
        link.Schema.Edge is { } edge ? link.Properties[edge.Source].Concat(link.Properties[edge.Target]) : [];
}
