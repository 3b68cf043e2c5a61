using Lanthorn.Commitments.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Commitments;

/// <summary>
/// Undertakings and their evidence for one viewer: the one place that reads them. What he does not see changes no state, no
/// sum and no number. Whoever calls it says in the log what was read.
/// </summary>
internal sealed class ReadUndertakings(Store store)
{
    /// <summary>So many are read at once, those due first; beyond that the answer says that it is cut.</summary>
    public const int MaxListed = 5_000;

    private const string Columns = """
        u.reference as Reference, u.promiser as Promiser, u.promisee as Promisee, u.text as Text, u.strand as Strand,
        u.aim as Aim, u.due as Due, u.measure as Measure, u.unit as Unit, u.target as Target, u.owner as Owner,
        u.project as Project, u.label_id as LabelId, u.source as Source, u.as_of as AsOf,
        u.is_fictional as IsFictional, u.made_by as MadeBy, u.made_at as MadeAt, u.withdrawn_at as WithdrawnAt
        """;

    private const string EvidenceColumns = """
        e.id as Id, e.undertaking as Undertaking, e.kind as Kind, e.text as Text, e.link as Link, e.record_id as RecordId,
        e.amount as Amount, e.day as Day, e.offered_by as OfferedBy, e.organisation as Organisation,
        e.offered_at as OfferedAt, e.state as State, e.decided_by as DecidedBy, e.decided_at as DecidedAt,
        e.decided_reason as DecidedReason
        """;

    /// <summary>Which ones; what is null asks for all.</summary>
    internal sealed record Wanted
    {
        public Reference? Reference { get; init; }
        public Strand? Strand { get; init; }
        public string? Owner { get; init; }
        public Reference? Project { get; init; }

        /// <summary>Only those due on this day or before, and not withdrawn.</summary>
        public DateOnly? DueBy { get; init; }

        /// <summary>Only those with evidence that waits.</summary>
        public bool Waiting { get; init; }
    }

    internal sealed record Answer(IReadOnlyList<Undertaking> Undertakings, bool IsCut);

    public DateOnly Today => DateOnly.FromDateTime(store.Time.GetUtcNow().UtcDateTime);

    public async Task<Answer> HandleAsync(Work work, Wanted wanted, CancellationToken cancellation)
    {
        var reading = work.On(store);
        var values = new
        {
            reference = wanted.Reference?.ToString(),
            strand = (long)(wanted.Strand ?? 0),
            owner = wanted.Owner,
            project = wanted.Project?.ToString(),
            dueBy = Times.Text(wanted.DueBy),
            waiting = wanted.Waiting ? 1L : 0L,
            waits = (long)EvidenceState.Waits,
            most = (long)MaxListed + 1,
        };
        var rows = await reading.OwnAsync<UndertakingRow>(sees => Select(Columns, sees), values, cancellation);
        if (rows.Count == 0)
            return new([], false);
        var evidence = await reading.OwnAsync<EvidenceRow>(
            sees =>
                $"""
                    select {EvidenceColumns} from com_evidence e
                    where {sees.Row("e")} and {sees.RecordOf("e.record_id")}
                        and e.undertaking in ({Select("u.reference", sees)})
                    order by e.offered_at, e.id
                    """,
            values,
            cancellation
        );
        var byUndertaking = evidence.ToLookup(e => e.Undertaking, e => e.ToEvidence(), StringComparer.Ordinal);
        var found = rows.Take(MaxListed).Select(r => r.ToUndertaking(store.Labels, [.. byUndertaking[r.Reference]]));
        return new([.. found], rows.Count > MaxListed);
    }

    /// <summary>One of them.</summary>
    /// <exception cref="RefusedException">There is none with this reference for this viewer.</exception>
    public async Task<Undertaking> NeedAsync(Work work, string reference, CancellationToken cancellation)
    {
        var parsed = Reference.Parse(reference);
        var found = parsed.IsAccepted
            ? await HandleAsync(work, new() { Reference = parsed.Value }, cancellation)
            : new([], false);
        return found.Undertakings is [var one] ? one : throw new RefusedException(NoSuch);
    }

    public static readonly Refusal NoSuch = Refusal.NotFound(
        "There is no such undertaking",
        "The list of undertakings has those that you may see"
    );

    private static string Select(string columns, Reading.Sees sees) =>
        $"""
            select {columns} from com_undertaking u
            where {sees.Row("u")}
                and (@reference is null or u.reference = @reference)
                and (@strand = 0 or u.strand = @strand)
                and (@owner is null or u.owner = @owner)
                and (@project is null or u.project = @project)
                and (@dueBy is null or (u.due <= @dueBy and u.withdrawn_at is null))
                and (@waiting = 0 or exists (select 1 from com_evidence w
                    where w.undertaking = u.reference and w.state = @waits and {sees.Row("w")} and {sees.RecordOf(
                "w.record_id"
            )}))
            order by coalesce(u.due, '9999'), u.reference limit @most
            """;
}
