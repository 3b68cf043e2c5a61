using Lanthorn.Governance.Oversight.Registers;
using Lanthorn.Governance.Rights;
using Lanthorn.Platform;
using Lanthorn.Storage;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.Oversight;

/// <summary>
/// What waits for the two officers: requests and breaches whose day is near or past, complaints that nobody has taken up.
/// </summary>
internal sealed class OfficerLines(Store store, ReadRequests requests, RecordBreach breaches, ReadComplaints complaints)
    : IStartLines
{
    /// <summary>So many of a kind are named one by one.</summary>
    private const int MostNamed = 20;

    public string About => "Oversight";

    public async Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation)
    {
        var lines = await LinesAsync(work, cancellation);
        if (lines.Count > 0)
            await work.On(store)
                .LogOwnAsync(Operation.Consultation, $"oversight on the home page: {lines.Count}", cancellation);
        return lines;
    }

    public async Task<int> CountNoticesAsync(Work work, CancellationToken cancellation) =>
        (await LinesAsync(work, cancellation)).Count(l => l.IsNoticeFor(work));

    private async Task<IReadOnlyList<StartLine>> LinesAsync(Work work, CancellationToken cancellation) =>
        Officers.IsDataProtection(work) ? [.. await OfDataProtectionAsync(work, cancellation)]
        : Officers.IsFundamentalRights(work) ? [.. await OfFundamentalRightsAsync(work, cancellation)]
        : [];

    private async Task<IEnumerable<StartLine>> OfDataProtectionAsync(Work work, CancellationToken cancellation)
    {
        var today = requests.Today;
        var open = (await requests.ListAsync(work, cancellation)).Where(r => r.AnsweredAt is null).ToList();
        var running = (await breaches.UnloggedAsync(work, cancellation))
            .Where(b => b.State is BreachState.Runs or BreachState.Overdue || b.PeopleWait)
            .ToList();
        return
        [
            .. running.Take(MostNamed).Select(OfBreach),
            .. open.Where(r => r.IsOverdueOn(today)).Take(MostNamed).Select(r => OfRequest(r, isOverdue: true)),
            .. open.Where(r => r.IsSoonOn(today)).Take(MostNamed).Select(r => OfRequest(r, isOverdue: false)),
            .. open.Where(r => r.State == RightsState.Received).Take(MostNamed).Select(Unchecked),
        ];
    }

    private async Task<IEnumerable<StartLine>> OfFundamentalRightsAsync(Work work, CancellationToken cancellation) =>
        (await complaints.UnloggedAsync(work, cancellation))
            .Where(k => k.State == ComplaintState.Received)
            .Take(MostNamed)
            .Select(k => new StartLine(
                StartKind.Task,
                T("Complaint {0} waits to be taken up", k.Reference),
                $"/complaints/{k.Reference}"
            )
            {
                Since = k.ReceivedAt,
            });

    private static StartLine OfBreach(RecordBreach.Breach breach) =>
        breach.State == BreachState.Runs
            ? new(
                StartKind.Deadline,
                T("The authority is to be told of breach {0}", breach.Reference),
                "/registers/breaches"
            )
            {
                Due = breach.DueAt,
                Since = breach.AwareAt,
            }
            : new(
                StartKind.Warning,
                breach.State == BreachState.Overdue
                    ? T("The authority was not told of breach {0} in 72 hours", breach.Reference)
                    : T("The people concerned were not told of breach {0}", breach.Reference),
                "/registers/breaches"
            )
            {
                Since = breach.DueAt,
            };

    private static StartLine OfRequest(RightsRequest request, bool isOverdue) =>
        new(
            isOverdue ? StartKind.Warning : StartKind.Deadline,
            isOverdue
                ? T("Request {0} is overdue", request.Reference)
                : T("Request {0} is to be answered", request.Reference),
            $"/rights/{request.Reference}"
        )
        {
            Note = RightsWords.Of(request.Kind),
            Due = isOverdue ? null : At(request.DueOn),
            Since = At(request.DueOn.AddDays(isOverdue ? 1 : -RightsClock.SoonDays)),
        };

    private static StartLine Unchecked(RightsRequest request) =>
        new(StartKind.Task, T("Check who asks in request {0}", request.Reference), $"/rights/{request.Reference}")
        {
            Note = RightsWords.Of(request.Kind),
            Since = request.MadeAt,
        };

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
