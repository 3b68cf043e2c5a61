using Lanthorn.Commitments.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;
using static Lanthorn.Web.Words;

namespace Lanthorn.Commitments;

/// <summary>
/// What undertakings ask of whoever comes in: of owners those that are late or due soon, of keepers what is late and evidence
/// that waits for a second person.
/// </summary>
internal sealed class UndertakingLines(Store store, ReadUndertakings read) : IStartLines
{
    private sealed record Asked(string Undertaking, string DoneBy, string DoneAt);

    public string About => "Undertakings";

    public async Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation)
    {
        var lines = await LinesAsync(work, cancellation);
        if (lines.Count > 0)
            await work.On(store)
                .LogOwnAsync(Operation.Consultation, $"undertakings on the home page: {lines.Count}", cancellation);
        return lines;
    }

    public async Task<int> CountNoticesAsync(Work work, CancellationToken cancellation) =>
        (await LinesAsync(work, cancellation)).Count(l => l.IsNoticeFor(work));

    private async Task<IReadOnlyList<StartLine>> LinesAsync(Work work, CancellationToken cancellation) =>
        Rights.MayRead(work)
            ? [.. await OfOwnerAsync(work, cancellation), .. await OfKeeperAsync(work, cancellation)]
            : [];

    private async Task<IEnumerable<StartLine>> OfOwnerAsync(Work work, CancellationToken cancellation)
    {
        var mine = await read.HandleAsync(work, new() { Owner = work.Viewer.Name }, cancellation);
        if (mine.Undertakings.Count == 0)
            return [];
        var asked = await AskedAsync(work, cancellation);
        return mine
            .Undertakings.Select(u => (Line: u.LineOn(read.Today), Asked: asked.GetValueOrDefault($"{u.Reference}")))
            .Where(u =>
                u.Line.State is UndertakingState.Late or UndertakingState.DueSoon
                || (u.Asked is not null && u.Line.State == UndertakingState.Open)
            )
            .Select(u => LineOf(u.Line, u.Asked));
    }

    private static StartLine LineOf(UndertakingLine line, Asked? asked)
    {
        var since = line.State switch
        {
            UndertakingState.Late => Moment(line.Due!.Value.AddDays(1)),
            UndertakingState.DueSoon => Moment(line.Due!.Value.AddDays(-Standing.SoonDays)),
            _ => default(DateTimeOffset?),
        };
        var at = asked is null ? default(DateTimeOffset?) : Times.Read(asked.DoneAt);
        return new(StartKind.Deadline, line.Text, $"/undertakings/{line.Reference}")
        {
            Note = T("undertaking {0}, {1}", line.Reference, UndertakingWords.Of(line.State)),
            News = asked is null ? [] : [T("{0} asks how it stands", asked.DoneBy)],
            Since = at > since || since is null ? at : since,
            Due = line.Due is { } due ? Moment(due) : null,
        };
    }

    private async Task<IEnumerable<StartLine>> OfKeeperAsync(Work work, CancellationToken cancellation)
    {
        if (!Rights.MayWrite(work))
            return [];
        var lines = new List<StartLine>();
        var past = await read.HandleAsync(work, new() { DueBy = read.Today.AddDays(-1) }, cancellation);
        var late = past.Undertakings.Where(u => u.StateOn(read.Today) == UndertakingState.Late).ToList();
        if (late.Count > 0)
            lines.Add(
                new(
                    StartKind.Warning,
                    T(late.Count, "{0} undertaking is late", "{0} undertakings are late"),
                    "/undertakings?state=late"
                )
                {
                    Since = Moment(late.Max(u => u.Due!.Value).AddDays(1)),
                }
            );
        var waiting = await read.HandleAsync(work, new() { Waiting = true }, cancellation);
        var offered = waiting
            .Undertakings.SelectMany(u => u.Evidence)
            .Where(e => e.State == EvidenceState.Waits && e.OfferedBy != work.Viewer.Name)
            .ToList();
        if (offered.Count > 0)
            lines.Add(
                new(
                    StartKind.Task,
                    T(offered.Count, "{0} piece of evidence waits", "{0} pieces of evidence wait"),
                    "/undertakings?sort=waiting&order=desc"
                )
                {
                    Note = T("to be accepted or refused"),
                    Since = offered.Max(e => e.OfferedAt),
                }
            );
        return lines;
    }

    /// <summary>Who last asked the viewer about what he owns.</summary>
    private async Task<Dictionary<string, Asked>> AskedAsync(Work work, CancellationToken cancellation)
    {
        var rows = await work.On(store)
            .OwnAsync<Asked>(
                sees =>
                    $"""
                        select h.undertaking as Undertaking, h.done_by as DoneBy, h.done_at as DoneAt
                        from com_history h join com_undertaking u on u.reference = h.undertaking
                        where u.owner = @Name and h.act = @chase and {sees.Row("u")} and h.id =
                            (select max(n.id) from com_history n where n.undertaking = u.reference and n.act = @chase)
                        """,
                new { work.Viewer.Name, chase = (long)ChangeUndertaking.Act.Chase },
                cancellation
            );
        return rows.ToDictionary(r => r.Undertaking, StringComparer.Ordinal);
    }

    private static DateTimeOffset Moment(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
