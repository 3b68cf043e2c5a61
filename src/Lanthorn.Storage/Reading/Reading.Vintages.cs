using System.Globalization;
using System.Runtime.CompilerServices;
using Lanthorn.Knowledge;

namespace Lanthorn.Storage;

/// <summary>What became of a record between two vintages of its source.</summary>
public enum Became
{
    /// <summary>It is on the list, and was not.</summary>
    Added,

    /// <summary>It is on the list, with other content.</summary>
    Changed,

    /// <summary>It was on the list, and is not.</summary>
    Ended,
}

/// <summary>Two states of a source, each as it was when an import had ended.</summary>
/// <param name="From">An import; 0 is before the first.</param>
public sealed record Vintages(SourceCode Source, long From, long To);

/// <summary>What changed between two vintages of a source, for what the viewer sees of it.</summary>
public sealed partial class Reading
{
    /// <summary>Between two vintages so many records are compared; those beyond are not counted.</summary>
    public const int MaxChanges = 2_000_000;

    /// <summary>A record in two vintages: <paramref name="Before"/> is null when it was not listed, <paramref name="After"/> when it is not.</summary>
    public sealed record Change(Became Became, Record? Before, Record? After)
    {
        public Record Record => After ?? Before!;
    }

    public sealed record ChangeCounts(long Added, long Changed, long Ended)
    {
        public long Total => Added + Changed + Ended;
    }

    /// <param name="Total">How many there are of the kind that was asked for.</param>
    public sealed record ChangePage(IReadOnlyList<Change> Changes, ChangeCounts Counts, int Total);

    public async Task<ChangeCounts> CountChangesAsync(Vintages between, CancellationToken cancellation)
    {
        await using var sight = await LookAsync(cancellation);
        return CountsOf(Compare(sight, between, cancellation));
    }

    /// <summary>A part of the changes, in an order that stays; at most 1,000 at once.</summary>
    /// <param name="kind">Null is all.</param>
    public async Task<ChangePage> ChangesAsync(
        Vintages between,
        Became? kind,
        (int Skip, int Take) part,
        string what,
        CancellationToken cancellation
    )
    {
        List<Change> changes;
        List<Compared> all;
        List<Compared> asked;
        await using (var sight = await LookAsync(cancellation))
        {
            all = Compare(sight, between, cancellation);
            asked = kind is null ? all : [.. all.Where(c => c.Became == kind)];
            changes = Load(sight, [.. asked.Skip(part.Skip).Take(Math.Min(part.Take, Sight.MaxInList))]);
        }
        await LogChangesAsync(changes, what, cancellation);
        return new(changes, CountsOf(all), asked.Count);
    }

    /// <summary>All changes, some in memory at a time.</summary>
    public async IAsyncEnumerable<Change> EachChangeAsync(
        Vintages between,
        Became? kind,
        string what,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        List<Compared> all;
        await using (var sight = await LookAsync(cancellation))
            all = Compare(sight, between, cancellation);
        foreach (var some in all.Where(c => kind is null || c.Became == kind).Chunk(Sight.MaxInList))
        {
            List<Change> changes;
            await using (var sight = await LookAsync(cancellation))
                changes = Load(sight, some);
            await LogChangesAsync(changes, what, cancellation);
            foreach (var change in changes)
                yield return change;
        }
    }

    private sealed record Compared(int Ordinal, Became Became, int Before, int After);

    /// <summary>
    /// What an import touched it remembers as it found it, so whether a record was listed at a vintage is what the first
    /// import after it found, or else what is now; its content is the newest version of the imports until then.
    /// </summary>
    private static List<Compared> Compare(Sight sight, Vintages between, CancellationToken cancellation)
    {
        using var row = sight.Read(
            $"""
            with candidate as (
                select t.ordinal from import_touch t where t.import_id > $3 and t.import_id <= $4
                union
                select n.ordinal from record n where n.source = $2 and n.ordinal >= (
                    select coalesce(min(coalesce(i.first_ordinal, 0)), 9223372036854775807) from import i
                    where i.source = $2 and i.id > $3 and i.id <= $4)
            ), state as (
                select r.ordinal, r.rank, r.listed_to,
                    (select max(v.version) from record_version v where v.ordinal = r.ordinal and v.import_id <= $3)
                        as version_before,
                    (select max(v.version) from record_version v where v.ordinal = r.ordinal and v.import_id <= $4)
                        as version_after,
                    (select min(t.import_id) from import_touch t where t.ordinal = r.ordinal and t.import_id > $3)
                        as touched_before,
                    (select min(t.import_id) from import_touch t where t.ordinal = r.ordinal and t.import_id > $4)
                        as touched_after
                from candidate c join record r on r.ordinal = c.ordinal
                where {sight.Visible("r")} and r.source = $2
            )
            select s.ordinal, s.version_before, s.version_after,
                case when a.ordinal is null then s.listed_to else a.listed_to end,
                case when b.ordinal is null then s.listed_to else b.listed_to end,
                case when v.schema = w.schema and v.properties = w.properties and v.evaluation = w.evaluation
                    and v.handling = w.handling and coalesce(v.legal_basis, '') = coalesce(w.legal_basis, '')
                    and coalesce(v.published_at, '') = coalesce(w.published_at, '') then 1 else 0 end
            from state s
            left join import_touch a on a.import_id = s.touched_before and a.ordinal = s.ordinal
            left join import_touch b on b.import_id = s.touched_after and b.ordinal = s.ordinal
            left join record_version v on v.ordinal = s.ordinal and v.version = s.version_before
            left join record_version w on w.ordinal = s.ordinal and w.version = s.version_after
            order by s.rank limit {MaxChanges.ToString(CultureInfo.InvariantCulture)}
            """,
            between.Source.Value,
            between.From,
            between.To
        );
        var found = new List<Compared>();
        while (row.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            var (before, after) = (row.IsDBNull(1) ? 0 : row.GetInt32(1), row.IsDBNull(2) ? 0 : row.GetInt32(2));
            var (was, isNow) = (before > 0 && row.IsDBNull(3), after > 0 && row.IsDBNull(4));
            if (isNow && !was)
                found.Add(new(row.GetInt32(0), Became.Added, 0, after));
            else if (was && !isNow)
                found.Add(new(row.GetInt32(0), Became.Ended, before, 0));
            else if (was && isNow && row.GetInt32(5) == 0)
                found.Add(new(row.GetInt32(0), Became.Changed, before, after));
        }
        return found;
    }

    private static ChangeCounts CountsOf(List<Compared> all) =>
        new(
            all.Count(c => c.Became == Became.Added),
            all.Count(c => c.Became == Became.Changed),
            all.Count(c => c.Became == Became.Ended)
        );

    private static List<Change> Load(Sight sight, IReadOnlyList<Compared> some)
    {
        var versions = sight.ByVersions(
            some.Select(c => c.Ordinal),
            some.SelectMany(c => new[] { c.Before, c.After }).Where(v => v > 0)
        );
        // What was erased or put under another label since is passed over.
        return
        [
            .. some.Select(c => new Change(
                    c.Became,
                    versions.GetValueOrDefault((c.Ordinal, c.Before)),
                    versions.GetValueOrDefault((c.Ordinal, c.After))
                ))
                .Where(c => c.Before is not null || c.After is not null),
        ];
    }

    private Task LogChangesAsync(List<Change> changes, string what, CancellationToken cancellation) =>
        LogAsync(
            Operation.Consultation,
            what,
            changes.SelectMany(c => new[] { c.Before, c.After }).OfType<Record>(),
            null,
            cancellation
        );
}
