using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>What is next to an entity.</summary>
public sealed partial class Reading
{
    /// <summary>So many ends are followed from one entity.</summary>
    public const int MaxNeighbours = 2_000;

    /// <summary>So many others that share identifiers are shown, and so many of the entity's identifiers are asked for.</summary>
    public const int MaxSharing = 50;
    private const int MaxIdentifiers = 500;

    /// <summary>A record next to an entity, through one property of the entity's schema.</summary>
    /// <param name="Property">As the entity's schema calls it: an own property, or the reverse of another's.</param>
    public sealed record Neighbour(string Property, Entity Entity);

    /// <summary>
    /// Everything next to an entity: what its own properties point to, and what points to it. Sorted by property and public
    /// id; at most <see cref="MaxNeighbours"/> are read.
    /// </summary>
    public async Task<IReadOnlyList<Neighbour>> NeighboursAsync(
        Entity entity,
        string what,
        CancellationToken cancellation
    )
    {
        List<Neighbour> found;
        await using (var sight = await LookAsync(cancellation))
        {
            var mine = entity.Members.Select(m => m.PublicId).ToHashSet(StringComparer.Ordinal);
            var ends = PointedTo(entity)
                .Concat(PointingHere(sight, mine))
                .Where(e => !mine.Contains(e.PublicId))
                .Distinct()
                .OrderBy(e => e.Property, StringComparer.Ordinal)
                .ThenBy(e => e.PublicId, StringComparer.Ordinal)
                .Take(MaxNeighbours)
                .ToList();
            // Of records with one public id the first: they come in that order.
            var others = sight
                .ByPublicIds(ends.Select(e => e.PublicId))
                .DistinctBy(r => r.Record.PublicId)
                .ToDictionary(r => r.Record.PublicId, StringComparer.Ordinal);
            var entities = Assemble(sight, [.. others.Values]);
            found =
            [
                .. ends.Where(e => others.ContainsKey(e.PublicId))
                    .Select(e => new Neighbour(e.Property, entities[others[e.PublicId].Ordinal]))
                    .DistinctBy(n => (n.Property, n.Entity.Id)),
            ];
        }
        await LogAsync(Operation.Consultation, what, MembersOf(found.Select(n => n.Entity)), null, cancellation);
        return found;
    }

    /// <summary>
    /// Other entities that share a telephone number, document or other identifier, and which property of theirs it is; at
    /// most <see cref="MaxSharing"/>, sorted by property and record id.
    /// </summary>
    public async Task<IReadOnlyList<Neighbour>> SharingIdentifiersAsync(
        Entity entity,
        string what,
        CancellationToken cancellation
    )
    {
        List<Neighbour> found;
        await using (var sight = await LookAsync(cancellation))
        {
            var pairs = PairsSharing(sight, [.. entity.Members.Select(m => m.Id)]);
            var entities = Assemble(sight, sight.ByOrdinals(pairs.Select(p => p.Ordinal)));
            found =
            [
                .. pairs
                    .Select(p => new Neighbour(p.Property, entities[p.Ordinal]))
                    .Where(n => n.Entity.Id != entity.Id)
                    .DistinctBy(n => (n.Property, n.Entity.Id)),
            ];
        }
        await LogAsync(Operation.Consultation, what, MembersOf(found.Select(n => n.Entity)), null, cancellation);
        return found;
    }

    private static IEnumerable<(string Property, string PublicId)> PointedTo(Entity entity) =>
        entity
            .Schema.Properties.Values.Where(p => p is { Type.Name: "entity", IsStub: false })
            .SelectMany(p => entity.Properties[p.Name].Select(id => (p.Name, id)));

    /// <summary>The records whose properties name one of these ids, under the property's reverse name; the first by rank.</summary>
    private static List<(string Property, string PublicId)> PointingHere(Sight sight, IEnumerable<string> ids)
    {
        using var row = sight.Read(
            $"""
            select e.kind, {sight.Dialect.IsOneOf("e.from_id", "$2")} as at_source, v.schema, r.public_id
            from edge e join record r on r.ordinal = e.ordinal
                join record_version v on v.ordinal = r.ordinal and v.version = r.version
            where {sight.Visible("r")}
                and ({sight.Dialect.IsOneOf("e.from_id", "$2")} or {sight.Dialect.IsOneOf("e.to_id", "$2")})
            order by r.rank, r.id, e.kind, at_source limit $3
            """,
            sight.Dialect.List(ids),
            (long)MaxNeighbours
        );
        var found = new List<(string, string)>();
        while (row.Read())
        {
            var (kind, isAtSource, schema) = (row.GetString(0), row.GetBoolean(1), Model.Get(row.GetString(2)));
            var property =
                schema.Edge is { } edge && kind == schema.Name ? (isAtSource ? edge.Source : edge.Target) : kind;
            if (schema.Find(property)?.Reverse is { } reverse)
                found.Add((reverse, row.GetString(3)));
        }
        return found;
    }

    private static List<(string Property, int Ordinal)> PairsSharing(Sight sight, IReadOnlyList<RecordId> mine)
    {
        var list = sight.Dialect.List(mine);
        var keys = new List<byte[]>();
        using (
            var row = sight.Read(
                $"""
                select distinct p.key from record r join pivot p on p.ordinal = r.ordinal
                where {sight.Visible("r")} and {sight.Dialect.IsOneOfIds("r.id", "$2")} order by p.key limit $3
                """,
                list,
                (long)MaxIdentifiers
            )
        )
            while (row.Read())
                keys.Add(row.GetFieldValue<byte[]>(0));
        var found = new List<(string Property, RecordId Id, int Ordinal)>();
        foreach (var key in keys)
        {
            // In the order of ranks, which is that of the table: a number that a million share costs no more.
            using var row = sight.Read(
                $"""
                select p.property, r.id, p.ordinal from pivot p {sight.Dialect.JoinInOrder} record r on r.ordinal = p.ordinal
                where p.key = $2 and {sight.Visible("r")} and not {sight.Dialect.IsOneOfIds("r.id", "$3")}
                order by p.rank limit $4
                """,
                key,
                list,
                (long)MaxSharing
            );
            while (row.Read())
                found.Add((row.GetString(0), RecordId.FromBytes(row.GetFieldValue<byte[]>(1)), row.GetInt32(2)));
        }
        return
        [
            .. found
                .Distinct()
                .OrderBy(f => f.Property, StringComparer.Ordinal)
                .ThenBy(f => f.Id)
                .Take(MaxSharing)
                .Select(f => (f.Property, f.Ordinal)),
        ];
    }
}
