using Lanthorn.Platform;
using static Lanthorn.Web.Words;

namespace Lanthorn.Governance.BreakGlass;

/// <summary>
/// The loud trail: the data protection officer and the fundamental-rights officer are told when wider sight is asked for,
/// granted, first used and ended; those who decide, that somebody waits; the asker, how it was decided.
/// </summary>
internal sealed class GlassLines(GlassBook book, TimeProvider time) : IStartLines
{
    public const string Page = "/break-glass";

    private static readonly TimeSpan Told = TimeSpan.FromDays(30);

    public string About => "Wider sight";

    public async Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation)
    {
        var since = time.GetUtcNow() - Told;
        var all = (await book.ListAsync(work, cancellation)).Where(g => g.AskedAt > since).ToList();
        var isTold = GlassRoles.Told.Any(work.IsIn);
        var decides = GlassRoles.Deciding.Any(work.IsIn);
        return
        [
            .. all.Where(g => decides && g.State == GlassState.Waiting && g.Asker != work.Viewer.Name).Select(Waiting),
            .. all.Where(_ => isTold).SelectMany(Trail).OrderByDescending(l => l.Since),
            .. all.Where(g => g.Asker == work.Viewer.Name && g.DecidedAt is not null).Select(Decided),
        ];
    }

    private static StartLine Waiting(GlassBook.Shown glass) =>
        new(StartKind.Task, T("{0} asks for wider sight", glass.Asker), Page)
        {
            Note = T("Case {0}: grant it or refuse it", glass.Case),
            Since = glass.AskedAt,
        };

    private static IEnumerable<StartLine> Trail(GlassBook.Shown glass)
    {
        yield return Line(T("{0} asked for wider sight", glass.Asker), glass, glass.AskedAt);
        if (glass.DecidedAt is { } decided)
            yield return glass.State == GlassState.Refused
                ? Line(T("{0} refused wider sight to {1}", glass.Decider, glass.Asker), glass, decided)
                : Line(T("{0} granted wider sight to {1}", glass.Decider, glass.Asker), glass, decided);
        if (glass.BegunAt is { } begun)
            yield return Line(T("{0} used wider sight for the first time", glass.Asker), glass, begun);
        if (glass.EndedAt is { } ended)
            yield return Line(T("The wider sight of {0} has ended", glass.Asker), glass, ended);
    }

    private static StartLine Line(string text, GlassBook.Shown glass, DateTimeOffset at) =>
        new(StartKind.Warning, text, Page) { Note = $"{glass.Case}: {glass.Reason}", Since = at };

    private static StartLine Decided(GlassBook.Shown glass) =>
        new(
            StartKind.News,
            glass.State == GlassState.Refused
                ? T("Your request for wider sight was refused")
                : T("Your request for wider sight was granted"),
            Page
        )
        {
            Note = glass.Case,
            Since = glass.DecidedAt,
            Due = glass.State is GlassState.Granted or GlassState.InUse ? glass.EndsAt : null,
        };
}
