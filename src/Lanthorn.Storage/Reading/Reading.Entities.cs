using System.Data.Common;
using System.Text;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Entities, their versions, and what was judged about them.</summary>
public sealed partial class Reading
{
    /// <summary>The newest so many versions of a record are shown.</summary>
    public const int MaxVersions = 100;

    /// <summary>The entity to which the id of any visible member leads; null where there is none for this viewer.</summary>
    public async Task<Entity?> EntityAsync(string publicId, string what, CancellationToken cancellation)
    {
        Entity entity;
        await using (var sight = await LookAsync(cancellation))
        {
            if (sight.ByPublicIds([publicId]) is not [var start, ..])
                return null;
            entity = Assemble(sight, [start])[start.Ordinal];
        }
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
        Dictionary<int, Entity> entities;
        await using (var sight = await LookAsync(cancellation))
            entities = Assemble(sight, sight.ByOrdinals(ordinals));
        await LogAsync(Operation.Consultation, what, MembersOf(entities.Values), terms, cancellation);
        return entities;
    }

    /// <summary>A version of a record: what it says, and where it came from.</summary>
    /// <param name="IsByHand">A person wrote it; then <paramref name="Reason"/> says why.</param>
    /// <param name="Account">Who wrote it, or imported it; empty where that is for another organisation to know.</param>
    public sealed record VersionSaid(
        int Version,
        DateTimeOffset At,
        Schema Schema,
        Properties Properties,
        bool IsByHand,
        string Account,
        string Organisation,
        string Reason
    );

    /// <summary>The versions of a visible record, the newest first, at most <see cref="MaxVersions"/>.</summary>
    public async Task<IReadOnlyList<VersionSaid>> VersionsAsync(
        RecordId id,
        string what,
        CancellationToken cancellation
    )
    {
        var versions = new List<VersionSaid>();
        await using (var sight = await LookAsync(cancellation))
        {
            using var row = sight.Read(
                $"""
                select v.version, v.ingested_at, v.schema, v.properties, coalesce(i.by_hand, 0), i.account,
                    i.organisation, i.note
                from record r join record_version v on v.ordinal = r.ordinal left join import i on i.id = v.import_id
                where {sight.Visible("r")} and r.id = $2 order by v.version desc limit $3
                """,
                id.ToBytes(),
                (long)MaxVersions
            );
            while (row.Read())
                versions.Add(ToVersion(row));
        }
        if (versions.Count > 0)
        {
            var read = versions.Select(v => new RecordVersion(id, v.Version)).ToList();
            var entry = AuditEntry.By(viewer, Operation.Consultation, what, read, justification);
            await store.Audit.AppendAsync(entry, cancellation);
        }
        return versions;
    }

    /// <summary>Who corrected a record is for all who see it; who imported it is for his own organisation.</summary>
    private VersionSaid ToVersion(DbDataReader row)
    {
        var (isByHand, organisation) = (row.GetInt64(4) != 0, row.IsDBNull(6) ? "" : row.GetString(6));
        var isTold = isByHand || organisation == viewer.Organisation;
        return new(
            row.GetInt32(0),
            Times.Read(row.GetString(1)),
            Model.Get(row.GetString(2)),
            Properties.FromJson(Encoding.UTF8.GetBytes(row.GetString(3))),
            isByHand,
            isTold ? row.GetString(5) : "",
            isTold ? organisation : "",
            isByHand ? row.GetString(7) : ""
        );
    }

    /// <summary>
    /// Everything that was ever judged about these records, as far as the viewer sees it, the newest first: on records whose
    /// import was undone, too, although it no longer counts.
    /// </summary>
    public async Task<IReadOnlyList<Judgement>> HistoryAsync(Entity entity, CancellationToken cancellation)
    {
        await using var sight = await LookAsync(cancellation);
        var judged = JudgementsOn(sight, entity.Members.Select(m => m.Id)).DistinctBy(j => j.Sequence).ToList();
        var ends = Ends(judged).ToList();
        var seen = sight.ByIds(ends).Select(r => r.Record.Id).Concat(Withdrawn(sight, ends)).ToHashSet();
        return
        [
            .. judged.Where(j => seen.Contains(j.Left) && seen.Contains(j.Right)).OrderByDescending(j => j.Sequence),
        ];
    }

    /// <summary>Of these records those that are there no more since their import was undone.</summary>
    private static List<RecordId> Withdrawn(Sight sight, IReadOnlyList<RecordId> ids)
    {
        var found = new List<RecordId>();
        foreach (var some in ids.Chunk(Sight.MaxInList))
        {
            using var row = sight.Read(
                $"""
                select distinct w.id from withdrawn_version w
                where {sight.Visible("w")} and {sight.Dialect.IsOneOfIds("w.id", "$2")}
                    and not exists (select 1 from record r where r.id = w.id)
                """,
                sight.Dialect.List(some)
            );
            while (row.Read())
                found.Add(RecordId.FromBytes(row.GetFieldValue<byte[]>(0)));
        }
        return found;
    }

    private static IEnumerable<Record> MembersOf(IEnumerable<Entity> entities) => entities.SelectMany(e => e.Members);
}
