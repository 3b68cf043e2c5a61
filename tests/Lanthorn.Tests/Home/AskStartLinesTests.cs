using Lanthorn.Platform;
using Lanthorn.Tests.Storage;

namespace Lanthorn.Tests.Home;

public sealed class AskStartLinesTests
{
    private static readonly Work Ana = new(TemporaryStore.Analyst, "test");

    private static readonly StartLine News = new(StartKind.News, "news", "/") { Since = DateTimeOffset.UnixEpoch };

    private readonly HandTime time = new();
    private readonly CountingLog<AskStartLines> log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_fails_is_named_and_logged_and_keeps_nobody_from_the_others()
    {
        var ask = Asking(
            new Contributor("Lists", _ => throw new InvalidOperationException("broken")),
            new Contributor("Imports", _ => Task.FromResult<IReadOnlyList<StartLine>>([News]))
        );

        var answer = await ask.HandleAsync(Ana, Stop);

        Assert.Equal(["Lists"], answer.NotAsked);
        Assert.Equal([News], answer.Lines);
        Assert.Single(log.Errors);
        Assert.Equal(1, await ask.CountNoticesAsync(Ana, Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_does_not_come_to_an_end_is_waited_for_so_long_and_no_longer(bool blocks)
    {
        using var released = new ManualResetEventSlim();
        var ask = Asking(
            new Contributor(
                "Lists",
                async stop =>
                {
                    if (blocks)
                        released.Wait(stop);
                    await Task.Delay(Timeout.Infinite, stop);
                    return [];
                }
            )
        );

        var answer = ask.HandleAsync(Ana, Stop);
        time.Move(AskStartLines.Longest);

        Assert.Equal(["Lists"], (await answer).NotAsked);
        released.Set();
    }

    [Fact]
    public async Task One_that_reads_records_without_a_reason_is_told_apart_from_one_that_fails()
    {
        var ask = Asking(
            new Contributor("Bookmarks", _ => throw new RefusedException(Work.JustificationNeeded)),
            new Contributor("Lists", _ => throw new RefusedException(Refusal.NotFound("nothing")))
        );

        var answer = await ask.HandleAsync(Ana with { Justification = "" }, Stop);

        Assert.Equal(["Bookmarks"], answer.NeedsReason);
        Assert.Equal(["Lists"], answer.NotAsked);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Of_many_lines_so_many_are_shown_and_the_others_are_counted()
    {
        var many = Enumerable.Repeat(News, AskStartLines.MaxLines + 3).ToList();
        var ask = Asking(new Contributor("Imports", _ => Task.FromResult<IReadOnlyList<StartLine>>(many)));

        var answer = await ask.HandleAsync(Ana, Stop);

        Assert.Equal((AskStartLines.MaxLines, 3), (answer.Lines.Count, answer.Left));
    }

    [Fact]
    public async Task The_number_beside_the_bell_is_counted_once_a_minute_and_anew_after_a_look_or_for_another_sight()
    {
        var asked = 0;
        var counting = new Contributor(
            "Imports",
            _ =>
            {
                asked++;
                return Task.FromResult<IReadOnlyList<StartLine>>([News]);
            }
        );
        var unread = new UnreadNotices(Asking(counting), time);
        async Task<(int Count, int Asked)> After(Work work) => (await unread.HandleAsync(work, Stop), asked);

        Assert.Equal((1, 1), await After(Ana));
        Assert.Equal((1, 1), await After(Ana));
        Assert.Equal((0, 2), await After(Ana with { LookedAt = time.GetUtcNow() }));
        Assert.Equal((1, 3), await After(Ana with { Viewer = Ana.Viewer with { Compartments = ["C"] } }));
        time.Move(UnreadNotices.Remembered);
        Assert.Equal((1, 4), await After(Ana));
    }

    private AskStartLines Asking(params IStartLines[] contributors) => new(contributors, time, log);

    private sealed class Contributor(string about, Func<CancellationToken, Task<IReadOnlyList<StartLine>>> ask)
        : IStartLines
    {
        public string About => about;

        public Task<IReadOnlyList<StartLine>> AskAsync(Work work, CancellationToken cancellation) => ask(cancellation);
    }
}
