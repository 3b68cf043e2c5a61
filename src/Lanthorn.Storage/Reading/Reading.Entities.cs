using Dapper;
using Lanthorn.Knowledge;
using Microsoft.Data.Sqlite;

namespace Lanthorn.Storage;

/// <summary>Entities and what is next to them.</summary>
public sealed partial class Reading
{
    private const int MaxNeighbours = 2_000;

    /// <summary>A record next to an entity, through one property of the entity's schema.</summary>
    /// <param name="Property">As the entity's schema calls it: an own property, or the reverse of another's.</param>
    public sealed record Neighbour(string Property, Entity Entity);

    /// <summary>The entity to which the id of any visible member leads; null where there is none for this viewer.</summary>
    public async Task<Entity?> EntityAsync(string publicId, string what, CancellationToken cancellation)
    {
        await using var connection = await store.OpenReaderAsync(cancellation);
        if (await ByPublicIdAsync(connection, publicId) is not [var start, ..])
            return null;
        var entity = (await AssembleAsync(connection, [start]))[start.Ordinal];
        await LogAsync(Operation.Consultation, what, entity.Members, null, cancellation);
        return entity;
    }

    /// <summary>The entities around these records, by the record's ordinal; those that the viewer may not see are absent.</summary>
    public async Task<IReadOnlyDictionary<int, Entity>> EntitiesAsync(
        IReadOnlyCollection<int> ordinals,
        string what,
        string? terms,
        CancellationToken cancellation
    )
    {
        await using var connection = await store.OpenReaderAsync(cancellation);
        var entities = await AssembleAsync(connection, await ByOrdinalsAsync(connection, ordinals));
        await LogAsync(
            Operation.Consultation,
            what,
            entities.Values.SelectMany(e => e.Members).DistinctBy(m => m.Id),
            terms,
            cancellation
        );
        return entities;
    }

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
        await using var connection = await store.OpenReaderAsync(cancellation);
        var mine = entity.Members.Select(m => m.PublicId).ToHashSet(StringComparer.Ordinal);
        var ends = new List<(string Property, string PublicId)>();
        foreach (
            var property in entity.Schema.Properties.Values.Where(p => p is { Type.Name: "entity", IsStub: false })
        )
            ends.AddRange(entity.Properties[property.Name].Select(id => (property.Name, id)));
        ends.AddRange(await PointingHereAsync(connection, mine));
        var found = new List<Neighbour>();
        foreach (
            var (property, publicId) in ends.Distinct()
                .Where(e => !mine.Contains(e.PublicId))
                .Order()
                .Take(MaxNeighbours)
        )
            if (await ByPublicIdAsync(connection, publicId) is [var other, ..])
                found.Add(new(property, (await AssembleAsync(connection, [other]))[other.Ordinal]));
        var distinct = found.DistinctBy(n => (n.Property, n.Entity.Id)).ToList();
        await LogAsync(
            Operation.Consultation,
            what,
            distinct.SelectMany(n => n.Entity.Members).DistinctBy(m => m.Id),
            null,
            cancellation
        );
        return distinct;
    }

    /// <summary>Other entities that share a telephone number, document or other identifier, and which property it is.</summary>
    public async Task<IReadOnlyList<Neighbour>> SharingIdentifiersAsync(
        Entity entity,
        string what,
        CancellationToken cancellation
    )
    {
        const int mostPerEntity = 50;
        await using var connection = await store.OpenReaderAsync(cancellation);
        var ids = string.Join(',', entity.Members.Select(m => $"x'{m.Id}'"));
        var rows = await connection.QueryAsync<(string Property, long Ordinal)>(
            $"""
            select distinct o.property, o.ordinal
            from record m join pivot p on p.ordinal = m.ordinal join pivot o on o.key = p.key join record r on r.ordinal = o.ordinal
            {Visible($"m.id in ({ids}) and r.id not in ({ids})")} order by o.property, r.id limit {mostPerEntity}
            """
        );
        var pairs = rows.ToList();
        var entities = await AssembleAsync(
            connection,
            await ByOrdinalsAsync(connection, [.. pairs.Select(p => (int)p.Ordinal).Distinct()])
        );
        var found = pairs
            .Where(p => entities.ContainsKey((int)p.Ordinal))
            .Select(p => new Neighbour(p.Property, entities[(int)p.Ordinal]))
            .Where(n => n.Entity.Id != entity.Id)
            .DistinctBy(n => (n.Property, n.Entity.Id))
            .ToList();
        await LogAsync(
            Operation.Consultation,
            what,
            found.SelectMany(n => n.Entity.Members).DistinctBy(m => m.Id),
            null,
            cancellation
        );
        return found;
    }

    /// <summary>Every version of a visible record, the newest first.</summary>
    public async Task<IReadOnlyList<(int Version, DateTimeOffset At, Properties Properties)>> VersionsAsync(
        RecordId id,
        string what,
        CancellationToken cancellation
    )
    {
        await using var connection = await store.OpenReaderAsync(cancellation);
        if (await ByIdsAsync(connection, [id]) is not [var record])
            return [];
        var rows = await connection.QueryAsync<(long Version, string At, string Properties)>(
            "select version, ingested_at, properties from record_version where ordinal = @Ordinal order by version desc limit 100",
            new { record.Ordinal }
        );
        await LogAsync(Operation.Consultation, what, [record.Record], null, cancellation);
        return
        [
            .. rows.Select(r =>
                (
                    (int)r.Version,
                    Times.Read(r.At),
                    Properties.FromJson(System.Text.Encoding.UTF8.GetBytes(r.Properties))
                )
            ),
        ];
    }

    /// <summary>Everything that was ever judged about these records, as far as the viewer sees it, the newest first.</summary>
    public async Task<IReadOnlyList<Judgement>> HistoryAsync(Entity entity, CancellationToken cancellation)
    {
        await using var connection = await store.OpenReaderAsync(cancellation);
        var judged = await JudgementsAsync(connection, [.. entity.Members.Select(m => m.Id)]);
        var others = judged.SelectMany(j => new[] { j.Left, j.Right }).Distinct().ToList();
        var seen = (await ByIdsAsync(connection, others)).Select(r => r.Record.Id).ToHashSet();
        return
        [
            .. judged.Where(j => seen.Contains(j.Left) && seen.Contains(j.Right)).OrderByDescending(j => j.Sequence),
        ];
    }

    /// <summary>Reads outward from the starting records until no visible judgement leads further, then assembles each entity.</summary>
    private async Task<Dictionary<int, Entity>> AssembleAsync(SqliteConnection connection, IReadOnlyList<Stored> starts)
    {
        var records = starts.ToDictionary(s => s.Record.Id, s => s.Record);
        var judgements = new Dictionary<RecordId, List<Judgement>>();
        var sequences = new HashSet<long>();
        var open = records.Keys.ToList();
        while (open.Count > 0 && records.Count <= starts.Count + EntityAssembly.MaxMembers)
        {
            var found = await JudgementsAsync(connection, open);
            foreach (var judgement in found.Where(j => sequences.Add(j.Sequence)))
            foreach (var id in new[] { judgement.Left, judgement.Right })
                if (judgements.TryGetValue(id, out var list))
                    list.Add(judgement);
                else
                    judgements[id] = [judgement];
            var next = found
                .SelectMany(j => new[] { j.Left, j.Right })
                .Where(id => !records.ContainsKey(id))
                .Distinct()
                .ToList();
            open.Clear();
            foreach (var record in await ByIdsAsync(connection, next))
            {
                records[record.Record.Id] = record.Record;
                open.Add(record.Record.Id);
            }
        }
        return starts.ToDictionary(
            s => s.Ordinal,
            s =>
                EntityAssembly.Build(
                    s.Record,
                    id => records.GetValueOrDefault(id),
                    id => judgements.GetValueOrDefault(id) ?? []
                )
        );
    }

    /// <summary>The records whose properties name one of these ids, under the property's reverse name.</summary>
    private async Task<List<(string Property, string PublicId)>> PointingHereAsync(
        SqliteConnection connection,
        IReadOnlyCollection<string> ids
    )
    {
        var rows = await connection.QueryAsync<(string Kind, long AtSource, string Schema, string PublicId)>(
            $"""
            select distinct e.kind, e.from_id in @ids, r.schema, r.public_id from edge e join record r on r.ordinal = e.ordinal
            {Visible("e.from_id in @ids or e.to_id in @ids")} limit {MaxNeighbours}
            """,
            new { ids }
        );
        var found = new List<(string, string)>();
        foreach (var (kind, atSource, schemaName, publicId) in rows)
        {
            var schema = Model.Get(schemaName);
            var property =
                schema.Edge is { } edge && kind == schema.Name ? (atSource == 1 ? edge.Source : edge.Target) : kind;
            if (schema.Find(property)?.Reverse is { } reverse)
                found.Add((reverse, publicId));
        }
        return found;
    }

    private async Task<List<Judgement>> JudgementsAsync(SqliteConnection connection, IReadOnlyList<RecordId> ids)
    {
        var found = new List<Judgement>();
        foreach (var some in ids.Chunk(200))
        {
            var list = string.Join(',', some.Select(i => $"x'{i}'"));
            await using var command = new SqliteCommand(
                $"""
                select sequence, left_id, right_id, verdict, authority, decided_by, score, decided_at, reason, label_id from judgement
                where label_id in {labels} and (left_id in ({list}) or right_id in ({list}))
                """,
                connection
            );
            await using var row = await command.ExecuteReaderAsync();
            while (row.Read())
                found.Add(
                    new()
                    {
                        Sequence = row.GetInt64(0),
                        Left = RecordId.FromBytes((byte[])row[1]),
                        Right = RecordId.FromBytes((byte[])row[2]),
                        Verdict = (Verdict)row.GetInt32(3),
                        Authority = (Authority)row.GetInt32(4),
                        DecidedBy = row.GetString(5),
                        Score = row.IsDBNull(6) ? null : row.GetDouble(6),
                        DecidedAt = Times.Read(row.GetString(7)),
                        Reason = row.GetString(8),
                        Label = store.Labels.Get((ushort)row.GetInt32(9)),
                    }
                );
        }
        return found;
    }
}
