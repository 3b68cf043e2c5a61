using System.Globalization;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;
using Lanthorn.Web;

namespace Lanthorn.Screening.Reviewing;

/// <summary>What the people of an organisation judged, the newest first, as far as the viewer sees both records.</summary>
internal sealed class ReviewHistory(Store store, Decisions decisions)
{
    /// <summary>So many are shown and counted.</summary>
    public const int Most = TableFile.MaxRows;

    /// <summary>So many are read at once.</summary>
    private const int Slice = 250;

    private const string What = "history of judgements";

    /// <param name="State">What became of it, in words.</param>
    internal sealed record Row(
        DateTimeOffset At,
        string By,
        Record Left,
        Record Right,
        Verdict Verdict,
        Part Part,
        double? Score,
        string State,
        string Reason,
        string Entity,
        bool MayLeave
    )
    {
        public PairId Pair => PairId.Of(Left.Id, Right.Id);
    }

    public static readonly IReadOnlyList<Column<Row>> Columns =
    [
        new("when", "When", r => Spelled.Moment(r.At)) { Number = r => r.At.ToUnixTimeMilliseconds() },
        new("who", "Who", r => r.By),
        new("verdict", "Verdict", InWords),
        new("left", "Record", r => Named(r.Left)) { Href = r => $"/entity/{Uri.EscapeDataString(r.Entity)}" },
        new("right", "Other record", r => Named(r.Right)),
        new("score", "Score", r => r.Score?.ToString("0.00", CultureInfo.InvariantCulture) ?? "")
        {
            Number = r => r.Score,
        },
        new("state", "State", r => r.State),
        new("reason", "Reason", r => r.Reason),
    ];

    public async Task<IReadOnlyList<Row>> HandleAsync(Work work, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        for (var offset = 0; rows.Count < Most; offset += Slice)
        {
            var some = await decisions.ListAsync(work, offset, Slice, cancellation);
            rows.AddRange(await SeenAsync(work, some, cancellation));
            if (some.Count < Slice)
                break;
        }
        return [.. rows.Take(Most)];
    }

    /// <summary>A decision is seen by whoever sees both records and the judgement or the proposal that came of it.</summary>
    private async Task<IReadOnlyList<Row>> SeenAsync(
        Work work,
        IReadOnlyList<Decisions.Decision> some,
        CancellationToken cancellation
    )
    {
        if (some.Count == 0)
            return [];
        var reading = work.On(store);
        RecordId[] ids = [.. some.SelectMany(d => new[] { d.Pair.Left, d.Pair.Right }).Distinct()];
        var entities = await reading.EntitiesByIdsAsync(ids, What, cancellation);
        var judged = JudgementHistory
            .Of(await reading.JudgedAsync(ids, cancellation))
            .ToDictionary(e => e.Judgement.Sequence);
        var proposals = (await reading.ProposalsAsync(null, cancellation)).ToDictionary(p => p.Id);
        var rows = new List<Row>();
        foreach (var decision in some)
        {
            if (
                !entities.TryGetValue(decision.Pair.Left, out var one)
                || !entities.TryGetValue(decision.Pair.Right, out var other)
            )
                continue;
            var judgement = decision.Judgement is { } sequence ? judged.GetValueOrDefault(sequence) : null;
            var proposal = decision.Proposal is { } id ? proposals.GetValueOrDefault(id) : null;
            if (judgement is not null || proposal is not null)
                rows.Add(
                    new(
                        decision.At,
                        decision.Account,
                        one.Members.First(m => m.Id == decision.Pair.Left),
                        other.Members.First(m => m.Id == decision.Pair.Right),
                        decision.Verdict,
                        decision.Part,
                        decision.Score,
                        StateOf(decision, judgement, proposal),
                        ReasonOf(decision, judgement, proposal),
                        one.Id,
                        SearchFile.MayLeave(work.Viewer, one) && SearchFile.MayLeave(work.Viewer, other)
                    )
                );
        }
        return rows;
    }

    private static string StateOf(
        Decisions.Decision decision,
        JudgementHistory.Entry? judgement,
        Reading.Proposal? proposal
    ) =>
        decision.UndoneAt is not null ? "taken back"
        : judgement is not null
            ? judgement.Standing switch
            {
                Standing.InForce => "in force",
                Standing.Undone => "taken back",
                Standing.Overruled => "overruled",
                _ => "takes back",
            }
        : proposal!.State switch
        {
            ProposalState.Waits => "waits for a second person",
            ProposalState.Confirmed => $"confirmed by {proposal.ClosedBy}",
            ProposalState.Objected => $"objected to by {proposal.ClosedBy}",
            _ => "taken back",
        };

    private static string ReasonOf(
        Decisions.Decision decision,
        JudgementHistory.Entry? judgement,
        Reading.Proposal? proposal
    ) => judgement?.Judgement.Reason ?? (decision.Part == Part.Decided ? proposal!.Reason : proposal!.ClosedReason);

    internal static string InWords(Row row) =>
        row.Part switch
        {
            Part.Confirmed => $"confirms {Word(row.Verdict)}",
            Part.Objected => "objects",
            _ => Word(row.Verdict),
        };

    private static string Word(Verdict verdict) => $"{verdict}".ToLowerInvariant();

    private static string Named(Record record) =>
        $"{record.Schema.CaptionOf(record.Properties) ?? record.PublicId} ({record.Source} {record.ExternalId})";
}
