using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>Two records beside each other, for whoever looks for those that are about the same.</summary>
public sealed partial class Reading
{
    /// <summary>So many pairs are asked about at once.</summary>
    public const int MaxPairs = MaxEnds / 2;

    /// <summary>How two records stand to each other, as the viewer sees it. Nothing that they say is in it.</summary>
    /// <param name="Sources">Of the records of both entities.</param>
    /// <param name="IsOne">They are one entity already.</param>
    /// <param name="Together">How many records would be one entity if these two were.</param>
    /// <param name="Categories">Of both entities: what protects each most.</param>
    /// <param name="AreListed">Neither has ended.</param>
    /// <param name="Judged">What was judged of the two and counts; null where nothing was.</param>
    /// <param name="AreOfOneOwner">Both are for the same organisations, compartments and roles, or for all.</param>
    /// <param name="HasChanged">One of them says something else since then, in what the caller asked about.</param>
    public sealed record PairStanding(
        RecordId Left,
        RecordId Right,
        IReadOnlyList<SourceCode> Sources,
        bool IsOne,
        int Together,
        IReadOnlyList<SubjectCategory> Categories,
        bool AreListed,
        Judgement? Judged,
        bool AreOfOneOwner,
        bool HasChanged
    );

    /// <summary>
    /// How these pairs stand now; those of which the viewer does not see both records are absent. Nothing of a record is
    /// handed out, so it is logged only where <paramref name="what"/> says for what they are compared.
    /// </summary>
    /// <param name="differs">Whether what a record said and what it says now differ in something that counts.</param>
    public async Task<IReadOnlyList<PairStanding>> PairsAsync(
        IReadOnlyCollection<(RecordId Left, RecordId Right)> pairs,
        Func<Record, Record, bool> differs,
        string? what,
        CancellationToken cancellation
    )
    {
        var standings = new List<PairStanding>();
        var compared = new List<Record>();
        foreach (var some in pairs.Distinct().Chunk(MaxPairs))
        {
            await using var sight = await LookAsync(cancellation);
            var starts = sight.ByIds(some.SelectMany(p => new[] { p.Left, p.Right }));
            var records = starts.ToDictionary(s => s.Record.Id);
            var entities = Assemble(sight, starts);
            var judged = EntityAssembly
                .Effective(JudgementsOn(sight, records.Keys).DistinctBy(j => j.Sequence))
                .ToDictionary(j => (j.Left, j.Right));
            foreach (var pair in some)
                if (records.TryGetValue(pair.Left, out var left) && records.TryGetValue(pair.Right, out var right))
                {
                    var said = judged.GetValueOrDefault(Judgement.Ordered(pair.Left, pair.Right));
                    var changed =
                        said is not null && new[] { left, right }.Any(r => HasChanged(sight, r, said, differs));
                    standings.Add(Standing((left, right), entities, said, changed));
                }
            compared.AddRange(starts.Select(s => s.Record));
        }
        if (what is not null && compared.Count > 0)
            await LogAsync(Operation.Combination, what, compared, null, cancellation);
        return standings;
    }

    private static PairStanding Standing(
        (Stored Left, Stored Right) pair,
        Dictionary<int, Entity> entities,
        Judgement? judged,
        bool hasChanged
    )
    {
        var (one, other) = (entities[pair.Left.Ordinal], entities[pair.Right.Ordinal]);
        var (left, right) = (pair.Left.Record, pair.Right.Record);
        return new(
            left.Id,
            right.Id,
            [.. one.Members.Concat(other.Members).Select(m => m.Source).Distinct()],
            one.Members.Any(m => m.Id == right.Id),
            one.Members.Concat(other.Members).Select(m => m.Id).Distinct().Count(),
            [one.Category, other.Category],
            left.ListedTo is null && right.ListedTo is null,
            judged,
            Label.AreOfOneOwner(left.Label, right.Label),
            hasChanged
        );
    }

    /// <summary>A record of which there is no version from then, since its import was undone and done again, has changed.</summary>
    private static bool HasChanged(Sight sight, Stored now, Judgement judged, Func<Record, Record, bool> differs) =>
        now.Record.IngestedAt > judged.DecidedAt
        && (VersionAt(sight, now, judged.DecidedAt) is not { } then || differs(then, now.Record));

