using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Storage;
using Lanthorn.Web;
using static Lanthorn.Web.Words;

namespace Lanthorn.Screening;

/// <summary>The dated facts about an entity: its own, its life on lists, and those of what is next to it.</summary>
internal static class EntityTimeline
{
    public const string Life = "life";

    private const string Lists = "lists";

    /// <summary>Of more dates than so many that one source gives for one thing, the first and the last are told.</summary>
    private const int MostAlternatives = 2;

    /// <summary>When somebody looked is no fact about the thing.</summary>
    private static readonly HashSet<string> AboutTheLooking = ["retrievedAt", "processedAt"];

    /// <summary>What was done to the entry in a list, not to the thing itself.</summary>
    private static readonly HashSet<string> AboutTheEntry = ["createdAt", "modifiedAt"];

    public static IReadOnlyList<TimelineFact> Of(
        Entity entity,
        IReadOnlyList<Reading.Neighbour> neighbours,
        IReadOnlyDictionary<string, Entity> ends
    ) => TimelineFact.InOrder([.. Own(entity), .. OnLists(entity), .. Beside(entity, neighbours, ends)]);

    private static IEnumerable<TimelineFact> Own(Entity entity)
    {
        foreach (var property in entity.Schema.Properties.Values.Where(p => p is { Type.Name: "date", IsStub: false }))
        {
            if (AboutTheLooking.Contains(property.Name))
                continue;
            var values = entity.Properties[property.Name].Order(StringComparer.Ordinal);
            foreach (var said in values.GroupBy(v => string.Join(' ', Saying(entity, property.Name, v))))
            foreach (var fact in Told(entity, property, [.. said]))
                yield return fact;
        }
    }

    private static IEnumerable<TimelineFact> Told(Entity entity, Property property, IReadOnlyList<string> values)
    {
        var records = Saying(entity, property.Name, values[0]);
        var isEntry = AboutTheEntry.Contains(property.Name);
        var what = isEntry
            ? T("Entry in {0}: {1}", entity.Members[records[0] - 1].Source, T(property.Label))
            : T(property.Label);
        var lane = isEntry ? Lists : Life;
        return values.Count > MostAlternatives
            ? [new(values[0], values[^1], lane, $"{what}: {string.Join(T(" or "), values)}", null, records)]
            : values.Select(v => new TimelineFact(v, null, lane, what, null, records));
    }

    private static IEnumerable<TimelineFact> OnLists(Entity entity)
    {
        foreach (var (member, number) in entity.Members.Select((m, at) => (m, at + 1)))
        {
            yield return new(
                Day(member.ListedFrom),
                null,
                Lists,
                T("First seen in {0}", member.Source),
                null,
                [number]
            );
            if (member.ListedTo is { } ended)
                yield return new(Day(ended), null, Lists, T("No longer in {0}", member.Source), null, [number]);
        }
    }

    private static IEnumerable<TimelineFact> Beside(
        Entity entity,
        IReadOnlyList<Reading.Neighbour> neighbours,
        IReadOnlyDictionary<string, Entity> ends
    )
    {
        foreach (var neighbour in neighbours.DistinctBy(n => n.Entity.Id))
        {
            var link = neighbour.Entity;
            if (!IsSomethingThatHappened(link.Schema) || Adjoining.When(link) is not ({ } start, var end))
                continue;
            var other = Adjoining.FarEnd(entity, link, ends);
            var what = string.Join(
                ", ",
                new[] { link.Schema.Label, Adjoining.Detail(link), Named(other) }.Where(t => t.Length > 0)
            );
            yield return new(start, end, LaneOf(link.Schema), what, $"/entity/{Uri.EscapeDataString(other.Id)}");
        }
    }

    /// <summary>A company next to a person was founded some day, but that is the company's fact.</summary>
    private static bool IsSomethingThatHappened(Schema schema) => schema.Edge is not null || schema.IsA("Interval");

    private static string LaneOf(Schema schema) =>
        schema.IsA("Payment") || schema.IsA("Debt") ? "money"
        : schema.IsA("Trip") ? "trips"
        : schema.IsA("Sanction") ? Lists
        : schema.IsA("Call") || schema.IsA("Message") || schema.IsA("Post") ? "contact"
        : schema.IsA("Event") ? "events"
        : "ties";

    /// <summary>A link without a name goes by its id, which says nothing.</summary>
    private static string Named(Entity entity) => entity.Caption == entity.Id ? "" : entity.Caption;

    private static List<int> Saying(Entity entity, string property, string value) =>
        [
            .. entity
                .Members.Select((m, at) => (m, at + 1))
                .Where(m => m.m.Properties[property].Contains(value))
                .Select(m => m.Item2),
        ];

    private static string Day(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
