using Lanthorn.Commitments.Contracts;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Commitments;

/// <summary>One undertaking, with the evidence that the viewer sees and everything that was ever done with it.</summary>
internal sealed class ShowUndertaking(Store store, ReadUndertakings read)
{
    /// <summary>So much of the history is shown, the newest.</summary>
    public const int MaxHistory = 500;

    /// <param name="Act">What was done: <c>due</c>, <c>owner</c>, <c>withdraw</c>, <c>resume</c> or <c>chase</c>.</param>
    /// <param name="Before">What stood until then; empty where nothing did.</param>
    internal sealed record Done(
        ChangeUndertaking.Act Act,
        string Before,
        string After,
        string Reason,
        string By,
        string Organisation,
        DateTimeOffset At
    );

    internal sealed record Answer(
        UndertakingLine Undertaking,
        IReadOnlyList<Evidence> Evidence,
        IReadOnlyList<Done> History,
        string MadeBy,
        DateTimeOffset MadeAt
    );

    private sealed record Row
    {
        public required long Act { get; init; }
        public required string Before { get; init; }
        public required string After { get; init; }
        public required string Reason { get; init; }
        public required string DoneBy { get; init; }
        public required string Organisation { get; init; }
        public required string DoneAt { get; init; }
    }

    /// <exception cref="RefusedException">There is none with this reference for this viewer.</exception>
    public async Task<Answer> HandleAsync(Work work, string reference, CancellationToken cancellation)
    {
        Rights.NeedRead(work);
        var undertaking = await read.NeedAsync(work, reference, cancellation);
        var reading = work.On(store);
        var rows = await reading.OwnAsync<Row>(
            sees =>
                $"""
                    select h.act as Act, h.before as Before, h.after as After, h.reason as Reason, h.done_by as DoneBy,
                        h.organisation as Organisation, h.done_at as DoneAt
                    from com_history h join com_undertaking u on u.reference = h.undertaking
                    where h.undertaking = @reference and {sees.Row("u")} order by h.done_at desc, h.id desc limit @most
                    """,
            new { reference = $"{undertaking.Reference}", most = (long)MaxHistory },
            cancellation
        );
        await reading.LogOwnAsync(Operation.Consultation, $"undertaking {undertaking.Reference}", cancellation);
        return new(
            undertaking.LineOn(read.Today),
            undertaking.Evidence,
            [
                .. rows.Select(r => new Done(
                    (ChangeUndertaking.Act)r.Act,
                    r.Before,
                    r.After,
                    r.Reason,
                    r.DoneBy,
                    r.Organisation,
                    Times.Read(r.DoneAt)
                )),
            ],
            undertaking.MadeBy,
            undertaking.MadeAt
        );
    }
}