    /// <summary>The record as it was at a moment; null where it was not there.</summary>
    private static Record? VersionAt(Sight sight, Stored now, DateTimeOffset moment)
    {
        int? version = null;
        using (
            var row = sight.Read(
                $"""
                select v.version from record_version v join record r on r.ordinal = v.ordinal
                where {sight.Visible("r")} and v.ordinal = $2 and v.ingested_at <= $3 order by v.version desc limit 1
                """,
                (long)now.Ordinal,
                Times.Text(moment)
            )
        )
            if (row.Read())
                version = row.GetInt32(0);
        return version is { } then
            ? sight.ByVersions([now.Ordinal], [then]).GetValueOrDefault((now.Ordinal, then))
            : null;
    }

    /// <summary>A visible record as it was at a moment, for whoever asks what changed since; null where it was not there.</summary>
    public async Task<Record?> RecordAtAsync(
        RecordId id,
        DateTimeOffset moment,
        string what,
        CancellationToken cancellation
    )
    {
        Record? then;
        await using (var sight = await LookAsync(cancellation))
            then = sight.ByIds([id]) is [var now] ? VersionAt(sight, now, moment) : null;
        if (then is not null)
            await LogAsync(Operation.Consultation, what, [then], null, cancellation);
        return then;
    }

    /// <summary>Where a record stands among those of its source, the last changed first.</summary>
    /// <param name="ChangedAt">As the store writes moments.</param>
    public readonly record struct Place(string ChangedAt, RecordId Id);

    /// <summary>The place of a visible record; null where it is gone.</summary>
    public async Task<Place?> PlaceAsync(int ordinal, CancellationToken cancellation)
    {
        await using var sight = await LookAsync(cancellation);
        using var row = sight.Read(
            $"select r.changed_at, r.id from record r where {sight.Visible("r")} and r.ordinal = $2",
            (long)ordinal
        );
        return row.Read() ? new(row.GetString(0), RecordId.FromBytes(row.GetFieldValue<byte[]>(1))) : null;
    }

    /// <summary>
    /// Which live records of a source the viewer sees, the last changed first. Nothing of them is handed out but their
    /// places in the index.
    /// </summary>
    /// <param name="since">Those alone that came or changed at this moment or later; null is all.</param>
    /// <param name="after">Those alone that stand behind this place; null is from the beginning.</param>
    public async Task<IReadOnlyList<int>> LiveOrdinalsAsync(
        SourceCode source,
        DateTimeOffset? since,
        int most,
        CancellationToken cancellation,
        Place? after = null
    )
    {
        await using var sight = await LookAsync(cancellation);
        using var row = sight.Read(
            $"""
            select r.ordinal from record r
            where {sight.Visible("r")} and r.source = $2 and r.listed_to is null and r.changed_at >= $3
                and (r.changed_at < $5 or (r.changed_at = $5 and r.id > $6))
            order by r.changed_at desc, r.id limit $4
            """,
            source.Value,
            since is { } moment ? Times.Text(moment) : "",
            (long)most,
            after?.ChangedAt ?? "9",
            after?.Id.ToBytes() ?? []
        );
        var found = new List<int>();
        while (row.Read())
            found.Add(row.GetInt32(0));
        return found;
    }

    /// <summary>The ids of the visible ones of these records.</summary>
    public async Task<IReadOnlyDictionary<int, RecordId>> IdsAsync(
        IEnumerable<int> ordinals,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<int, RecordId>();
        await using var sight = await LookAsync(cancellation);
        foreach (var some in ordinals.Distinct().Chunk(Sight.MaxInList))
        {
            using var row = sight.Read(
                $"""
                select r.ordinal, r.id from record r
                where {sight.Visible("r")} and {sight.Dialect.IsOneOf("r.ordinal", "$2")}
                """,
                sight.Dialect.List(some)
            );
            while (row.Read())
                found[row.GetInt32(0)] = RecordId.FromBytes(row.GetFieldValue<byte[]>(1));
        }
        return found;
    }

    /// <summary>Everything that was judged of pairs among these records, as far as the viewer sees both of a pair.</summary>
    public async Task<IReadOnlyList<Judgement>> JudgedAsync(
        IReadOnlyCollection<RecordId> ids,
        CancellationToken cancellation
    )
    {
        await using var sight = await LookAsync(cancellation);
        var seen = sight.ByIds(ids).Select(s => s.Record.Id).ToHashSet();
        return
        [
            .. JudgementsOn(sight, seen)
                .DistinctBy(j => j.Sequence)
                .Where(j => seen.Contains(j.Left) && seen.Contains(j.Right)),
        ];
    }
}
