using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Governance.Rights;

/// <summary>The requests of the officer's organisation: open ones first, the oldest at their head. No name stands in the list.</summary>
internal sealed class ListRequests(Store store, ReadRequests read)
{
    internal sealed record Line(
        string Reference,
        RightsKind Kind,
        RightsLaw Law,
        DateOnly ReceivedOn,
        DateOnly DueOn,
        RightsState State,
        RightsOutcome? Outcome,
        string Through,
        bool IsOverdue,
        bool IsFictional
    );

    public async Task<IReadOnlyList<Line>> HandleAsync(
        Work work,
        CancellationToken cancellation,
        Operation operation = Operation.Consultation
    )
    {
        var found = await read.ListAsync(work, cancellation);
        await work.On(store).LogOwnAsync(operation, $"rights requests listed: {found.Count}", cancellation);
        var today = read.Today;
        return
        [
            .. found.Select(r => new Line(
                r.Reference,
                r.Kind,
                r.Law,
                r.ReceivedOn,
                r.DueOn,
                r.State,
                r.Outcome,
                r.Through,
                r.IsOverdueOn(today),
                r.IsFictional
            )),
        ];
    }
}
