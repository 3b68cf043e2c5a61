using Dapper;
using Lanthorn.Governance.Oversight.Registers;
using Lanthorn.Governance.Rights;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight;

/// <summary>
/// What was asked, complained about, breached, erased and read in a year: numbers alone, for both officers and the
/// supervisor. Requests and breaches are those of the officer's organisation; complaints and the log those of the installation.
/// </summary>
internal sealed class YearlyStatistics(Store store)
{
    /// <param name="Group">Such as <c>requests received</c>.</param>
    /// <param name="What">Of the group, such as <c>access</c>; empty for its sum.</param>
    internal sealed record Line(string Group, string What, long Count);

    internal sealed record Answer(int Year, IReadOnlyList<Line> Lines);

    private const int FirstYear = 2_000;

    /// <exception cref="RefusedException">Another role, or no year that has begun.</exception>
    public async Task<Answer> HandleAsync(Work work, int? year, CancellationToken cancellation)
    {
        Officers.Need(work, [.. Officers.Both, Roles.Operator]);
        var now = store.Time.GetUtcNow();
        var wanted = year ?? now.Year;
        if (wanted < FirstYear || wanted > now.Year)
            throw Written.Refuse("year", $"There are no statistics of {wanted}", $"Give a year up to {now.Year}");
        var from = new DateTimeOffset(wanted, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var lines = new List<Line>();
        lines.AddRange(await RequestsAsync(work, from, cancellation));
        lines.AddRange(await ComplaintsAsync(from, cancellation));
        lines.AddRange(await BreachesAsync(work, from, cancellation));
        var operations = await store.Audit.CountAsync(from, from.AddYears(1), cancellation);
        lines.AddRange(operations.Select(o => new Line("audit entries", Written.Word(o.Key), o.Value)));
        var what = $"statistics of {wanted}";
        await store.Audit.AppendAsync(
            AuditEntry.By(work.Viewer, Operation.Consultation, what, [], new(work.Justification, work.Case)),
            cancellation
        );
        return new(wanted, lines);
    }

    private async Task<IEnumerable<Line>> RequestsAsync(Work work, DateTimeOffset from, CancellationToken cancellation)
    {
        var desk = Officers.DeskOf(work.Viewer, Roles.DataProtectionOfficer);
        var values = new
        {
            label = (long)await store.Labels.InternAsync(desk, cancellation),
            from = Times.Text(from),
            until = Times.Text(from.AddYears(1)),
            firstDay = Times.Text(DateOnly.FromDateTime(from.UtcDateTime)),
            endDay = Times.Text(DateOnly.FromDateTime(from.AddYears(1).UtcDateTime)),
        };
        Task<IReadOnlyList<(long Key, long Count)>> OfAsync(string sql) => CountAsync(sql, values, cancellation);
        var received = await OfAsync(
            """
            select kind, count(*) from gov_request
            where label_id = @label and received_on >= @firstDay and received_on < @endDay group by kind order by kind
            """
        );
        var answered = await OfAsync(
            """
            select outcome, count(*) from gov_request
            where label_id = @label and answered_at >= @from and answered_at < @until group by outcome order by outcome
            """
        );
        var refused = await OfAsync(
            """
            select ground, count(*) from gov_request
            where label_id = @label and decided_at >= @from and decided_at < @until and ground is not null
            group by ground order by ground
            """
        );
        var done = await OfAsync(
            """
            select c.act, count(*) from gov_certificate c join gov_request q on q.reference = c.request
            where q.label_id = @label and c.done_at >= @from and c.done_at < @until group by c.act order by c.act
            """
        );
        return
        [
            .. Lines("requests received", received, k => Written.Word((RightsKind)k)),
            .. Lines("requests answered", answered, k => Written.Word((RightsOutcome)k)),
            .. Lines("requests refused or in part, by ground", refused, k => RightsGrounds.Get((Ground)k).Article),
            .. Lines("records on request", done, k => Written.Word((RecordAct)k)),
        ];
    }

    private async Task<IEnumerable<Line>> ComplaintsAsync(DateTimeOffset from, CancellationToken cancellation)
    {
        var values = new { from = Times.Text(from), until = Times.Text(from.AddYears(1)) };
        var received = await CountAsync(
            "select 0, count(*) from gov_complaint where received_at >= @from and received_at < @until",
            values,
            cancellation
        );
        var answered = await CountAsync(
            """
            select outcome, count(*) from gov_complaint where answered_at >= @from and answered_at < @until
            group by outcome order by outcome
            """,
            values,
            cancellation
        );
        var held = await CountAsync(
            "select 0, count(*) from gov_hold where placed_at >= @from and placed_at < @until",
            values,
            cancellation
        );
        return
        [
            new("complaints received", "", received.Sum(r => r.Count)),
            .. Lines("complaints answered", answered, k => Written.Word((ComplaintOutcome)k)),
            new("holds placed", "", held.Sum(h => h.Count)),
        ];
    }

    private async Task<IEnumerable<Line>> BreachesAsync(Work work, DateTimeOffset from, CancellationToken cancellation)
    {
        var breaches = await new RecordBreach(store).UnloggedAsync(work, cancellation);
        var of = breaches.Where(b => b.AwareAt >= from && b.AwareAt < from.AddYears(1)).ToList();
        return
        [
            new("breaches", "", of.Count),
            .. of.GroupBy(b => b.State)
                .OrderBy(g => g.Key)
                .Select(g => new Line("breaches", Written.Word(g.Key), g.Count())),
        ];
    }

    private Task<IReadOnlyList<(long Key, long Count)>> CountAsync(
        string sql,
        object values,
        CancellationToken cancellation
    ) =>
        store.ReadOwnAsync(
            async connection =>
                (IReadOnlyList<(long, long)>)[.. await connection.QueryAsync<(long, long)>(sql, values)],
            cancellation
        );

    private static IEnumerable<Line> Lines(
        string group,
        IReadOnlyList<(long Key, long Count)> counts,
        Func<long, string> word
    ) => counts.Select(c => new Line(group, word(c.Key), c.Count)).Prepend(new(group, "", counts.Sum(c => c.Count)));
}
