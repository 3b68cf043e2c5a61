namespace Lanthorn.Knowledge;

/// <summary>
/// Builds the entity around a record from what one viewer may see. Deterministic and independent of the order of ingest:
/// people's judgements first, then the engine's, best score first, refusing each of the engine's that would put a pair
/// judged different, or two conflicting strong identifiers, into one entity.
/// </summary>
public static class EntityAssembly
{
    /// <summary>An entity holds at most so many records; beyond it the entity says that it is truncated.</summary>
    public const int MaxMembers = 500;

    /// <summary>
    /// The properties of which two different values say that two records cannot be one thing: one vessel, company, person or
    /// security has one. An ISIN among a company's properties is not here, since a company issues many securities.
    /// </summary>
    private static readonly string[] StrongIdentifiers =
    [
        "imoNumber",
        "leiCode",
        "isin",
        "innCode",
        "ogrnCode",
        "wikidataId",
    ];

    /// <summary>Whether two different values of the property say that two records are two things.</summary>
    public static bool IsStrongIdentifier(string property) => StrongIdentifiers.Contains(property);

    /// <param name="start">The record from which the entity is asked for; it must be visible.</param>
    /// <param name="record">A record that the viewer may see, null for every other.</param>
    /// <param name="judgementsOf">The visible judgements that name a record, in any order.</param>
    public static Entity Build(
        Record start,
        Func<RecordId, Record?> record,
        Func<RecordId, IReadOnlyList<Judgement>> judgementsOf
    )
    {
        var (members, pairs, truncated) = Reach(start, record, judgementsOf);
        var groups = new Groups(members.Values);
        var joins = new List<Judgement>();
        var apart = pairs.Values.Where(j => j.Verdict == Verdict.Different).ToList();

        foreach (
            var same in pairs
                .Values.Where(j => j is { Verdict: Verdict.Same, Authority: Authority.Person })
                .OrderBy(PairKey)
        )
            if (groups.Join(same.Left, same.Right))
                joins.Add(same);

        foreach (
            var same in pairs
                .Values.Where(j => j is { Verdict: Verdict.Same, Authority: Authority.Engine })
                .OrderByDescending(j => j.Score ?? 0)
                .ThenBy(PairKey)
        )
            if (groups.MayJoin(same.Left, same.Right, apart) && groups.Join(same.Left, same.Right))
                joins.Add(same);

        var inside = groups.GroupOf(start.Id);
        var ordered = inside.OrderBy(m => m.PublishedAt ?? DateOnly.MaxValue).ThenBy(m => m.Id).ToList();
        var ids = ordered.Select(m => m.Id).ToHashSet();
        return new Entity(
            ordered,
            [.. joins.Where(j => ids.Contains(j.Left))],
            [.. apart.Where(j => ids.Contains(j.Left) && ids.Contains(j.Right)).OrderBy(PairKey)],
            truncated
        );
    }

    /// <summary>Of the judgements on one pair the last of the highest authority; taking back uncovers what was said before by the weaker.</summary>
    public static IEnumerable<Judgement> Effective(IEnumerable<Judgement> judgements) =>
        judgements
            .GroupBy(j => (j.Left, j.Right))
            .Select(pair =>
                pair.GroupBy(j => j.Authority)
                    .OrderByDescending(byAuthority => byAuthority.Key)
                    .Select(byAuthority => byAuthority.MaxBy(j => j.Sequence)!)
                    .FirstOrDefault(j => j.Verdict != Verdict.Withdrawn)
            )
            .OfType<Judgement>();

    private static (RecordId, RecordId) PairKey(Judgement j) => (j.Left, j.Right);

    /// <summary>Every record that effective "same" judgements could lead to, breadth first with neighbours in order of id.</summary>
    private static (
        Dictionary<RecordId, Record> Members,
        Dictionary<(RecordId, RecordId), Judgement> Pairs,
        bool Truncated
    ) Reach(Record start, Func<RecordId, Record?> record, Func<RecordId, IReadOnlyList<Judgement>> judgementsOf)
    {
        var members = new Dictionary<RecordId, Record> { [start.Id] = start };
        var pairs = new Dictionary<(RecordId, RecordId), Judgement>();
        var truncated = false;
        var open = new Queue<RecordId>([start.Id]);
        while (open.TryDequeue(out var at))
            foreach (var judgement in Effective(judgementsOf(at)).OrderBy(PairKey))
            {
                var other = judgement.Left == at ? judgement.Right : judgement.Left;
                var known = members.ContainsKey(other);
                if (judgement.Verdict == Verdict.Same && !known)
                {
                    // Seen first: what is hidden never makes an entity truncated.
                    if (record(other) is not { } found)
                        continue;
                    if (members.Count >= MaxMembers)
                    {
                        truncated = true;
                        continue;
                    }
                    members[other] = found;
                    open.Enqueue(other);
                }
                pairs[(judgement.Left, judgement.Right)] = judgement;
            }
        foreach (
            var pair in pairs.Keys.Where(p => !members.ContainsKey(p.Item1) || !members.ContainsKey(p.Item2)).ToList()
        )
            pairs.Remove(pair);
        return (members, pairs, truncated);
    }

    private sealed class Groups(IEnumerable<Record> records)
    {
        private readonly Dictionary<RecordId, List<Record>> groups = records.ToDictionary(
            r => r.Id,
            r => new List<Record> { r }
        );

        public List<Record> GroupOf(RecordId id) => groups[id];

        public bool Join(RecordId a, RecordId b)
        {
            var (left, right) = (groups[a], groups[b]);
            if (ReferenceEquals(left, right))
                return false;
            left.AddRange(right);
            foreach (var moved in right)
                groups[moved.Id] = left;
            return true;
        }

        public bool MayJoin(RecordId a, RecordId b, List<Judgement> apart)
        {
            var (left, right) = (groups[a], groups[b]);
            if (ReferenceEquals(left, right))
                return false;
            foreach (var different in apart)
            {
                var (one, other) = (groups[different.Left], groups[different.Right]);
                if (
                    (ReferenceEquals(one, left) && ReferenceEquals(other, right))
                    || (ReferenceEquals(one, right) && ReferenceEquals(other, left))
                )
                    return false;
            }
            return !left.Any(ours => right.Any(theirs => Conflict(ours, theirs)));
        }

        /// <summary>Record by record, so that one with two numbers is no bridge between two that each have another.</summary>
        private static bool Conflict(Record a, Record b)
        {
            foreach (var name in StrongIdentifiers)
                if (a.Properties[name] is [_, ..] ours && b.Properties[name] is [_, ..] theirs)
                    if (!ours.Any(one => theirs.Any(other => SaySame(one, other))))
                        return true;
            return false;
        }

        private static bool SaySame(string a, string b) => ValueComparison.SaySame(Model.Types["identifier"], a, b);
    }
}
