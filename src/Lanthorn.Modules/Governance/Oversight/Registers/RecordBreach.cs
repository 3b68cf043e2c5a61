using System.Text.Json.Serialization;
using Dapper;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Oversight.Registers;

/// <summary>What a breach means for people. Stored: the numbers only grow.</summary>
[JsonConverter(typeof(SnakeWords<BreachRisk>))]
internal enum BreachRisk
{
    /// <summary>None is likely: it is documented, and nobody is told (Article 30(1) and (5)).</summary>
    Unlikely = 1,
    Risk = 2,

    /// <summary>The people concerned are told as well (Article 31).</summary>
    High = 3,
}

/// <summary>Where the clock of a breach stands.</summary>
[JsonConverter(typeof(SnakeWords<BreachState>))]
internal enum BreachState
{
    Runs,
    Overdue,
    InTime,
    Late,
    NotNeeded,
}

/// <summary>
/// Breaches of personal data with their clock: the supervisory authority is told within 72 hours of becoming aware, later only
/// with the reasons for the delay; people are told where the risk is high (Articles 30 and 31 of Directive (EU) 2016/680).
/// </summary>
internal sealed class RecordBreach(Store store)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(72);

    public DateTimeOffset Now => store.Time.GetUtcNow();

    /// <summary>So many are listed, the newest first.</summary>
    public const int MaxListed = 1_000;

    internal sealed record Request
    {
        public string? What { get; init; }

        /// <summary>When somebody of the organisation became aware, in UTC; null is now.</summary>
        public string? Aware { get; init; }

        /// <summary>Which people and records, and about how many.</summary>
        public string? People { get; init; }
        public string? Consequences { get; init; }
        public string? Measures { get; init; }

        /// <summary><c>unlikely</c>, <c>risk</c> or <c>high</c>.</summary>
        public string? Risk { get; init; }
    }

    /// <param name="At">In UTC; null is now.</param>
    /// <param name="Reason">Why it was late; needed after 72 hours.</param>
    internal sealed record Notification(string? At, string? Reason);

    /// <param name="How">How the people concerned were told, or which exception of Article 31(3) holds.</param>
    internal sealed record Telling(string? At, string? How);

    internal sealed record Recorded(string Reference);

    internal sealed record Breach(
        string Reference,
        string What,
        DateTimeOffset AwareAt,
        DateTimeOffset DueAt,
        BreachState State,
        BreachRisk Risk,
        string People,
        string Consequences,
        string Measures
    )
    {
        public DateTimeOffset? NotifiedAt { get; init; }
        public string DelayReason { get; init; } = "";
        public DateTimeOffset? ToldAt { get; init; }
        public string ToldHow { get; init; } = "";
        public bool IsFictional { get; init; }

        /// <summary>The people concerned have to be told and were not.</summary>
        public bool PeopleWait => Risk == BreachRisk.High && ToldAt is null;
    }

    private sealed record Row
    {
        public required string Reference { get; init; }
        public required string What { get; init; }
        public required string AwareAt { get; init; }
        public required string People { get; init; }
        public required string Consequences { get; init; }
        public required string Measures { get; init; }
        public required long Risk { get; init; }
        public string? NotifiedAt { get; init; }
        public string? DelayReason { get; init; }
        public string? ToldAt { get; init; }
        public string? ToldHow { get; init; }
        public required long IsFictional { get; init; }
    }

    private const string Insert = """
        insert into gov_breach (reference, label_id, what, aware_at, people, consequences, measures, risk, is_fictional,
            made_by, made_at)
        values (@reference, @labelId, @what, @aware, @people, @consequences, @measures, @risk, @isFictional, @by, @now)
        """;

    public async Task<IReadOnlyList<Breach>> ListAsync(Work work, CancellationToken cancellation)
    {
        var found = await UnloggedAsync(work, cancellation);
        await work.On(store).LogOwnAsync(Operation.Consultation, $"breaches listed: {found.Count}", cancellation);
        return found;
    }

    /// <summary>The same for whoever says himself in the log what he reads.</summary>
    public async Task<IReadOnlyList<Breach>> UnloggedAsync(Work work, CancellationToken cancellation)
    {
        Officers.Need(work, [.. Officers.Both, Roles.Operator]);
        var now = store.Time.GetUtcNow();
        var rows = await work.On(store)
            .OwnAsync<Row>(
                sees =>
                    $"""
                        select b.reference as Reference, b.what as What, b.aware_at as AwareAt, b.people as People,
                            b.consequences as Consequences, b.measures as Measures, b.risk as Risk,
                            b.notified_at as NotifiedAt, b.delay_reason as DelayReason, b.told_at as ToldAt,
                            b.told_how as ToldHow, b.is_fictional as IsFictional
                        from gov_breach b where {sees.Row("b")} order by b.aware_at desc, b.reference limit @most
                        """,
                new { most = (long)MaxListed },
                cancellation
            );
        return [.. rows.Select(r => Shown(r, now))];
    }

    /// <exception cref="RefusedException">Another role, something is missing, or it is a moment to come.</exception>
    public async Task<Recorded> HandleAsync(
        Work work,
        Request request,
        CancellationToken cancellation,
        bool isFictional = false
    )
    {
        Officers.NeedDataProtection(work);
        var now = store.Time.GetUtcNow();
        var row = new
        {
            reference = Officers.Draw('B'),
            labelId = (long)await store.Labels.InternAsync(KeepRegister.LabelOf(work.Viewer), cancellation),
            what = Written.Need("what", request.What, Written.MaxText),
            aware = Times.Text(Past("aware", request.Aware, now)),
            people = Written.Need("people", request.People, Written.MaxText),
            consequences = Written.Need("consequences", request.Consequences, Written.MaxText),
            measures = Written.Need("measures", request.Measures, Written.MaxText),
            risk = (long)Written.Choice<BreachRisk>("risk", request.Risk),
            isFictional = isFictional ? 1L : 0L,
            by = work.Viewer.Name,
            now = Times.Text(now),
        };
        await WriteAsync(work, Insert, row, $"breach {row.reference} recorded", cancellation);
        return new(row.reference);
    }

    /// <summary>Records that the supervisory authority was told.</summary>
    /// <exception cref="RefusedException">It was told already, or late without a reason.</exception>
    public async Task NotifyAsync(Work work, string reference, Notification told, CancellationToken cancellation)
    {
        var breach = await NeedAsync(work, reference, cancellation);
        var at = Past("at", told.At, store.Time.GetUtcNow());
        if (at < breach.AwareAt)
            throw Written.Refuse("at", "Nobody was told before somebody was aware", "Correct the moment");
        var reason =
            at > breach.DueAt
                ? Written.Need("reason", told.Reason, Written.MaxReason)
                : Written.May("reason", told.Reason, Written.MaxReason);
        await WriteAsync(
            work,
            """
            update gov_breach set notified_at = @at, delay_reason = @reason
            where reference = @reference and notified_at is null
            """,
            new
            {
                reference,
                at = Times.Text(at),
                reason,
            },
            $"breach {reference}: the supervisory authority was told",
            cancellation
        );
    }

    /// <summary>Records that the people concerned were told, or which exception holds.</summary>
    /// <exception cref="RefusedException">It was recorded already.</exception>
    public async Task TellAsync(Work work, string reference, Telling told, CancellationToken cancellation)
    {
        await NeedAsync(work, reference, cancellation);
        await WriteAsync(
            work,
            "update gov_breach set told_at = @at, told_how = @how where reference = @reference and told_at is null",
            new
            {
                reference,
                at = Times.Text(Past("at", told.At, store.Time.GetUtcNow())),
                how = Written.Need("how", told.How, Written.MaxReason),
            },
            $"breach {reference}: the people concerned",
            cancellation
        );
    }

    private async Task<Breach> NeedAsync(Work work, string reference, CancellationToken cancellation)
    {
        Officers.NeedDataProtection(work);
        return (await UnloggedAsync(work, cancellation)).FirstOrDefault(b => b.Reference == reference)
            ?? throw new RefusedException(Refusal.NotFound("There is no such breach", "The register lists them"));
    }

    private static DateTimeOffset Past(string field, string? text, DateTimeOffset now)
    {
        var at = Written.Moment(field, text) ?? now;
        return at <= now
            ? at
            : throw Written.Refuse(field, "That is a moment to come", "Give one that has passed, in UTC");
    }

    private static Breach Shown(Row row, DateTimeOffset now)
    {
        var aware = Times.Read(row.AwareAt);
        DateTimeOffset? notified = row.NotifiedAt is null ? null : Times.Read(row.NotifiedAt);
        var (due, risk) = (aware + Longest, (BreachRisk)row.Risk);
        var state = notified is { } at
            ? at <= due
                ? BreachState.InTime
                : BreachState.Late
            : risk == BreachRisk.Unlikely
                ? BreachState.NotNeeded
                : now > due
                    ? BreachState.Overdue
                    : BreachState.Runs;
        return new(row.Reference, row.What, aware, due, state, risk, row.People, row.Consequences, row.Measures)
        {
            NotifiedAt = notified,
            DelayReason = row.DelayReason ?? "",
            ToldAt = row.ToldAt is null ? null : Times.Read(row.ToldAt),
            ToldHow = row.ToldHow ?? "",
            IsFictional = row.IsFictional != 0,
        };
    }

    private Task WriteAsync(Work work, string sql, object row, string what, CancellationToken cancellation) =>
        store.WriteAsync(
            async (connection, transaction) =>
            {
                if (await connection.ExecuteAsync(sql, row, transaction) == 0)
                    throw new RefusedException(
                        new("breach-unchanged", 409, "That is recorded already", "The register shows when")
                    );
                store.Audit.AppendIn(
                    connection,
                    transaction,
                    AuditEntry.By(work.Viewer, Operation.Alteration, what, [], new(work.Justification, work.Case))
                );
            },
            cancellation
        );
}
