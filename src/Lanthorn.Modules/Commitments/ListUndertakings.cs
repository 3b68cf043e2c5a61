using Lanthorn.Commitments.Contracts;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Commitments;

/// <summary>The undertakings that the viewer sees, those due first, by state, strand and owner.</summary>
internal sealed class ListUndertakings(Store store, ReadUndertakings read)
{
    /// <param name="State">Null is every state.</param>
    internal sealed record Request(UndertakingState? State = null, Strand? Strand = null, string? Owner = null)
    {
        /// <summary>As they stand in an address.</summary>
        /// <exception cref="RefusedException">One of them is none.</exception>
        public static Request Of(string? state, string? strand, string? owner) =>
            new(
                string.IsNullOrWhiteSpace(state) ? null : Written.Taken("state", UndertakingStateText.Parse(state)),
                string.IsNullOrWhiteSpace(strand) ? null : Written.Taken("strand", StrandText.Parse(strand)),
                Written.May("owner", owner) is { Length: > 0 } named ? named : null
            );

        /// <summary>The same, as what follows the question mark of an address.</summary>
        public string Query
        {
            get
            {
                (string Name, string? Value)[] fields =
                [
                    ("state", State?.Text()),
                    ("strand", Strand?.Text()),
                    ("owner", Owner),
                ];
                return string.Join(
                    '&',
                    fields.Where(f => f.Value is not null).Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value!)}")
                );
            }
        }
    }

    /// <param name="IsCut">There are more than are read at once: these are the ones due first.</param>
    internal sealed record Answer(IReadOnlyList<UndertakingLine> Undertakings, bool IsCut);

    /// <exception cref="RefusedException">The role has nothing to do with undertakings.</exception>
    public async Task<Answer> HandleAsync(
        Work work,
        Request request,
        CancellationToken cancellation,
        Operation operation = Operation.Consultation
    )
    {
        Rights.NeedRead(work);
        var wanted = new ReadUndertakings.Wanted { Strand = request.Strand, Owner = request.Owner };
        var found = await read.HandleAsync(work, wanted, cancellation);
        var today = read.Today;
        IReadOnlyList<UndertakingLine> lines =
        [
            .. found
                .Undertakings.Select(u => u.LineOn(today))
                .Where(l => request.State is null || l.State == request.State),
        ];
        if (operation == Operation.Disclosure)
            lines = [.. lines.Where(l => MayLeave(work.Viewer, l))];
        var what = operation == Operation.Disclosure ? "taken away as a file" : "listed";
        await work.On(store).LogOwnAsync(operation, $"undertakings {what}: {lines.Count}", cancellation);
        return new(lines, found.IsCut);
    }

    private static bool MayLeave(Viewer viewer, UndertakingLine line) =>
        Use.MayUse(
            viewer,
            new(Label.Parse(line.Label).Value, Handling.None, []),
            UseAction.Export,
            recipient: null
        ).Verdict == UseVerdict.Yes;
}
